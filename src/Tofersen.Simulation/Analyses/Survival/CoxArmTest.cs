namespace Tofersen.Simulation.Analyses.Survival;

/// <summary>Tests the last column of a Cox model, the arm.</summary>
internal static class CoxArmTest
{
    /// <summary>Fits arranged data and tests the last column; the engine is left with the fit of all columns.</summary>
    internal static AnalysisResult Run(CoxEngine engine, CoxTest test, double critical)
    {
        int columns = engine.Data.Columns;
        int last = columns - 1;
        int participants = engine.Data.Count;
        double logLikelihoodWithout = 0;
        bool isNullFitted = true;
        (double Z, double Estimate, double StandardError) score = default;
        if (test != CoxTest.Wald && engine.Data.Events > 0)
        {
            isNullFitted = engine.Fit(last) != CoxOutcome.NotConverged;
            logLikelihoodWithout = engine.LogLikelihood;
            score = engine.ScoreOfLast();
        }

        CoxOutcome outcome = engine.Fit(columns);
        if (!engine.IsDetermined(last))
        {
            return AnalysisResult.NotEstimable(participants);
        }

        if (outcome == CoxOutcome.NotConverged || !isNullFitted)
        {
            return AnalysisResult.NotEstimable(participants) with { Status = AnalysisStatus.NotConverged };
        }

        bool isInfinite = engine.IsInfinite(last);
        bool usesScore = isInfinite || test == CoxTest.Score;
        if ((isInfinite && test == CoxTest.Wald) || (usesScore && double.IsNaN(score.Z)))
        {
            return AnalysisResult.NotEstimable(participants);
        }

        double estimate = isInfinite ? score.Estimate : engine.Coefficient(last);
        double standardError = isInfinite ? score.StandardError : engine.LastStandardError;
        double z = test switch
        {
            CoxTest.Score => -score.Z,
            CoxTest.LikelihoodRatio =>
                -Math.Sign(estimate) * Math.Sqrt(Math.Max(0, 2 * (engine.LogLikelihood - logLikelihoodWithout))),
            _ => -estimate / standardError,
        };
        AnalysisResult result = AnalysisResult.FromZ(estimate, standardError, z, critical, participants);
        return outcome == CoxOutcome.Infinite ? result with { Status = AnalysisStatus.Boundary } : result;
    }
}
