using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Json;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Group-sequential designs as JSON.</summary>
public sealed class SequentialShapesTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(20_260_101, 297);

    [Test]
    public void Write_EveryExample_ReadsBackEqual()
    {
        foreach (GroupSequentialDesign design in SequentialExamples.All)
        {
            Assert.That(Read(Write(design)), Is.EqualTo(design));
        }
    }

    [Test]
    public void Write_AnyDesign_ReadsBackEqual() =>
        Prop.ForAll(Arb.From(SequentialExamples.Any), design => Assert.That(Read(Write(design)), Is.EqualTo(design))).Check(Fixed);

    [TestCase("""{"type":"obrienFleming"}""", typeof(ObrienFleming))]
    [TestCase("""{"type":"pocock"}""", typeof(Pocock))]
    [TestCase("""{"type":"wangTsiatis","delta":0.25}""", typeof(WangTsiatis))]
    [TestCase("""{"type":"haybittlePeto","interimZ":3}""", typeof(HaybittlePeto))]
    [TestCase("""{"type":"lanDeMetsObrienFleming"}""", typeof(LanDeMetsObrienFleming))]
    [TestCase("""{"type":"lanDeMetsPocock"}""", typeof(LanDeMetsPocock))]
    [TestCase("""{"type":"kimDeMets","power":2}""", typeof(KimDeMets))]
    [TestCase("""{"type":"hwangShihDeCani","gamma":-4}""", typeof(HwangShihDeCani))]
    public void Read_Shape_IsThatShapeAndIsWrittenAlike(string json, Type type)
    {
        GroupSequentialDesign design = Read($$"""{"informationFractions":[0.5,1],"efficacy":{{json}}}""");

        Assert.That(design.Efficacy, Is.TypeOf(type));
        Assert.That(design.Alpha, Is.EqualTo(0.025));
        Assert.That(JsonNode.Parse(Write(design))!["efficacy"]!.ToJsonString(), Is.EqualTo(json));
    }

    [TestCase("""{"informationFractions":[0.5,0.4,1],"efficacy":{"type":"pocock"}}""", "$.informationFractions", "0.4")]
    [TestCase("""{"informationFractions":[0.5,0.9],"efficacy":{"type":"pocock"}}""", "$.informationFractions", "end with exactly 1")]
    [TestCase("""{"informationFractions":[0.5,"1"],"efficacy":{"type":"pocock"}}""", "$.informationFractions[1]", "[0.0001, 1]")]
    [TestCase("""{"efficacy":{"type":"pocock"}}""", "$.informationFractions", "is missing")]
    [TestCase("""{"informationFractions":[1]}""", "$.efficacy", "is missing")]
    [TestCase("""{"informationFractions":[1],"efficacy":{"type":"pocok"}}""", "$.efficacy.type", "pocock")]
    [TestCase("""{"informationFractions":[1],"efficacy":{"type":"wangTsiatis"}}""", "$.efficacy.delta", "is missing")]
    [TestCase("""{"informationFractions":[1],"efficacy":{"type":"wangTsiatis","delta":2}}""", "$.efficacy.delta", "[-0.5, 1]")]
    [TestCase("""{"informationFractions":[1],"efficacy":{"type":"kimDeMets","power":0}}""", "$.efficacy.power", "(0, 25]")]
    [TestCase("""{"informationFractions":[1],"alpha":0.5,"efficacy":{"type":"pocock"}}""", "$.alpha", "[1E-06, 0.499]")]
    [TestCase(
        """{"informationFractions":[1],"efficacy":{"type":"pocock"},"futility":{"type":"betaSpending","shape":{"type":"pocock"},"beta":0.2}}""",
        "$.futility.shape.type",
        "lanDeMetsPocock")]
    [TestCase(
        """{"informationFractions":[1],"efficacy":{"type":"pocock"},"futility":{"type":"fixedFutility","z":[11]}}""",
        "$.futility.z",
        "[-10, 10]")]
    public void Read_FaultyDesign_SaysWhereAndWhat(string json, string path, string says)
    {
        ScenarioFormatException error = Assert.Throws<ScenarioFormatException>(() => Read(json))!;

        Assert.That(error.Path, Is.EqualTo(path));
        Assert.That(error.Message, Does.Contain(says));
    }

    [Test]
    public void Schema_Design_HoldsEveryExample()
    {
        var definitions = new SchemaDefinitions(isPatch: false);
        JsonObject schema = SequentialShapes.Design.Schema(definitions);
        schema["$defs"] = definitions.Definitions;
        var validator = new SchemaValidator(schema);

        foreach (GroupSequentialDesign design in SequentialExamples.All)
        {
            Assert.That(validator.Validate(JsonNode.Parse(Write(design))), Is.Empty);
        }
    }

    private static string Write(GroupSequentialDesign design) => SequentialShapes.Design.Write(design).ToJsonString();

    private static GroupSequentialDesign Read(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return (GroupSequentialDesign)SequentialShapes.Design.Read(document.RootElement, "$");
    }
}
