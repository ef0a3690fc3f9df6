using Tofersen.Simulation.Analyses.Proportions;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Comparison of the proportions of participants with an event by some week.</summary>
/// <remarks>
/// <para>Estimate, interval and test are those of <see cref="ResponderAnalysis"/>. The estimate is the difference of proportions with the
/// event, active − control, below 0 in favour of treatment; the statistic is positive in favour of treatment.</para>
/// <para>A participant whose follow-up ended earlier in another way has no outcome: free of the event by default.</para>
/// <para>Proportions are crude: nobody's unfinished follow-up is weighed. Where many leave early, compare survival curves
/// instead.</para>
/// </remarks>
public sealed record EventProportion : ProportionAnalysis
{
    /// <summary>The kinds of ends of follow-up that are the event. Death or permanent ventilation by default.</summary>
    public ValueList<EventKind> Events
    {
        get;
        init
        {
            field = Require.NotEmpty(value);
            foreach (EventKind kind in field)
            {
                Require.Defined(kind);
            }
        }
    }

    = [EventKind.Death, EventKind.PermanentVentilation];

    /// <summary>Events up to this week since randomisation count; at most the last scheduled visit.</summary>
    public required double ThroughWeek { get; init => field = Require.Above(value, 0, 2_000); }

    private protected override string DefaultName => FormattableString.Invariant($"events-{ThroughWeek}");

    /// <inheritdoc/>
    public override IAnalysisWorker CreateWorker(TrialLayout layout) => Worker(layout);

    /// <summary>Analyses one trial and returns the parts besides the result.</summary>
    /// <param name="data">The trial.</param>
    /// <returns>Counts, test and common measures of effect.</returns>
    /// <exception cref="ArgumentException">The data have no such factor or stratum, or end before the week.</exception>
    public ProportionFit Fit(TrialData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Worker(data.Layout).Fit(data);
    }

    private ProportionWorker<EventRule> Worker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Require.Above(ThroughWeek, 0, layout.VisitWeeks[^1], nameof(ThroughWeek));
        var rule = new EventRule(StudyTime.MonthsFromWeeks(ThroughWeek), Events);
        return new ProportionWorker<EventRule>(this, rule, layout);
    }
}
