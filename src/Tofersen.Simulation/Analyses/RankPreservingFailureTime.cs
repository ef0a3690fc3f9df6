using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Rank-preserving structural failure time model: the effect of treatment on the time to an event where some of the control
/// arm are treated later, or some of the active arm are not.</summary>
/// <remarks>
/// <para>Treatment changes the speed at which time is used up: untreated time U(ψ) = T off drug + e^ψ · T on drug, from the exposure
/// intervals within follow-up. ψ below 0: treatment lengthens the time to the event, by e^−ψ. The estimate is the ψ at which the arms as
/// randomised do not differ in U(ψ): where the statistic Z(ψ), positive when the active arm does better, changes its sign; the middle
/// where Z is exactly 0 for a stretch. Z(0) itself, where the ties are those of the data, does not count. It is searched between <see cref="LowestPsi"/> and <see cref="HighestPsi"/> on 121 even points
/// and then by bisection. The interval holds the values of ψ that the test does not reject, from the first to the last.</para>
/// <para>Administrative censoring is at the end of the trial, or at <see cref="ThroughWeek"/>; times are censored again at
/// C*(ψ) = min(C, C e^ψ), see <see cref="Recensoring"/>.</para>
/// <para>The result: statistic and p value are those of the arms as randomised (ψ = 0), which the model does not change. The standard
/// error is the width of the interval over twice its critical value. A limit outside the search range is infinite; then the other half
/// of the interval gives the standard error and the status is <see cref="AnalysisStatus.Boundary"/>. No change of sign in the range: not
/// estimable. Several: the middle one, with status <see cref="AnalysisStatus.NotConverged"/>.</para>
/// <para>Assumes that treatment acts at once, by the same factor whenever it is given, and that the arms differ in nothing but
/// treatment. References: Robins and Tsiatis 1991, doi 10.1080/03610929108830654; White et al. 1999,
/// doi 10.1002/(SICI)1097-0258(19991215)18:23&lt;3205::AID-SIM302&gt;3.0.CO;2-4.</para>
/// </remarks>
public sealed record RankPreservingFailureTime : TimeToEventAnalysis
{
    /// <summary>Events after this week since randomisation do not count; everything by default.</summary>
    public double? ThroughWeek { get; init => field = value is { } week ? Require.Above(week, 0, 2_000) : null; }

    /// <summary>Names of factors by whose combinations the test is stratified; none by default.</summary>
    public ValueList<string> StratifyBy { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Test of the arms; log-rank by default.</summary>
    public RankPreservingTest Test { get; init => field = Require.Defined(value); }

    /// <summary>Where times are censored again; in arms with switching by default.</summary>
    public Recensoring Recensoring { get; init => field = Require.Defined(value); }

    /// <summary>Lower end of the search range, from −10 to −0.01; −3 by default, time stretched by 20.</summary>
    public double LowestPsi { get; init => field = Require.InRange(value, -10, -0.01); } = -3;

    /// <summary>Upper end of the search range, from 0.01 to 10; 3 by default.</summary>
    public double HighestPsi { get; init => field = Require.InRange(value, 0.01, 10); } = 3;

    private protected override string DefaultName =>
        ThroughWeek is { } week ? FormattableString.Invariant($"rank-preserving-{week}") : "rank-preserving";

    /// <inheritdoc/>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new RankPreservingWorker(this, layout);
    }

    /// <summary>Fits the model to one trial and returns all of it.</summary>
    /// <param name="data">The trial.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="ArgumentException">The data have no such factor or stratum.</exception>
    public RankPreservingFit Fit(TrialData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new RankPreservingWorker(this, data.Layout).Fit(data);
    }
}
