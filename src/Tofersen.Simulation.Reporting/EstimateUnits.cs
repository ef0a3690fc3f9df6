using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Reporting;

/// <summary>Units of estimates, for tables and figures.</summary>
public static class EstimateUnits
{
    private const string Points = "points";
    private const string PerMonth = "/month";

    /// <summary>The unit of an analysis's estimate, which is active − control, or early − delayed start.</summary>
    /// <param name="scenario">The scenario that the analysis stands in.</param>
    /// <param name="analysis">Name of the analysis.</param>
    /// <returns>The unit, such as "points", "points/month" or "log hazard ratio"; empty where there is no such analysis, or it is not one of the library's own, or its result is a test
    /// of several things.</returns>
    public static string Of(Scenario scenario, string analysis)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(analysis);
        return scenario.Analyses.FirstOrDefault(a => a.Name == analysis) is { } found ? Of(found, scenario) : "";
    }

    private static string Of(IAnalysis analysis, Scenario scenario) => analysis switch
    {
        EndpointAnalysis onEndpoint => OnEndpoint(Of(onEndpoint.Analysis, scenario), scenario.Endpoints.FirstOrDefault(e => e.Name == onEndpoint.Endpoint)),
        WrappedAnalysis wrapped => Of(wrapped.Analysis, scenario),
        Ancova or AncovaWithImputation or Mmrm or DelayedStartAnalysis or AdagioAnalysis { Hypothesis: AdagioHypothesis.EndDifference } => Points,
        RandomSlopeModel or SlopeAnalysis or AdagioAnalysis { Hypothesis: AdagioHypothesis.FirstSlope or AdagioHypothesis.SlopeNonInferiority } => Points + PerMonth,
        JointRank rank => OfRanks(rank.Test),
        JointRankWithImputation rank => OfRanks(rank.Test),
        LogRank or CoxRegression => "log hazard ratio",
        RankPreservingFailureTime => "log time ratio ψ",
        RestrictedMeanSurvival => "months",
        ResponderAnalysis or EventProportion => "difference of proportions",
        _ => "",
    };

    private static string OfRanks(JointRankTest test) => test switch
    {
        JointRankTest.AncovaOnRanks => "mean ranks",
        JointRankTest.WinRatio => "log win ratio",
        JointRankTest.WinOdds => "log win odds",
        _ => "net benefit",
    };

    // An analysis of an endpoint says points and means the endpoint's unit.
    private static string OnEndpoint(string unit, Endpoint? endpoint)
    {
        if (endpoint is null || !unit.StartsWith(Points, StringComparison.Ordinal))
        {
            return unit;
        }

        string own = endpoint.IsLogarithmic ? "log ratio" : endpoint.Unit;
        return own.Length > 0 ? own + unit[Points.Length..] : "";
    }
}
