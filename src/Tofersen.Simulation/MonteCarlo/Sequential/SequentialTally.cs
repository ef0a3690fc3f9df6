using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo.Sequential;

/// <summary>Counts and sums of sequential trials over replicates.</summary>
internal sealed class SequentialTally
{
    private const int Statuses = (int)LookStatus.Ignored + 1;

    private readonly double[] _truths;
    private readonly int _most;
    private readonly int _fewest;
    private readonly long[] _status;
    private readonly long[] _review = new long[(int)ReviewStatus.Overtaken + 1];
    private readonly SampleTally[] _samples;
    private long _replicates;
    private long _atMinimum;
    private long _atMaximum;

    /// <summary>Makes an empty tally.</summary>
    /// <param name="truths">True value of what each look estimates; NaN where there is none.</param>
    /// <param name="fewest">Fewest participants that a change of their number may give; 0 without one.</param>
    /// <param name="most">Most participants.</param>
    internal SequentialTally(double[] truths, int fewest, int most)
    {
        (_truths, _fewest, _most) = (truths, fewest, most);
        int looks = truths.Length;
        _status = new long[looks * Statuses];
        SampleTally[] Make(int count) => [.. Enumerable.Range(0, count).Select(_ => new SampleTally())];
        (Weeks, Information, Estimates, EfficacyEstimates) = (Make(looks), Make(looks), Make(looks), Make(looks));
        _samples =
        [
            Participants, DurationWeeks, Reached, Estimate, Error, NewParticipants, PooledSd, .. Weeks, .. Information, .. Estimates,
            .. EfficacyEstimates,
        ];
    }

    internal long Replicates => _replicates;

    internal SampleTally Participants { get; } = new();

    internal SampleTally DurationWeeks { get; } = new();

    internal SampleTally Reached { get; } = new();

    internal SampleTally Estimate { get; } = new();

    internal SampleTally Error { get; } = new();

    internal SampleTally NewParticipants { get; } = new();

    internal SampleTally PooledSd { get; } = new();

    /// <summary>Week of each look that was held or failed.</summary>
    internal SampleTally[] Weeks { get; }

    /// <summary>Information fraction of each look where it was measured.</summary>
    internal SampleTally[] Information { get; }

    /// <summary>Estimates of the trials that ended at each look.</summary>
    internal SampleTally[] Estimates { get; }

    /// <summary>Estimates of the trials that rejected at each look.</summary>
    internal SampleTally[] EfficacyEstimates { get; }

    /// <summary>Trials whose new number of participants was the fewest that may come out.</summary>
    internal long AtMinimum => _atMinimum;

    /// <summary>Trials whose new number of participants was the most that may come out.</summary>
    internal long AtMaximum => _atMaximum;

    internal long Count(int look, LookStatus status) => _status[(look * Statuses) + (int)status];

    /// <summary>Trials that rejected in favour of treatment, at any look.</summary>
    internal long Rejected => Enumerable.Range(0, _truths.Length).Sum(look => Count(look, LookStatus.Efficacy));

    internal long Count(ReviewStatus status) => _review[(int)status];

    internal void Add(SequentialOutcome outcome)
    {
        _replicates++;
        int last = outcome.Last;
        for (int k = 0; k <= last; k++)
        {
            LookStatus status = outcome.Status[k];
            _status[(k * Statuses) + (int)status]++;
            if (status != LookStatus.NotHeld)
            {
                Weeks[k].Add(StudyTime.WeeksFromMonths(outcome.Months[k]));
                Information[k].Add(outcome.Information[k]);
            }
        }

        for (int k = last + 1; k < _truths.Length; k++)
        {
            _status[(k * Statuses) + (int)LookStatus.Stopped]++;
        }

        Participants.Add(outcome.Enrolled);
        DurationWeeks.Add(StudyTime.WeeksFromMonths(outcome.Months[last]));
        Reached.Add(outcome.Reached);
        Estimate.Add(outcome.Estimate);
        Estimates[last].Add(outcome.Estimate);
        EfficacyEstimates[last].Add(outcome.Status[last] == LookStatus.Efficacy ? outcome.Estimate : double.NaN);
        Error.Add(outcome.Estimate - _truths[last]);
        AddReview(outcome);
    }

    internal void Visit(ITallyVisitor visitor)
    {
        visitor.Visit(ref _replicates);
        visitor.Visit(_status);
        visitor.Visit(_review);
        visitor.Visit(ref _atMinimum);
        visitor.Visit(ref _atMaximum);
        foreach (SampleTally sample in _samples)
        {
            sample.Visit(visitor);
        }
    }

    internal void Merge(SequentialTally other)
    {
        _replicates += other._replicates;
        _atMinimum += other._atMinimum;
        _atMaximum += other._atMaximum;
        Add(_status, other._status);
        Add(_review, other._review);
        for (int i = 0; i < _samples.Length; i++)
        {
            _samples[i].Merge(other._samples[i]);
        }
    }

    private static void Add(long[] counts, long[] others)
    {
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] += others[i];
        }
    }

    private void AddReview(SequentialOutcome outcome)
    {
        _review[(int)outcome.Review]++;
        PooledSd.Add(outcome.PooledSd);
        if (outcome.Review is ReviewStatus.None)
        {
            return;
        }

        NewParticipants.Add(outcome.NewParticipants);
        _atMinimum += outcome.NewParticipants == _fewest ? 1 : 0;
        _atMaximum += outcome.NewParticipants == _most ? 1 : 0;
    }
}
