using System.Globalization;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Designs.Sequential;

/// <summary>Boundaries against a plain recursion on a very fine grid and against rpact; see ReferenceData/sequential.</summary>
[Category("Reference")]
public sealed class SequentialReferenceTests
{
    /// <summary>z values of the plain recursion, whose solver stops there.</summary>
    private const double PlainZ = 1e-9;

    /// <summary>Probabilities of the plain recursion.</summary>
    private const double PlainProbability = 1e-10;

    private static readonly ILookup<int, ReferenceRow> Bounds = Grouped("bounds");

    private static readonly ILookup<int, ReferenceRow> Probabilities = Grouped("probabilities");

    private static readonly ILookup<int, ReferenceRow> Sizes = Grouped("sizes");

    private static readonly Dictionary<int, SequentialBoundaries> Known = [];

    private static readonly Dictionary<int, ReferenceRow> Rows =
        ReferenceFile.Read("sequential", "designs").Rows.ToDictionary(r => r.Count("design"));

    private static IEnumerable<TestCaseData> Designs => Rows.Select(r => Case(r.Key));

    private static IEnumerable<TestCaseData> DesignsWithProbabilities => Probabilities.Select(r => Case(r.Key));

    private static IEnumerable<TestCaseData> DesignsWithSizes => Sizes.Select(r => Case(r.Key));

    private static TestCaseData Case(int design) => new TestCaseData(design).SetArgDisplayNames(
        $"{design}", Rows[design].Text("shape"), Rows[design].Text("parameter"), Rows[design].Text("futility"));

    [TestCaseSource(nameof(Designs))]
    public void ComputeBoundaries_AnyDesign_EqualsPlainRecursion(int design)
    {
        SequentialBoundaries boundaries = Boundaries(design);
        ReferenceRow[] expected = [.. Bounds[design]];

        using (Assert.EnterMultipleScope())
        {
            for (int k = 0; k < expected.Length; k++)
            {
                Assert.That(boundaries.EfficacyZ[k], Z(expected[k].Number("efficacy"), PlainZ), $"efficacy {k + 1}");
                Assert.That(boundaries.FutilityZ[k], Z(expected[k].Number("futility"), PlainZ), $"futility {k + 1}");
                Assert.That(
                    boundaries.CumulativeAlpha[k], Is.EqualTo(expected[k].Number("alphaSpent")).Within(PlainProbability));
                Assert.That(boundaries.CumulativeBeta[k], Is.EqualTo(expected[k].Number("betaSpent")).Within(PlainProbability));
            }

            Assert.That(boundaries.Drift, Z(Rows[design].Number("drift"), PlainZ));
        }
    }

    [TestCaseSource(nameof(Designs))]
    public void ComputeBoundaries_AnyDesign_EqualsRpactToItsAccuracy(int design)
    {
        SequentialBoundaries boundaries = Boundaries(design);
        double tolerance = Rows[design].Number("rpactTolerance");
        ReferenceRow[] expected = [.. Bounds[design]];

        // Cells are empty where rpact has no value that could be compared.
        using (Assert.EnterMultipleScope())
        {
            for (int k = 0; k < expected.Length; k++)
            {
                double efficacy = expected[k].Number("rpactEfficacy");
                double futility = expected[k].Number("rpactFutility");
                Assert.That(double.IsNaN(efficacy) ? double.NaN : boundaries.EfficacyZ[k], Z(efficacy, tolerance));
                Assert.That(double.IsNaN(futility) ? double.NaN : boundaries.FutilityZ[k], Z(futility, tolerance));
            }
        }
    }

