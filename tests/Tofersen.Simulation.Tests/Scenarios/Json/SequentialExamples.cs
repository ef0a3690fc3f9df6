using FsCheck;
using FsCheck.Fluent;
using Tofersen.Simulation.Designs.Sequential;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Group-sequential designs that together use every shape and set every property, and random ones.</summary>
internal static class SequentialExamples
{
    private const double AlmostThreeTenths = 0.1 + 0.2;
    private const double Third = 1.0 / 3;

    private static readonly Gen<SpendingFunction> Spending = Gen.OneOf(
        Gen.Constant((SpendingFunction)new LanDeMetsObrienFleming()),
        Gen.Constant((SpendingFunction)new LanDeMetsPocock()),
        from power in Number(1e-300, 25) select (SpendingFunction)new KimDeMets { Power = power },
        from gamma in Number(-40, 40) select (SpendingFunction)new HwangShihDeCani { Gamma = gamma });

    private static readonly Gen<BoundaryShape> Shape = Gen.OneOf(
        from spending in Spending select (BoundaryShape)spending,
        Gen.Constant((BoundaryShape)new ObrienFleming()),
        Gen.Constant((BoundaryShape)new Pocock()),
        from delta in Number(-0.5, 1) select (BoundaryShape)new WangTsiatis { Delta = delta },
        from z in Number(1, 8) select (BoundaryShape)new HaybittlePeto { InterimZ = z });

    private static readonly Gen<FutilityRule?> Futility = Gen.OneOf(
        Gen.Constant((FutilityRule?)null),
        from spending in Spending
        from beta in Number(1e-4, 0.9)
        select (FutilityRule?)new BetaSpending { Shape = spending, Beta = beta },
        from z in Number(-10, 10).ListOf()
        select (FutilityRule?)new FixedFutility { Z = [.. z.Take(19)] });

    /// <summary>Designs that set every property of every shape.</summary>
    internal static IReadOnlyList<GroupSequentialDesign> All { get; } =
    [
        With(new ObrienFleming(), null),
        With(new Pocock(), new BetaSpending { Shape = new LanDeMetsObrienFleming(), Beta = Third }),
        With(new WangTsiatis { Delta = AlmostThreeTenths }, new FixedFutility { Z = [-Third, AlmostThreeTenths] }),
        With(new HaybittlePeto { InterimZ = 3 + Third }, new BetaSpending { Shape = new LanDeMetsPocock(), Beta = 0.9 }),
        With(new LanDeMetsObrienFleming(), new BetaSpending { Shape = new KimDeMets { Power = Third }, Beta = 1e-4 }),
        With(new LanDeMetsPocock(), new BetaSpending { Shape = new HwangShihDeCani { Gamma = -Third }, Beta = 0.2 }),
        With(new KimDeMets { Power = 25 }, null),
        With(new HwangShihDeCani { Gamma = -40 }, null),
    ];

    /// <summary>Any design.</summary>
    internal static Gen<GroupSequentialDesign> Any =>
        from shape in Shape
        from futility in Futility
        from alpha in Number(1e-6, 0.499)
        from fractions in Number(1e-4, 1).ListOf()
        from binding in Gen.Elements(false, true)
        select new GroupSequentialDesign
        {
            InformationFractions = [.. Apart(fractions)],
            Alpha = alpha,
            Efficacy = shape,
            Futility = futility,
            IsFutilityBinding = binding,
        };

    private static GroupSequentialDesign With(BoundaryShape shape, FutilityRule? futility) => new()
    {
        InformationFractions = [AlmostThreeTenths, 2 * Third, 1],
        Alpha = 0.1 + Third,
        Efficacy = shape,
        Futility = futility,
        IsFutilityBinding = true,
    };

    private static IEnumerable<double> Apart(IEnumerable<double> fractions)
    {
        double last = 0;
        foreach (double fraction in fractions.Where(f => f < 0.999).Order().Take(19))
        {
            if (fraction > last * 1.001)
            {
                yield return fraction;
                last = fraction;
            }
        }

        yield return 1;
    }

    private static Gen<double> Number(double minimum, double maximum) =>
        from share in Gen.Choose(0, int.MaxValue)
        select Math.Clamp(minimum + ((maximum - minimum) * share / int.MaxValue), minimum, maximum);
}
