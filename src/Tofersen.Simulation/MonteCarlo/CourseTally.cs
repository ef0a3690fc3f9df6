using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Sums of scores and other endpoints by arm, stratum and visit, and counts of ends of follow-up by week.</summary>
/// <remarks>Within a replicate sums are ordinary and in the order of participants; over replicates they are exact.</remarks>
internal sealed class CourseTally
{
    internal const int Kinds = (int)EventKind.ExtensionNotEntered + 1;
    private const int Measures = 9;

    private readonly double[] _replicate;
    private readonly ExactSum[] _sums;
    private readonly int _strata;
    private readonly int _visits;
    private readonly int _outcomes;
    private int _replicates;
    private long _candidatesScreened;

    internal CourseTally(TrialLayout layout)
    {
        _strata = layout.StratumNames.Count;
        _visits = layout.VisitWeeks.Count;
        _outcomes = 1 + layout.Endpoints.Count;
        int groups = layout.ArmNames.Count * _strata;
        _replicate = new double[_outcomes * groups * _visits * Measures];
        _sums = [.. _replicate.Select(_ => new ExactSum())];
        Weeks = (int)Math.Ceiling(layout.VisitWeeks[^1] - 1e-9);
        Exits = [.. Enumerable.Range(0, groups).Select(_ => new long[(Weeks + 1) * Kinds])];
        Participants = new long[groups];
        Onset = new OnsetTally(layout, groups);
        Phenoconversions = [.. Enumerable.Range(0, groups).Select(_ => new long[Weeks + 1])];
        FirstAdverseEvents = [.. Enumerable.Range(0, groups).Select(_ => new long[(Weeks + 1) * layout.AdverseEvents.Count])];
    }

    /// <summary>Last week of follow-up, rounded up.</summary>
    internal int Weeks { get; }

    /// <summary>By group (arm · strata + stratum): how many ended follow-up in week w, that is in (w − 1, w], for each kind at
    /// w · kinds + kind.</summary>
    internal long[][] Exits { get; }

    /// <summary>Randomised participants by group.</summary>
    internal long[] Participants { get; }

    /// <summary>Events by time since symptom onset.</summary>
    internal OnsetTally Onset { get; }

    /// <summary>By group: how many had their first adverse event of class c in week w, that is in (w − 1, w], at c · (weeks + 1) + w.</summary>
    internal long[][] FirstAdverseEvents { get; }

    /// <summary>By group: how many converted in week w, that is in (w − 1, w].</summary>
    internal long[][] Phenoconversions { get; }

    internal int Replicates => _replicates;

    internal long CandidatesScreened => _candidatesScreened;

    internal void Add(TrialData data, LatentTrial latent)
    {
        _replicates++;
        _candidatesScreened += latent.CandidatesScreened;
        _replicate.AsSpan().Clear();
        for (int p = 0; p < data.Participants; p++)
        {
            int group = (data.ArmColumn[p] * _strata) + data.StratumColumn[p];
            Participants[group]++;
            int week = WeekOf(data.FollowUpColumn[p]);
            Exits[group][(week * Kinds) + (int)data.FollowUpEndColumn[p]]++;
            if (double.IsFinite(data.PhenoconversionColumn[p]))
            {
                Phenoconversions[group][WeekOf(data.PhenoconversionColumn[p])]++;
            }

            Onset.Add(data, p, group);
            AddAdverseEvents(data.AdverseEvents, p, group);
            AddOutcome(0, group, p, latent.LatentScores, latent.CompleteScores, data.ObservedMatrix);
            for (int e = 1; e < _outcomes; e++)
            {
                AddOutcome(
                    e, group, p, latent.LatentEndpoints[e - 1], latent.CompleteEndpoints[e - 1], data.OnEndpoint(e - 1).ObservedMatrix);
            }
        }

        for (int i = 0; i < _sums.Length; i++)
        {
            _sums[i].Add(_replicate[i]);
        }
    }

    private void AddAdverseEvents(AdverseEventData events, int p, int group)
    {
        for (int c = 0; c < events.Classes; c++)
        {
            double first = events.FirstMonths(c)[p];
            if (double.IsFinite(first))
            {
                FirstAdverseEvents[group][(c * (Weeks + 1)) + WeekOf(first)]++;
            }
        }
    }

    private int WeekOf(double months) => Math.Min(Weeks, (int)Math.Ceiling(StudyTime.WeeksFromMonths(months) - 1e-9));

    private void AddOutcome(int outcome, int group, int p, double[] latent, double[] complete, bool[] observed)
    {
        int row = p * _visits;
        for (int v = 0; v < _visits; v++)
        {
            Span<double> cell = _replicate.AsSpan(CellOf(outcome, group, v), Measures);
            double latentChange = latent[row + v] - latent[row];
            double value = complete[row + v];
            double completeChange = value - complete[row];
            cell[0] += latentChange;
            cell[1] += latentChange * latentChange;
            cell[2] += completeChange;
            cell[3] += completeChange * completeChange;
            cell[7] += value;
            cell[8] += value * value;
            if (observed[row + v])
            {
                cell[4] += 1;
                cell[5] += completeChange;
                cell[6] += completeChange * completeChange;
            }
        }
    }

    private int CellOf(int outcome, int group, int visit) => ((((outcome * Participants.Length) + group) * _visits) + visit) * Measures;

    internal void Visit(ITallyVisitor visitor)
    {
        visitor.Visit(ref _replicates);
        visitor.Visit(ref _candidatesScreened);
        visitor.Visit(Participants);
        Onset.Visit(visitor);
        foreach (ExactSum sum in _sums)
        {
            visitor.Visit(sum);
        }

        foreach (long[][] table in (long[][][])[Exits, FirstAdverseEvents, Phenoconversions])
        {
            foreach (long[] counts in table)
            {
                visitor.Visit(counts);
            }
        }
    }

    internal void Merge(CourseTally other)
    {
        _replicates += other._replicates;
        _candidatesScreened += other._candidatesScreened;
        Onset.Merge(other.Onset);
        for (int i = 0; i < _sums.Length; i++)
        {
            _sums[i].Add(other._sums[i]);
        }

        for (int g = 0; g < Exits.Length; g++)
        {
            Participants[g] += other.Participants[g];
            for (int i = 0; i < Exits[g].Length; i++)
            {
                Exits[g][i] += other.Exits[g][i];
            }

            for (int w = 0; w <= Weeks; w++)
            {
                Phenoconversions[g][w] += other.Phenoconversions[g][w];
            }

            for (int i = 0; i < FirstAdverseEvents[g].Length; i++)
            {
                FirstAdverseEvents[g][i] += other.FirstAdverseEvents[g][i];
            }
        }
    }

    /// <summary>Sums of an outcome, the ALSFRS-R total first, then the endpoints, at one visit over a set of groups: sum and sum of squares of the latent change, of the complete change, then number,
    /// sum and sum of squares of the observed change, then sum and sum of squares of the complete score.</summary>
    internal double[] At(int outcome, ReadOnlySpan<int> groups, int visit)
    {
        var total = new double[Measures];
        foreach (int group in groups)
        {
            for (int m = 0; m < Measures; m++)
            {
                total[m] += _sums[CellOf(outcome, group, visit) + m].ToDouble();
            }
        }

        return total;
    }
}
