using Tofersen.Simulation.Analyses.Ranks;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.Proportions;

/// <summary>Compares the proportions of a yes-or-no outcome in a trial.</summary>
internal sealed class ProportionWorker<TRule> : IAnalysisWorker
    where TRule : struct, IOutcomeRule
{
    private readonly TRule _rule;
    private readonly MissingOutcome _missing;
    private readonly bool _continuityCorrection;
    private readonly AnalysedStrata _analysed;
    private readonly FactorStrata _strata;
    private readonly StratifiedTables _tables;

    internal ProportionWorker(ProportionAnalysis analysis, TRule rule, TrialLayout layout)
    {
        (_rule, _missing, _continuityCorrection) = (rule, analysis.Missing, analysis.ContinuityCorrection);
        _analysed = new AnalysedStrata(layout, analysis.Strata);
        _strata = new FactorStrata(layout, analysis.StratifyBy);
        _tables = new StratifiedTables(_strata.Count, analysis.Alpha);
    }

    public AnalysisResult Run(TrialData data)
    {
        Collect(data);
        return _tables.Test(TRule.Sign, _continuityCorrection);
    }

    internal ProportionFit Fit(TrialData data)
    {
        Collect(data);
        return new ProportionFit(
            _tables.Test(TRule.Sign, _continuityCorrection),
            _tables.Participants(0),
            _tables.WithOutcome(0),
            _tables.Participants(1),
            _tables.WithOutcome(1),
            _tables.ChiSquare(_continuityCorrection),
            _tables.RiskDifference(TRule.Sign),
            _tables.LogOddsRatio(TRule.Sign));
    }

    private void Collect(TrialData data)
    {
        _tables.Clear();
        for (int p = 0; p < data.Participants; p++)
        {
            int stratum = _strata.Of(data, p);
            if (stratum < 0 || !_analysed.Include(data, p))
            {
                continue;
            }

            bool? outcome = _rule.Outcome(data, p);
            if (outcome is not null || _missing == MissingOutcome.CountsAsNo)
            {
                _tables.Add(stratum, data.ArmColumn[p] == TrialDesign.ActiveArm ? 1 : 0, outcome == true);
            }
        }
    }
}
