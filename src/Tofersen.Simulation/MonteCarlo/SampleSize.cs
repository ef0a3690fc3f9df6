using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Finds by simulation how many participants a trial needs.</summary>
/// <remarks>
/// <para>The power of a test whose statistic is nearly normal is Φ(δ √n − z). Its probit is fitted in √n near the target, from batches of trials
/// around the present estimate, until the interval of the crossing is narrow enough. METHODS.md has the details.</para>
/// <para>Every batch has replicate numbers of its own under one seed: the result is the same for any number of threads and any block
/// size.</para>
/// <para>A power that tends to a limit below the target (no effect, an analysis that fails, a wrong analysis) is found out at the largest number
/// of participants, with few trials there.</para>
/// </remarks>
public static class SampleSize
{
    private const int DefaultMinimum = 20;

    /// <summary>Finds the smallest number of participants with which an analysis has a power.</summary>
    /// <param name="scenario">The scenario; its own number of participants does not matter.</param>
    /// <param name="query">Analysis, power, precision and range; the scenario's only analysis at 80 % where null.</param>
    /// <param name="progress">Told from time to time how far the search has come, and how far it is thought to go; called from the search's
    /// threads.</param>
    /// <param name="cancellation">Ends the search early; takes effect within one replicate.</param>
    /// <returns>The number with its Monte Carlo interval, or why there is none, and every size that was simulated.</returns>
    /// <exception cref="ArgumentException">There is no such analysis, the range is empty, the power is not above the analysis' level, or the
    /// scenario's parts do not fit together at a size that was to be tried.</exception>
    /// <exception cref="ReplicateException">A model or analysis threw; the message names the replicate.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static SampleSizeResult Find(
        Scenario scenario, SampleSizeQuery? query = null, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        query ??= new SampleSizeQuery();
        Scenario alone = NamedAnalysis.Alone(scenario, query.Analysis);
        alone.Validate();
        double alpha = PowerTarget.LevelBelow(query.Power, alone.Analyses[0], nameof(query));
        int multiple = query.Multiple ?? alone.Design.Allocation.Active + alone.Design.Allocation.Control;
        (int from, int to) = Range(alone.Design, query, multiple);
        Scenario At(double participants) => alone with { Design = alone.Design with { Participants = (int)participants } };

        var sampler = new PowerSampler(At, n => FormattableString.Invariant($"{n} participants"), query, progress, cancellation);
        PowerCurveOutcome outcome = new PowerCurveSearch(sampler, new SizeScale(from, to, multiple), query, alpha).Find();
        sampler.Finish();
        return new SampleSizeResult
        {
            Scenario = At(outcome.Answer),
            Analysis = alone.Analyses[0].Name,
            Target = query.Power,
            Precision = query.Precision,
            Seed = query.Seed,
            Status = outcome.Status,
            Crossing = outcome.Crossing,
            Lower = outcome.Lower,
            Upper = outcome.Upper,
            IsPrecise = outcome.IsPrecise,
            Power = outcome.Power,
            StillRises = outcome.StillRises,
            Tried = sampler.Tried,
            Replicates = sampler.Replicates,
            SimulatedParticipants = sampler.Participants,
            Participants = outcome.Status is PowerSearchStatus.Found or PowerSearchStatus.AlreadyReached ? (int)outcome.Answer : null,
            Multiple = multiple,
        };
    }

    // The multiples that lie within what was asked for, and that the design can be run with.
    private static (int From, int To) Range(TrialDesign design, SampleSizeQuery query, int multiple)
    {
        int fewest = design.Allocation.Active + design.Allocation.Control;
        int wanted = query.Minimum ?? Math.Max(DefaultMinimum, fewest);
        int from = multiple * (((wanted - 1) / multiple) + 1);
        if (query.Minimum is null && design is DoseRanging ranging)
        {
            while (from < query.Maximum && (ranging with { Participants = from }).CohortSizes.Min() < fewest)
            {
                from += multiple;
            }
        }

        int to = multiple * (query.Maximum / multiple);
        return to > from
            ? (from, to)
            : throw new ArgumentException(
                FormattableString.Invariant(
                    $"There is nothing to search between {wanted} and {query.Maximum} participants in multiples of {multiple}; the minimum must be below the maximum."),
                nameof(query));
    }
}
