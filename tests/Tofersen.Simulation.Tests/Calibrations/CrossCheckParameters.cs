using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Calibrations;

/// <summary>A parameter set of the separate program (ReferenceData/calibration/valor-calibration.R) as a scenario.</summary>
public sealed record CrossCheckParameters
{
    private CrossCheckParameters()
    {
    }

    internal string Name { get; private init; } = "";

    private (double Mean, double Sd) FastRate { get; init; }

    private (double Mean, double Sd) SlowRate { get; init; }

    private (double Fast, double Slow) ResidualSd { get; init; }

    private double MaxReduction { get; init; }

    private (double Fast, double Slow) FlatStart { get; init; }

    private (double Full, double End) FlatStartWeeks { get; init; }

    private double CompositePerWeek { get; init; }

    private double RateExponent { get; init; }

    private double SlowMultiplier { get; init; }

    private double OtherPerWeek { get; init; }

    internal static CrossCheckParameters[] All
    {
        get
        {
            var fitted = new CrossCheckParameters
            {
                Name = "fitted",
                FastRate = (1.7, 2.6),
                SlowRate = (0.42, 0.75),
                ResidualSd = (1.9, 1.9),
                MaxReduction = 0.8,
                FlatStart = (2, 0.7),
                FlatStartWeeks = (8, 20),
                CompositePerWeek = 0.002,
                RateExponent = 0.5,
                SlowMultiplier = 0.2,
                OtherPerWeek = 0.0019,
            };
            var sheet = new CrossCheckParameters
            {
                Name = "sheet defaults",
                FastRate = (1.35, 1.45),
                SlowRate = (0.42, 0.5),
                ResidualSd = (1.7, 1.5),
                MaxReduction = 0.65,
                FlatStart = (0, 0),
                FlatStartWeeks = (4, 16),
                CompositePerWeek = 0.003,
                RateExponent = 1.1,
                SlowMultiplier = 0.5,
                OtherPerWeek = 0.0015,
            };
            CrossCheckParameters alternative = fitted with
            {
                Name = "alternative",
                FastRate = (1.6, 2.7),
                FlatStart = (1.8, 1),
                FlatStartWeeks = (4, 16),
            };
            return [fitted, sheet, alternative];
        }
    }

    /// <summary>A large trial, early to delayed 1:1, followed to week 232; the composite of events is one kind here.</summary>
    internal Scenario Scenario => new()
    {
        Name = Name,
        Population = new PopulationModel
        {
            Strata =
            [
                Stratum("fast", 60, 36, 6, FastRate, ResidualSd.Fast, FlatStart.Fast, multiplier: 1),
                Stratum("slow", 48, 38.5, 5.5, SlowRate, ResidualSd.Slow, FlatStart.Slow, SlowMultiplier),
            ],
        },
        Trajectory = new FlatStart
        {
            Underlying = new AttenuatedDecline { AttenuationScore = 12 },
            FullByWeeks = FlatStartWeeks.Full,
            GoneAfterWeeks = FlatStartWeeks.End - FlatStartWeeks.Full,
        },
        Effect = new SlopeReduction
        {
            MaxReduction = MaxReduction,
            LagWeeks = 4,
            HalfTimeWeeks = 12,
            WashoutHalfTimeWeeks = 12,
        },
        Design = new DelayedStart
        {
            Participants = 1080,
            VisitWeeks = [0, 12, 28, 40, 52, 148, 232],
            SwitchWeeks = 28,
        },
        Observation = new ObservationModel
        {
            Events =
            [
                new ProgressionHazard
                {
                    Kind = EventKind.WithdrawalForProgression,
                    PerWeek = CompositePerWeek,
                    RateExponent = RateExponent,
                    ScoreCoefficient = 0.12,
                    ReferenceScore = 36,
                    RateMinimum = 0.05,
                    RateMaximum = 6,
                },
                new ConstantHazard { Kind = EventKind.OtherWithdrawal, PerWeek = OtherPerWeek },
            ],
        },
    };

    private static Stratum Stratum(
        string name, double weight, double mean, double sd, (double Mean, double Sd) rate, double residualSd, double flatStart,
        double multiplier) => new()
        {
            Name = name,
            Weight = weight,
            BaselineScoreMean = mean,
            BaselineScoreSd = sd,
            DeclineRate = new LogNormalRate { Mean = rate.Mean, Sd = rate.Sd },
            ResidualSd = residualSd,
            FlatStartPoints = flatStart,
            EventHazardMultiplier = multiplier,
            Correlations = [new TraitCorrelation { First = Trait.BaselineScore, Second = Trait.DeclineRate, Value = -0.15 }],
            Inclusion = [new InclusionCriterion { Trait = Trait.BaselineScore, Minimum = 15, Maximum = 48 }],
        };
}
