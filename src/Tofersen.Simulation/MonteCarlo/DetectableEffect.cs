using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Finds by simulation the smallest effect that a trial detects, or any other value at which power crosses a target.</summary>
/// <remarks>
/// <para>The engine is that of <see cref="SampleSize"/>, on the value itself in place of √n. Power must rise or fall with the value throughout the range;
/// which of the two comes out of the ends. Where it does neither, the crossing nearest to the end with the lower power is looked for.</para>
/// <para>The precision is relative to the answer, but never finer than that of a tenth of the range: an answer may be 0.</para>
/// </remarks>
public static class DetectableEffect
{
    /// <summary>Finds the value of a property of a scenario at which an analysis has a power.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="path">Path of a number in the scenario's JSON, such as <c>effect.maxReduction</c> or
    /// <c>population.strata.fast.declineRate.mean</c>.</param>
    /// <param name="query">Analysis, power, precision and range.</param>
    /// <param name="progress">Told from time to time how far the search has come.</param>
    /// <param name="cancellation">Ends the search early; takes effect within one replicate.</param>
    /// <returns>The value with its Monte Carlo interval, or why there is none, and every value that was simulated.</returns>
    /// <exception cref="ArgumentException">There is no such analysis or path, the range is empty, or the power is not above the analysis'
    /// level.</exception>
    /// <exception cref="ScenarioFormatException">The scenario does not accept a value of the range; the message names the path.</exception>
    /// <exception cref="NotSupportedException">The scenario holds a model that is not the library's own, and has no JSON.</exception>
    /// <exception cref="ReplicateException">A model or analysis threw; the message names the replicate.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static DetectableEffectResult Find(
        Scenario scenario,
        string path,
        DetectableEffectQuery query,
        IProgress<RunProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(query);
        var properties = new ScenarioProperties(NamedAnalysis.Alone(scenario, query.Analysis));
        properties.CheckNumber(path);
        CheckContinuous(properties, path, query);
        DetectableEffectResult result = Find(value => properties.With([(path, value)]), query with { Analysis = null }, progress, cancellation);
        return result with { Path = path };
    }

    // A search tries values in between, and its probit takes power to rise smoothly.
    private static void CheckContinuous(ScenarioProperties properties, string path, DetectableEffectQuery query)
    {
        double between = query.From + ((query.To - query.From) * 0.381966);
        double fraction = between == Math.Floor(between) ? between + 0.25 : between;
        try
        {
            _ = properties.With([(path, fraction)]);
        }
        catch (ScenarioFormatException exception) when (exception.IsAboutWholeNumbers)
        {
            throw new ArgumentException(
                $"'{path}' takes whole numbers, and a search tries those in between. A sweep tries the numbers that it is given; the number of participants has a search of its own.",
                nameof(path),
                exception);
        }
    }

    /// <summary>Finds the value at which an analysis has a power, of scenarios that a function makes.</summary>
    /// <param name="scenarioAt">Gives the scenario at a value; the same each time it is asked.</param>
    /// <param name="query">Analysis, power, precision and range.</param>
    /// <param name="progress">Told from time to time how far the search has come.</param>
    /// <param name="cancellation">Ends the search early; takes effect within one replicate.</param>
    /// <returns>The value with its Monte Carlo interval, or why there is none, and every value that was simulated.</returns>
    /// <exception cref="ArgumentException">There is no such analysis, the range is empty, the power is not above the analysis' level, or the parts of
    /// a scenario do not fit together.</exception>
    /// <exception cref="ReplicateException">A model or analysis threw; the message names the replicate.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static DetectableEffectResult Find(
        Func<double, Scenario> scenarioAt,
        DetectableEffectQuery query,
        IProgress<RunProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenarioAt);
        ArgumentNullException.ThrowIfNull(query);
        if (!(query.From < query.To))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The range goes from {query.From} to {query.To}; it must rise."), nameof(query));
        }

        Scenario At(double value) => NamedAnalysis.Alone(scenarioAt(value), query.Analysis);

        // Both ends before the work, so that a value that is not accepted is not found out late.
        At(query.To).Validate();
        Scenario first = At(query.From);
        double alpha = PowerTarget.LevelBelow(query.Power, first.Analyses[0], nameof(query));
        var sampler = new PowerSampler(At, value => FormattableString.Invariant($"value {value:g4}"), query, progress, cancellation);
        PowerCurveOutcome outcome = new PowerCurveSearch(sampler, new ValueScale(query.From, query.To), query, alpha).Find();
        sampler.Finish();
        return new DetectableEffectResult
        {
            Scenario = At(outcome.Answer),
            Analysis = first.Analyses[0].Name,
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
            Path = null,
            Value = outcome.Status is PowerSearchStatus.Found or PowerSearchStatus.AlreadyReached ? outcome.Answer : null,
            Rises = outcome.Rises,
        };
    }
}
