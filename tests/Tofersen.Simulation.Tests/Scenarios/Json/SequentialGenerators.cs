using FsCheck;
using FsCheck.Fluent;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios.Sequential;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Random plans of interim looks that fit any design.</summary>
internal static class SequentialGenerators
{
    private static readonly Gen<double> Share = from bits in Gen.Choose(1, 9_999) select bits / 10_000.0;

    private static readonly Gen<SpendingFunction> Spending = Gen.OneOf(
        Gen.Constant((SpendingFunction)new LanDeMetsObrienFleming()),
        Gen.Constant((SpendingFunction)new LanDeMetsPocock()),
        from share in Share select (SpendingFunction)new KimDeMets { Power = 0.5 + (5 * share) },
        from share in Share select (SpendingFunction)new HwangShihDeCani { Gamma = 10 * (share - 0.5) });

    private static readonly Gen<BoundaryShape> Shape = Gen.OneOf(
        from spending in Spending select (BoundaryShape)spending,
        Gen.Constant((BoundaryShape)new ObrienFleming()),
        Gen.Constant((BoundaryShape)new Pocock()),
        from share in Share select (BoundaryShape)new WangTsiatis { Delta = share - 0.5 },
        from share in Share select (BoundaryShape)new HaybittlePeto { InterimZ = 3 + share });

    private static readonly Gen<FutilityRule?> Futility = Gen.OneOf(
        Gen.Constant((FutilityRule?)null),
        from spending in Spending
        from share in Share
        select (FutilityRule?)new BetaSpending { Shape = spending, Beta = 0.05 + (share / 4) },
        from share in Share select (FutilityRule?)new FixedFutility { Z = [share - 1] });

    private static readonly Gen<TrialInformation> Information = Gen.OneOf(
        from planned in Gen.Choose(1, 1_000_000)
        from kind in Gen.Elements(Enum.GetValues<EventKind>())
        select (TrialInformation)new EventInformation { Planned = planned, Events = [kind] },
        from share in Share
        from fewest in Gen.Choose(2, 1_000_000)
        select (TrialInformation)new StatisticalInformation
        {
            Maximum = 1e12 * share,
            MonitoringWeeks = 0.5 + (519 * share),
            MinimumParticipants = fewest,
        });

    internal static Gen<SequentialPlan> Plan(string analysis) =>
        from shape in Shape
        from futility in Futility
        from information in Information
        from fraction in Share
        from shares in Share.ArrayOf(2)
        from flag in Gen.Elements(false, true)
        select new SequentialPlan
        {
            Boundaries = new GroupSequentialDesign
            {
                InformationFractions = [0.2 + (0.6 * fraction), 1],
                Alpha = 0.01 + (0.09 * shares[0]),
                Efficacy = shape,
                Futility = futility,
            },
            Looks =
            [
                new SequentialLook
                {
                    Timing = new InformationTiming(),
                    Analysis = flag ? analysis : null,
                    FollowedWeeks = flag ? null : 2_000 * shares[0],
                },
            ],
            Analysis = analysis,
            Information = information,
            DataLagWeeks = 520 * shares[1],
            ObeysFutility = flag,
        };
}
