using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Everybody of a stratum declines at the same rate and treatment stops decline, so true values follow by hand: at week
/// 52.178125, twelve months, twelve times the rate.</summary>
public sealed class TrueValueTests
{
    private const double TwelveMonthsInWeeks = 365.25 / 7;

    [Test]
    public void TrueValue_FixedCompositionOfFew_CountsWholeParticipants()
    {
        // Shares of 30 % and 70 % of eight are two and six participants: (2 · 12 + 6 · 6) / 8.
        Assert.That(True([("fast", 30, 1), ("slow", 70, 0.5)], 8, []), Is.EqualTo(7.5).Within(1e-9));
    }

    [Test]
    public void TrueValue_RandomComposition_CountsShares()
    {
        double value = True([("fast", 30, 1), ("slow", 70, 0.5)], 8, [], StratumComposition.Random);

        Assert.That(value, Is.EqualTo((0.3 * 12) + (0.7 * 6)).Within(1e-9));
    }

    [Test]
    public void TrueValue_RareStratum_IsItsOwn() =>
        Assert.That(
            True([("rare", 1, 2), ("common", 9_999, 0.5)], 100, ["rare"], StratumComposition.Random), Is.EqualTo(24).Within(1e-9));

    private static double True(
        (string Name, double Weight, double Rate)[] strata,
        int participants,
        string[] analysed,
        StratumComposition composition = StratumComposition.Fixed)
    {
        var scenario = new Scenario
        {
            Name = "true value",
            Population = new PopulationModel
            {
                Composition = composition,
                Strata =
                [
                    .. strata.Select(s => new Stratum
                    {
                        Name = s.Name,
                        Weight = s.Weight,
                        BaselineScoreMean = 40,
                        BaselineScoreSd = 0,
                        DeclineRate = new NormalRate { Mean = s.Rate, Sd = 0 },
                        ResidualSd = 1,
                    }),
                ],
            },
            Trajectory = new LinearDecline(),
            Effect = new SlopeReduction { MaxReduction = 1 },
            Design = new ParallelGroup { Participants = participants, VisitWeeks = [0, TwelveMonthsInWeeks] },
            Observation = new ObservationModel { Rounding = ScoreRounding.None },
            Analyses = [new Ancova { Week = TwelveMonthsInWeeks, Strata = [.. analysed] }],
        };
        return PowerAnalysis.Run(scenario, options: new RunOptions { Replicates = 1 }).Analyses[0].TrueValue.Value;
    }
}
