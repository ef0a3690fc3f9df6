using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.RandomSlopes;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>Worked cases whose numbers are printed somewhere, and ours.</summary>
internal static class PublishedValues
{
    internal static IEnumerable<PublishedValue> All() =>
    [
        .. Sleepstudy(), .. OrthodontSlopes(), .. OrthodontUnstructured(), .. Leukaemia(),
        .. JointRankOfTwelve(), .. JointRankPowerCase(), .. Rubin(), .. Newcombe(),
    ];

    private static IEnumerable<PublishedValue> Sleepstudy()
    {
        const string Name = "sleepstudy, Reaction ~ Days + (Days given Subject), REML (lme4; Bates et al. 2015, doi 10.18637/jss.v067.i01)";
        RandomSlopeEngine fit = Slopes("sleepstudy", "time", "Reml", DegreesOfFreedomMethod.KenwardRogerLinear);
        (double intercept, double interceptError, _) = fit.Coefficient(0);
        (double days, double daysError, double df) = fit.Coefficient(1);
        (_, _, double slopeVariance) = fit.RandomCovariance;
        yield return new(Name, "intercept", "251.405", intercept);
        yield return new(Name, "its standard error", "6.825", interceptError);
        yield return new(Name, "Days", "10.467", days);
        yield return new(Name, "its standard error", "1.546", daysError);
        yield return new(Name, "slope variance", "35.07", slopeVariance);
        yield return new(Name, "residual variance", "654.94", fit.ResidualVariance);
        yield return new(Name, "REML criterion", "1743.6", fit.MinusTwoLogLikelihood);
        yield return new(Name, "Kenward–Roger df of Days (pbkrtest)", "17", df);
        RandomSlopeEngine full = Slopes("sleepstudy", "time", "Ml", DegreesOfFreedomMethod.Satterthwaite);
        yield return new(Name, "deviance, ML", "1751.9", full.MinusTwoLogLikelihood);
    }

    private static IEnumerable<PublishedValue> OrthodontSlopes()
    {
        const string Name = "Dental growth (Potthoff and Roy 1964), random intercept and slope, REML, nlme";
        RandomSlopeEngine fit = Slopes("orthodont", "arm", "Reml", DegreesOfFreedomMethod.KenwardRogerLinear);
        string[] quantities = ["boys at 11 years", "boys' growth a year", "girls − boys at 11", "girls − boys a year"];
        string[] printed = ["24.96875", "0.784375", "-2.321023", "-0.304830"];
        string[] errors = ["0.486001", "0.0860", "0.761417", "0.134735"];
        for (int i = 0; i < quantities.Length; i++)
        {
            (double estimate, double error, _) = fit.Coefficient(i);
            yield return new(Name, quantities[i], printed[i], estimate);
            yield return new(Name, "its standard error", errors[i], error);
        }

        yield return new(Name, "Kenward–Roger df of the last", "25", fit.Coefficient(3).DegreesOfFreedom);
        yield return new(Name, "REML criterion", "432.581662", fit.MinusTwoLogLikelihood);
        yield return new(Name, "residual variance", "1.716204", fit.ResidualVariance);
    }

    private static IEnumerable<PublishedValue> OrthodontUnstructured()
    {
        const string Name = "Dental growth (Potthoff and Roy 1964), mean for each sex and age, unstructured, as SAS and nlme";
        MmrmFit fit = MmrmOrthodontTests.Saturated(LikelihoodEstimation.Reml);
        MmrmFit full = MmrmOrthodontTests.Saturated(LikelihoodEstimation.Ml);
        yield return new(Name, "−2 log likelihood, ML", "416.509302", full.MinusTwoLogLikelihood);
        yield return new(Name, "−2 log likelihood, REML", "414.034801", fit.MinusTwoLogLikelihood);
        yield return new(Name, "boys − girls at 8 years", "1.693182", fit.Contrasts[0].Estimate);
        yield return new(Name, "its standard error", "0.91147", fit.Contrasts[0].StandardError);
        string[] printed = ["5.4155", "4.1848", "6.4557", "4.9857"];
        for (int j = 0; j < printed.Length; j++)
        {
            yield return new(Name, FormattableString.Invariant($"variance at {8 + (2 * j)} years"), printed[j], fit.Covariance[j][j]);
        }
    }

    private static IEnumerable<PublishedValue> Leukaemia()
    {
        const string Name = "6-MP in leukaemia (data: Gehan 1965, doi 10.1093/biomet/52.1-2.203; survdiff, coxph and survfit)";
        LogRankFit test = new LogRank().Fit(LogRankReferenceTests.Read("gehan"));
        CoxFit efron = new CoxRegression().Fit(CoxReferenceTests.Read("gehan"));
        CoxFit breslow = new CoxRegression { Ties = TieHandling.Breslow }.Fit(CoxReferenceTests.Read("gehan"));
        SurvivalCurve[] curves =
        [
            .. ReferenceFile.Read("kaplan-meier", "medians").Rows
                .Where(r => r.Text("dataset") == "gehan").OrderBy(r => r.Count("arm")).Select(KaplanMeierReferenceTests.Curve),
        ];
        yield return new(Name, "log-rank χ²", "16.792941", test.Test.Statistic * test.Test.Statistic);
        yield return new(Name, "expected events, placebo", "10.749499", test.ExpectedControl);
        yield return new(Name, "expected events, 6-MP", "19.250501", test.ExpectedActive);
        yield return new(Name, "variance", "6.256961", test.Variance);
        yield return new(Name, "log hazard ratio, Efron", "-1.572125", efron.Arm.Estimate);
        yield return new(Name, "its standard error", "0.412397", efron.Arm.StandardError);
        yield return new(Name, "log likelihood without treatment", "-93.184270", efron.LogLikelihoodAtZero);
        yield return new(Name, "log likelihood with it", "-85.008425", efron.LogLikelihood);
        yield return new(Name, "log hazard ratio, Breslow", "-1.509191", breslow.Arm.Estimate);
        yield return new(Name, "its standard error", "0.409564", breslow.Arm.StandardError);
        yield return new(Name, "median, placebo, weeks", "8", curves[0].Median);
        yield return new(Name, "median, 6-MP, weeks", "23", curves[1].Median);
    }

