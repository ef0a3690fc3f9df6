using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Moves the week at which an analysis looks at the trial.</summary>
internal static class AnalysisEnd
{
    /// <summary>The analysis with its last week at the end of a trial. Analyses of the time to an event that count all events follow the trial by
    /// themselves, and one of the user's own sees what the trial has.</summary>
    internal static IAnalysis At(IAnalysis analysis, double week) => analysis switch
    {
        Ancova a => a with { Week = week },
        AncovaWithImputation a => a with { Week = week },
        Mmrm a => a with { Week = week, ThroughWeek = null },
        JointRank a => a with { Week = week },
        JointRankWithImputation a => a with { Week = week },
        ResponderAnalysis a => a with { Week = week },
        SlopeAnalysis a => a with { ThroughWeek = week },
        RandomSlopeModel a => a with { ThroughWeek = week },
        RestrictedMeanSurvival a => a with { ThroughWeek = week },
        EventProportion a => a with { ThroughWeek = week },
        LogRank { ThroughWeek: not null } a => a with { ThroughWeek = week },
        CoxRegression { ThroughWeek: not null } a => a with { ThroughWeek = week },
        RankPreservingFailureTime { ThroughWeek: not null } a => a with { ThroughWeek = week },
        DelayedStartAnalysis a => a with { SecondWeek = week },
        AdagioAnalysis a => a with { SecondToWeek = week },
        WrappedAnalysis a => a with { Analysis = At(a.Analysis, week) },
        _ => analysis,
    };
}