    [TestCaseSource(nameof(DesignsWithProbabilities))]
    public void ProbabilitiesAt_AnyDrift_EqualsPlainRecursionAndRpact(int design)
    {
        SequentialBoundaries boundaries = Boundaries(design);
        double tolerance = Rows[design].Number("rpactTolerance");

        using (Assert.EnterMultipleScope())
        {
            foreach (ReferenceRow expected in Probabilities[design])
            {
                SequentialProbabilities actual = boundaries.ProbabilitiesAt(expected.Number("drift"));
                int look = expected.Count("look") - 1;
                double rpact = expected.Number("rpactEfficacy");
                Assert.That(actual.Efficacy[look], Is.EqualTo(expected.Number("efficacy")).Within(PlainProbability));
                Assert.That(actual.Futility[look], Is.EqualTo(expected.Number("futility")).Within(PlainProbability));
                Assert.That(double.IsNaN(rpact) ? double.NaN : actual.Efficacy[look], Nearly.Equal(rpact, tolerance, 1));
            }
        }
    }

    [TestCaseSource(nameof(DesignsWithSizes))]
    public void InflationFactor_AnyDesign_GivesTheSampleSizesOfRpact(int design)
    {
        ReferenceRow row = Sizes[design].Single();
        SequentialBoundaries boundaries = Boundaries(design);

        // A drift moves about as far as the z values do, its square several times as far.
        double tolerance = 10 * Rows[design].Number("rpactTolerance");
        double power = row.Number("power");
        double fixedSize = row.Number("fixed");

        double drift = boundaries.DriftForPower(power);
        double inflation = boundaries.InflationFactor(power);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(drift, Is.EqualTo(row.Number("drift")).Within(tolerance));
            Assert.That(inflation, Is.EqualTo(row.Number("inflation")).Within(tolerance));
            Assert.That(fixedSize * inflation, Nearly.Equal(row.Number("maximum"), tolerance));
            Assert.That(
                fixedSize * inflation * boundaries.ProbabilitiesAt(drift).ExpectedInformationFraction,
                Nearly.Equal(row.Number("expected"), tolerance));
            Assert.That(
                inflation * boundaries.ProbabilitiesAt(0).ExpectedInformationFraction,
                Nearly.Equal(row.Number("expectedH0"), tolerance));
        }
    }

    private static NUnit.Framework.Constraints.Constraint Z(double expected, double tolerance) =>
        double.IsFinite(expected) ? Is.EqualTo(expected).Within(tolerance) : Is.EqualTo(expected);

    private static ILookup<int, ReferenceRow> Grouped(string file) =>
        ReferenceFile.Read("sequential", file).Rows.ToLookup(r => r.Count("design"));

    private static SequentialBoundaries Boundaries(int design)
    {
        lock (Known)
        {
            return Known.TryGetValue(design, out SequentialBoundaries? known)
                ? known
                : Known[design] = Design(Rows[design]).ComputeBoundaries();
        }
    }

    private static GroupSequentialDesign Design(ReferenceRow row) => new()
    {
        InformationFractions = [.. Numbers(row.Text("fractions"))],
        Alpha = row.Number("alpha"),
        Efficacy = Shape(row.Text("shape"), row.Number("parameter")),
        Futility = row.Text("futility") switch
        {
            "beta" => new BetaSpending
            {
                Shape = (SpendingFunction)Shape("as" + row.Text("betaShape"), row.Number("betaParameter")),
                Beta = row.Number("beta"),
            },
            "fixed" => new FixedFutility { Z = [.. Numbers(row.Text("bounds"))] },
            _ => null,
        },
        IsFutilityBinding = row.Text("binding") == "TRUE",
    };

    private static BoundaryShape Shape(string name, double parameter) => name switch
    {
        "OF" => new ObrienFleming(),
        "P" => new Pocock(),
        "WT" => new WangTsiatis { Delta = parameter },
        "HP" => new HaybittlePeto { InterimZ = parameter },
        "asOF" => new LanDeMetsObrienFleming(),
        "asP" => new LanDeMetsPocock(),
        "asKD" => new KimDeMets { Power = parameter },
        "asHSD" => new HwangShihDeCani { Gamma = parameter },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not a shape of the reference data."),
    };

    private static IEnumerable<double> Numbers(string text) =>
        text.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture));
}