    private static IEnumerable<PublishedValue> JointRankOfTwelve()
    {
        const string Name = "Joint rank of twelve participants";
        JointRankFit fit = new JointRank { Week = 30 }.Fit(JointRankReferenceTests.ReadHorizon("horizon-worked12"));
        yield return new(Name, "mean rank, active", "8.2143", fit.Ranks.Take(7).Average());
        yield return new(Name, "mean rank, control", "4.1", fit.Ranks.Skip(7).Average());
        yield return new(Name, "wins", "29", fit.Wins);
        yield return new(Name, "losses", "5", fit.Losses);
        yield return new(Name, "ties", "1", fit.Ties);
        yield return new(Name, "win ratio", "5.8", fit.WinRatio);
        yield return new(Name, "win odds", "5.363636", fit.WinOdds);
        yield return new(Name, "net benefit", "0.685714", fit.NetBenefit);
        yield return new(Name, "win probability", "0.842857", fit.WinProbability);
        yield return new(Name, "Z", "1.952211008", fit.Unadjusted.Statistic);
        yield return new(Name, "p", "0.0509131578", fit.Unadjusted.PValue);
        yield return new(Name, "exact permutation p", "0.0530303", fit.ExactPermutation.PValue);
        yield return new(Name, "effect on ranks, adjusted for the baseline", "3.521126761", fit.AncovaOnRanks.Estimate);
        yield return new(Name, "its standard error", "0.785478256", fit.AncovaOnRanks.StandardError);
        yield return new(Name, "its t", "4.482780694", fit.AncovaOnRanks.Statistic);
        yield return new(Name, "its p", "0.00152629744", fit.AncovaOnRanks.PValue);
    }

    private static IEnumerable<PublishedValue> JointRankPowerCase()
    {
        const string Name = "Power of the joint rank, 130 an arm, 18 months (formula of Matsouaka and Betensky 2015, doi 10.1002/sim.6355)";
        JointRankPower power = JointRankPowerTests.Published;
        yield return new(Name, "P(death), control", "0.405396", power.ControlDeathProbability);
        yield return new(Name, "P(death), active", "0.340246", power.ActiveDeathProbability);
        yield return new(Name, "π₁, win", "0.592506", power.WinProbability);
        yield return new(Name, "π₂, win over two", "0.449948", power.WinOverTwoProbability);
        yield return new(Name, "π₃, both win", "0.413477", power.BothWinProbability);
        yield return new(Name, "σ without effect", "0.0358745", power.NullSd);
        yield return new(Name, "σ with it", "0.0352917", power.AlternativeSd);
        yield return new(Name, "power", "0.73527", power.Power);
    }

    private static IEnumerable<PublishedValue> Rubin()
    {
        const string Name = "Rubin's rules, five imputations, 55 complete-data df";
        RubinPooling pooling = RubinPoolingTests.WorkedExample;
        double df = pooling.BarnardRubinDegreesOfFreedom;
        double margin = StudentT.TwoSidedCriticalValue(0.05, df) * pooling.StandardError;
        yield return new(Name, "estimate", "1.16", pooling.Estimate);
        yield return new(Name, "total variance", "5.05754", pooling.TotalVariance);
        yield return new(Name, "standard error", "2.248898", pooling.StandardError);
        yield return new(Name, "λ", "0.0111161", pooling.Lambda);
        yield return new(Name, "Rubin's df", "32371.06", pooling.RubinDegreesOfFreedom);
        yield return new(Name, "observed-data df", "52.51315", pooling.ObservedDegreesOfFreedom);
        yield return new(Name, "Barnard–Rubin df", "52.42810", df);
        yield return new(Name, "p", "0.608157", StudentT.TwoSidedP(pooling.Estimate / pooling.StandardError, df));
        yield return new(Name, "lower limit", "-3.351866", pooling.Estimate - margin);
        yield return new(Name, "upper limit", "5.671866", pooling.Estimate + margin);
    }

    private static IEnumerable<PublishedValue> Newcombe()
    {
        const string Name =
            "Differences of proportions (Newcombe 1998, doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, method 10)";
        foreach ((string data, string lower, string upper) in ProportionTests.NewcombesIntervals)
        {
            AnalysisResult result = new ResponderAnalysis { Week = 28, Threshold = -4 }.Fit(ProportionTests.ReadTables(data)).Test;
            yield return new(Name, $"({data[^1]}) lower limit", lower, result.Lower);
            yield return new(Name, $"({data[^1]}) upper limit", upper, result.Upper);
        }
    }

    private static RandomSlopeEngine Slopes(string data, string model, string estimation, DegreesOfFreedomMethod method) =>
        RandomSlopeReferenceTests.Fit(
            ReferenceFile.Read("random-slopes", "fits").Rows.Single(
                r => r.Text("dataset") == data && r.Text("model") == model && r.Text("estimation") == estimation),
            method,
            out _);
}
