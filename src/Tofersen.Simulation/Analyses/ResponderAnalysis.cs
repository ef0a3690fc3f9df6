using Tofersen.Simulation.Analyses.Proportions;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Comparison of the proportions of responders: participants whose change from baseline at a visit reaches a
/// threshold.</summary>
/// <remarks>
/// <para>The estimate is the difference of proportions, active − control (with <see cref="ProportionAnalysis.StratifyBy"/> the Mantel–Haenszel common
/// difference, with Sato's standard error); its interval is Newcombe's hybrid score interval, stratified as by Yan and Su; the test is that of
/// Cochran, Mantel and Haenszel. Interval and test are of different kinds and may disagree at the edge.</para>
/// <para>A participant without a change at the visit, the dead among them, has no outcome: not a responder by default (composite
/// strategy).</para>
/// <para>The status is <see cref="AnalysisStatus.Boundary"/> where proportions of 0 and 1 make the standard error 0; test and interval
/// hold. Not estimable where everybody or nobody responds.</para>
/// <para>References: Newcombe 1998 (method 10), doi 10.1002/(SICI)1097-0258(19980430)17:8&lt;873::AID-SIM779&gt;3.0.CO;2-I; Yan and Su
/// 2010, doi 10.1198/sbr.2009.0049; Mantel and Haenszel 1959, doi 10.1093/jnci/22.4.719; Sato 1989, doi 10.2307/2531784.</para>
/// </remarks>
public sealed record ResponderAnalysis : ProportionAnalysis
{
    /// <summary>Visit, in weeks since randomisation; a scheduled visit after baseline.</summary>
    public required double Week { get; init => field = Require.Above(value, 0, 2_000); }

    /// <summary>Smallest change from baseline of a responder, in points; from −48 to 48. A negative threshold allows some
    /// decline.</summary>
    public required double Threshold { get; init => field = Require.InRange(value, -48, 48); }

    private protected override string DefaultName => FormattableString.Invariant($"responders-{Week}");

    /// <inheritdoc/>
    public override IAnalysisWorker CreateWorker(TrialLayout layout) => Worker(layout);

    /// <summary>Analyses one trial and returns the parts besides the result.</summary>
    /// <param name="data">The trial.</param>
    /// <returns>Counts, test and common measures of effect.</returns>
    /// <exception cref="ArgumentException">The data have no such visit, factor or stratum.</exception>
    public ProportionFit Fit(TrialData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Worker(data.Layout).Fit(data);
    }

    private ProportionWorker<ResponseRule> Worker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var rule = new ResponseRule(layout.VisitAt(Week), Threshold);
        return new ProportionWorker<ResponseRule>(this, rule, layout);
    }
}
