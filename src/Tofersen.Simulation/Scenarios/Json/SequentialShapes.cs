using Tofersen.Simulation.Designs.Sequential;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of group-sequential designs.</summary>
internal static class SequentialShapes
{
    // Spending functions are boundary shapes, and are also held where nothing else will do.
    private static readonly RecordShape<LanDeMetsObrienFleming> LikeObrienFleming = new("lanDeMetsObrienFleming", new LanDeMetsObrienFleming());

    private static readonly RecordShape<LanDeMetsPocock> LikePocock = new("lanDeMetsPocock", new LanDeMetsPocock());

    private static readonly RecordShape<KimDeMets> PowerFamily = new RecordShape<KimDeMets>("kimDeMets", new KimDeMets { Power = 1 })
        .Number("power", x => x.Power, (x, v) => x with { Power = v }, 0, 25, aboveMinimum: true, required: true);

    private static readonly RecordShape<HwangShihDeCani> ExponentialFamily =
        new RecordShape<HwangShihDeCani>("hwangShihDeCani", new HwangShihDeCani { Gamma = 0 })
            .Number("gamma", x => x.Gamma, (x, v) => x with { Gamma = v }, -40, 40, required: true);

    private static readonly UnionShape<SpendingFunction> Spending = new UnionShape<SpendingFunction>("spendingFunction", "type")
        .Case(LikeObrienFleming)
        .Case(LikePocock)
        .Case(PowerFamily)
        .Case(ExponentialFamily);

    private static readonly UnionShape<BoundaryShape> Boundary = new UnionShape<BoundaryShape>("boundaryShape", "type")
        .Case(LikeObrienFleming)
        .Case(LikePocock)
        .Case(PowerFamily)
        .Case(ExponentialFamily)
        .Case(new RecordShape<ObrienFleming>("obrienFleming", new ObrienFleming()))
        .Case(new RecordShape<Pocock>("pocock", new Pocock()))
        .Case(new RecordShape<WangTsiatis>("wangTsiatis", new WangTsiatis { Delta = 0 })
            .Number("delta", x => x.Delta, (x, v) => x with { Delta = v }, -0.5, 1, required: true))
        .Case(new RecordShape<HaybittlePeto>("haybittlePeto", new HaybittlePeto())
            .Number("interimZ", x => x.InterimZ, (x, v) => x with { InterimZ = v }, 1, 8));

    private static readonly UnionShape<FutilityRule> Futility = new UnionShape<FutilityRule>("futilityRule", "type")
        .Case(new RecordShape<BetaSpending>("betaSpending", new BetaSpending { Shape = new LanDeMetsPocock(), Beta = 0.2 })
            .Add("shape", Spending, x => x.Shape, (x, v) => x with { Shape = v }, required: true)
            .Number("beta", x => x.Beta, (x, v) => x with { Beta = v }, 1e-4, 0.9, required: true))
        .Case(new RecordShape<FixedFutility>("fixedFutility", new FixedFutility { Z = [] })
            .Add("z", new ListShape<double>(new NumberShape(-10, 10)), x => x.Z, (x, v) => x with { Z = v }, required: true));

    /// <summary>A group-sequential design.</summary>
    internal static RecordShape<GroupSequentialDesign> Design { get; } = new RecordShape<GroupSequentialDesign>(
        "groupSequentialDesign", new GroupSequentialDesign { InformationFractions = [1], Efficacy = new ObrienFleming() })
        .Add(
            "informationFractions",
            new ListShape<double>(new NumberShape(SequentialMonitor.SmallestRise, 1)),
            x => x.InformationFractions,
            (x, v) => x with { InformationFractions = v },
            required: true)
        .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.499)
        .Add("efficacy", Boundary, x => x.Efficacy, (x, v) => x with { Efficacy = v }, required: true)
        .AddOptional("futility", Futility, x => x.Futility, (x, v) => x with { Futility = (FutilityRule)v })
        .Flag("isFutilityBinding", x => x.IsFutilityBinding, (x, v) => x with { IsFutilityBinding = v });
}
