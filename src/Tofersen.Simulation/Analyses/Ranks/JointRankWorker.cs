using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.Ranks;

/// <summary>Runs a <see cref="JointRank"/> analysis of a trial.</summary>
internal sealed class JointRankWorker : IAnalysisWorker
{
    private readonly JointRank _analysis;
    private readonly CovariateDesign _design;
    private readonly FactorStrata _strata;
    private readonly JointRankEngine _engine;
    private readonly ScoreTests _tests;
    private readonly LinearModel _model;
    private readonly CriticalValues _critical;
    private readonly double _horizonMonths;
    private readonly int _visit;
    private readonly int[] _participants;

    internal JointRankWorker(JointRank analysis, TrialLayout layout, bool isForFit = false)
    {
        bool adjusts = analysis.Test == JointRankTest.AncovaOnRanks;
        if (adjusts && analysis.StratifyBy.Count > 0)
        {
            throw new ArgumentException(
                "An analysis of covariance of ranks is not stratified: put the factors among Covariates, or choose another Test.",
                nameof(JointRank.StratifyBy));
        }

        _analysis = analysis;
        _visit = layout.VisitAt(analysis.Week);
        _horizonMonths = StudyTime.MonthsFromWeeks(analysis.Week);
        _design = new CovariateDesign(layout, adjusts ? analysis.Covariates : [], analysis.Strata);
        _strata = new FactorStrata(layout, analysis.StratifyBy);
        int n = layout.Participants;
        _engine = new JointRankEngine(n, _strata.Count, analysis.Incomplete == IncompleteFollowUp.LastCommonVisit ? _visit : 0);
        _tests = new ScoreTests(_engine, n, analysis.Alpha, isForFit || analysis.Test == JointRankTest.ExactPermutation);
        _model = new LinearModel(n, _design.Columns);
        _critical = new CriticalValues(analysis.Alpha, n);
        _participants = new int[n];
    }

    public AnalysisResult Run(TrialData data) => Test(data, Collect(data, default));

    /// <summary>Analyses a trial with given changes from baseline, such as imputed ones.</summary>
    /// <param name="data">The trial: deaths, arms, covariates.</param>
    /// <param name="changes">Change of each participant at the horizon; read for those alive there. Somebody alive without a change is left
    /// out.</param>
    internal AnalysisResult Run(TrialData data, ReadOnlySpan<double> changes) => Test(data, Collect(data, changes));

    internal JointRankFit Fit(TrialData data)
    {
        int n = Collect(data, default);
        _engine.Score(n, countsWins: true, data.ScoreMatrix, data.Visits);
        _engine.FillRanks();
        WinStatistics wins = _tests.Wins();
        return new JointRankFit
        {
            Participants = [.. _participants.AsSpan(0, n)],
            Scores = [.. _engine.Scores.AsSpan(0, n)],
            Ranks = [.. _engine.Ranks.AsSpan(0, n)],
            Wins = wins.Wins,
            Losses = wins.Losses,
            Ties = wins.Ties,
            WinRatio = wins.WeightedWins / wins.WeightedLosses,
            WinOdds = (wins.WeightedPairs + wins.WeightedWins - wins.WeightedLosses)
                / (wins.WeightedPairs - wins.WeightedWins + wins.WeightedLosses),
            NetBenefit = (wins.WeightedWins - wins.WeightedLosses) / wins.WeightedPairs,
            Unadjusted = _tests.Unadjusted(),
            ExactPermutation = _tests.ExactPermutation(),
            AncovaOnRanks = _strata.Count > 1 ? AnalysisResult.NotEstimable(n) : Ancova(data),
            General = wins.All(WinVariance.General),
            UnderNull = wins.All(WinVariance.UnderNull),
        };
    }

    private AnalysisResult Test(TrialData data, int n)
    {
        bool countsWins = _analysis.Test is JointRankTest.WinRatio or JointRankTest.WinOdds or JointRankTest.NetBenefit;
        _engine.Score(n, countsWins, data.ScoreMatrix, data.Visits);
        switch (_analysis.Test)
        {
            case JointRankTest.Unadjusted:
                return _tests.Unadjusted();
            case JointRankTest.ExactPermutation:
                return _tests.ExactPermutation();
            case JointRankTest.WinRatio:
                return _tests.Wins().LogWinRatio(_analysis.WinVariance);
            case JointRankTest.WinOdds:
                return _tests.Wins().LogWinOdds(_analysis.WinVariance);
            case JointRankTest.NetBenefit:
                return _tests.Wins().NetBenefit(_analysis.WinVariance);
            default:
                _engine.FillRanks();
                return Ancova(data);
        }
    }

    /// <summary>Writes the engine's columns and returns how many participants are ranked.</summary>
    private int Collect(TrialData data, ReadOnlySpan<double> changes)
    {
        int n = 0;
        int visits = data.Visits;
        for (int p = 0; p < data.Participants; p++)
        {
            int stratum = _strata.Of(data, p);
            if (stratum < 0 || !_design.Includes(data, p) || !data.ObservedMatrix[p * visits])
            {
                continue;
            }

            double followUp = data.FollowUpColumn[p];
            EventKind end = data.FollowUpEndColumn[p];
            bool dies = (end == EventKind.Death || (end == EventKind.PermanentVentilation && _analysis.PermanentVentilationIsDeath))
                && followUp <= _horizonMonths;
            double value = followUp;
            RankedOutcome outcome = RankedOutcome.Died;
            if (!dies && changes.IsEmpty)
            {
                (outcome, value) = Alive(data, p * visits, followUp);
            }
            else if (!dies)
            {
                (outcome, value) = (RankedOutcome.Complete, changes[p]);
            }

            if (double.IsNaN(value))
            {
                continue;
            }

            _participants[n] = p;
            _engine.Outcomes[n] = outcome;
            _engine.Values[n] = value;
            _engine.FollowUp[n] = followUp;
            _engine.IsActive[n] = data.ArmColumn[p] == TrialDesign.ActiveArm ? 1 : 0;
            _engine.Strata[n] = stratum;
            _engine.Rows[n++] = p;
        }

        return n;
    }

    /// <summary>What somebody who did not die by the horizon is ranked by; NaN leaves out.</summary>
    private (RankedOutcome Outcome, double Value) Alive(TrialData data, int row, double followUp)
    {
        if (data.ObservedMatrix[row + _visit])
        {
            return (RankedOutcome.Complete, data.ScoreMatrix[row + _visit] - data.ScoreMatrix[row]);
        }

        switch (_analysis.Incomplete)
        {
            case IncompleteFollowUp.LastCommonVisit:
                return (RankedOutcome.Incomplete, 0);
            case IncompleteFollowUp.Excluded:
                return (RankedOutcome.Complete, double.NaN);
            case IncompleteFollowUp.OrderedAtWithdrawal when followUp < _horizonMonths:
                return (RankedOutcome.Withdrew, followUp);
            default:
                int last = _visit;
                while (!data.ObservedMatrix[row + last])
                {
                    last--;
                }

                return (RankedOutcome.Complete, data.ScoreMatrix[row + last] - data.ScoreMatrix[row]);
        }
    }

    private AnalysisResult Ancova(TrialData data)
    {
        int n = _engine.Count;
        bool bothArms = _design.Fill(data, _participants.AsSpan(0, n), _model);
        _engine.Ranks.AsSpan(0, n).CopyTo(_model.Response);
        _model.Fit();
        return _model.TestLast(bothArms, _critical);
    }
}
