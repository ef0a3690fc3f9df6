using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Sequential;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.MonteCarlo.Sequential;

/// <summary>Sequential trials for tests.</summary>
internal static class SequentialScenarios
{
    /// <summary>Standard deviation of the scores of <see cref="Normal"/>.</summary>
    internal const double Sd = 5;

    /// <summary>The difference of means over its standard error with known variance: exactly normal whatever the number.</summary>
    internal static IAnalysis KnownVariance { get; } = new FunctionAnalysis(KnownVarianceTest)
    {
        Name = "known variance",
        Contrast = new LatentContrast([0, 1], []),
    };

    /// <summary>The two-sample t test with the variance that the data have.</summary>
    internal static IAnalysis PooledVariance { get; } = new FunctionAnalysis(PooledVarianceTest) { Name = "pooled variance" };

    /// <summary>Normal scores at week 20, nobody lost, enrolment over 60 weeks; one block has two participants.</summary>
    internal static Scenario Normal(int participants, double effect, SequentialPlan plan, params IAnalysis[] analyses) =>
        TestScenarios.Bare with
        {
            Name = "normal",
            Population = TestStrata.Population(TestScenarios.Alike with { BaselineScoreMean = 24, BaselineScoreSd = Sd }),
            Effect = new SymptomaticOffset { Points = effect },
            Design = new ParallelGroup
            {
                Participants = participants,
                VisitWeeks = [0, 20],
                Enrolment = new UniformEnrolment { Weeks = 60 },
            },
            Analyses = analyses.Length > 0 ? [.. analyses] : [KnownVariance],
            Sequential = plan,
        };

    /// <summary>Interim looks when shares of the participants have come to week 20.</summary>
    internal static SequentialPlan ByInformation(GroupSequentialDesign boundaries, string? analysis = null) => new()
    {
        Boundaries = boundaries,
        Looks = [.. boundaries.InformationFractions.SkipLast(1).Select(_ => new SequentialLook { Timing = new InformationTiming() })],
        Analysis = analysis ?? KnownVariance.Name,
        Information = new VisitInformation { Week = 20 },
    };

    /// <summary>The drift of <see cref="Normal"/>: the mean of z at the end.</summary>
    internal static double Drift(int participants, double effect) => effect / (Sd * 2 / Math.Sqrt(participants));

    /// <summary>Looks in given weeks.</summary>
    internal static ValueList<SequentialLook> InWeeks(params double[] weeks) =>
        [.. weeks.Select(week => new SequentialLook { Timing = new CalendarTiming { Weeks = week } })];

    private static AnalysisResult PooledVarianceTest(TrialData data)
    {
        double[][] scores =
        [
            .. new[] { TrialDesign.ControlArm, TrialDesign.ActiveArm }.Select(arm => Enumerable.Range(0, data.Participants)
                .Where(p => data.Arms[p] == arm && data.Observed[(p * data.Visits) + 1]).Select(p => data.Scores[(p * data.Visits) + 1]).ToArray()),
        ];
        int n = scores[0].Length + scores[1].Length;
        if (scores.Any(s => s.Length == 0) || n < 3)
        {
            return AnalysisResult.NotEstimable(n);
        }

        double[] means = [.. scores.Select(s => s.Average())];
        double variance = scores.Zip(means, (s, mean) => s.Sum(x => (x - mean) * (x - mean))).Sum() / (n - 2);
        double error = Math.Sqrt(variance * ((1.0 / scores[0].Length) + (1.0 / scores[1].Length)));
        return AnalysisResult.FromT(means[1] - means[0], error, n - 2, 2, n);
    }

    private static AnalysisResult KnownVarianceTest(TrialData data)
    {
        double active = 0;
        double control = 0;
        int actives = 0;
        int controls = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            if (!data.Observed[(p * data.Visits) + 1])
            {
                continue;
            }

            double score = data.Scores[(p * data.Visits) + 1];
            bool isActive = data.Arms[p] == TrialDesign.ActiveArm;
            active += isActive ? score : 0;
            control += isActive ? 0 : score;
            actives += isActive ? 1 : 0;
            controls += isActive ? 0 : 1;
        }

        if (actives == 0 || controls == 0)
        {
            return AnalysisResult.NotEstimable(actives + controls);
        }

        double estimate = (active / actives) - (control / controls);
        double standardError = Sd * Math.Sqrt((1.0 / actives) + (1.0 / controls));
        return AnalysisResult.FromZ(estimate, standardError, estimate / standardError, 1.96, actives + controls);
    }
}
