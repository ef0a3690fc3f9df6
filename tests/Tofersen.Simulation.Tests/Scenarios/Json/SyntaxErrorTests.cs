using System.Text;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Texts that are no scenario file at all.</summary>
public sealed class SyntaxErrorTests
{
    [Test]
    public void Read_Null_ThrowsNamingTheArgument() =>
        Assert.That(() => ScenarioJson.Read(null!), Throws.ArgumentNullException);

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("\t\r\n \n")]
    public void Read_Empty_SaysThatItIs(string text) =>
        Assert.That(ScenarioError.Of(text).Message, Does.StartWith("$: the file is empty"));

    [TestCase("hello", "line 1, byte 1")]
    [TestCase("{ \"version\": 1,\n  \"base\" \"valor\" }", "line 2, byte 10")]
    [TestCase("{ \"version\": 1", "line 1, byte 15")]
    [TestCase("{ \"version\": 1, }", "line 1, byte 17")]
    [TestCase("{ 'version': 1 }", "line 1, byte 3")]
    [TestCase("{ \"version\": 1 } x", "line 1, byte 18")]
    [TestCase("{ \"version\": 1 }\n{ }", "line 2, byte 1")]
    [TestCase("// a comment\n{ \"version\": 1 }", "line 1, byte 1")]
    [TestCase("{ \"version\": NaN }", "line 1, byte 14")]
    [TestCase("{ \"version\": 01 }", "line 1, byte 15")]
    [TestCase("{ \"version\": \"a\nb\" }", "line 1, byte 16")]
    [TestCase("\uFEFF{ \"version\": 1, \"base\": \"valor\" }", "line 1, byte 1")]
    public void Read_NotJson_SaysWhereFromOne(string text, string place)
    {
        ScenarioFormatException error = ScenarioError.Of(text);

        Assert.That(error.Path, Is.EqualTo(place));
        Assert.That(error.Message, Does.StartWith(place + ": not valid JSON: "));
        Assert.That(error.Message, Does.Not.Contain("LineNumber").And.Not.Contain("BytePositionInLine"));
    }

    [Test]
    public void Read_DecimalComma_PointsToTheDecimalPoint()
    {
        Assert.That(ScenarioError.Of("{ \"version\": 1,\n  \"effect\": { \"maxReduction\": 0,5 } }").Message, Does.StartWith("line 2, byte 33: not valid JSON: ").And.EndWith("Numbers have a decimal point, not a comma: 0.5."));
        Assert.That(ScenarioError.Of("{ \"version\": 1, 5 }").Message, Does.Not.Contain("decimal"));
    }

    [TestCase("{ \"version\": 1, \"version\": 1 }", "line 1, byte 17")]
    [TestCase("{ \"version\": 1,\n \"a\": { \"b\": 1,\n  \"b\": 2 } }", "line 3, byte 3")]
    public void Read_DuplicateProperty_SaysWhere(string text, string place) =>
        Assert.That(ScenarioError.Of(text).Message, Does.StartWith(place + ": not valid JSON: duplicate property"));

    [TestCase("5")]
    [TestCase("null")]
    [TestCase("true")]
    [TestCase("\"valor\"")]
    [TestCase("[]")]
    [TestCase("[{ \"version\": 1, \"base\": \"valor\" }]")]
    public void Read_JsonThatIsNoObject_SaysSo(string text) =>
        Assert.That(ScenarioError.Of(text).Message, Is.EqualTo("$: is not a JSON object."));

    [TestCase("[", "]")]
    [TestCase("{\"a\":", "}")]
    public void Read_ManyLevelsDeep_FailsWithoutRunningOutOfStack(string open, string close)
    {
        const int Levels = 100_000;
        foreach (string end in (string[])["", "1" + new StringBuilder().Insert(0, close, Levels)])
        {
            string deep = new StringBuilder().Insert(0, open, Levels) + end;

            Assert.That(ScenarioError.Of(deep).Message, Does.Contain("depth"));
            Assert.That(
                ScenarioError.Of("""{ "version": 1, "base": "valor", "effect": """ + deep).Message, Does.Contain("depth"));
        }
    }

    [Test]
    public void Read_ManyLevelsOfTrajectory_FailsWithOneLine()
    {
        var text = new StringBuilder("""{ "version": 1, "base": "valor", "trajectory": """);
        text.Insert(text.Length, """{ "type": "flatStart", "fullByWeeks": 1, "goneAfterWeeks": 1, "underlying": """, 80);

        Assert.That(ScenarioError.Of(text.ToString()).Path, Does.StartWith("line 1"));
    }

    [Test]
    public void Read_VersionMissing_SaysWhichIsNeeded() =>
        Assert.That(ScenarioError.Of("""{ "base": "valor" }""").Message, Is.EqualTo("$.version: is missing; it must be 1."));

    [TestCase("2")]
    [TestCase("0")]
    [TestCase("-1")]
    [TestCase("1.5")]
    [TestCase("1e999")]
    [TestCase("99999999999999999999")]
    [TestCase("\"1\"")]
    [TestCase("null")]
    [TestCase("[1]")]
    [TestCase("{}")]
    [TestCase("true")]
    public void Read_OtherVersion_SaysWhichIsNeeded(string version)
    {
        ScenarioFormatException error = ScenarioError.Of($$"""{ "version": {{version}}, "base": "valor" }""");

        Assert.That(error.Message, Does.StartWith($"$.version: {version} ").And.EndsWith("it must be 1."));
    }

    [TestCase("""{ "version": 1, "version": 1, "base": "valor" }""", "version")]
    [TestCase("""{ "version": 1, "base": "valor", "effect": { "lagWeeks": 1, "lagWeeks": 2 } }""", "lagWeeks")]
    [TestCase("""{ "version": 1, "base": "valor", "effect": { "type": "none" }, "effect": { "type": "none" } }""", "effect")]
    [TestCase("""{ "version": 1, "base": "valor", "population": { "strata": { "fast": { }, "fast": { } } } }""", "fast")]
    public void Read_DuplicateProperty_NamesIt(string json, string property) =>
        Assert.That(ScenarioError.Of(json).Message, Does.Contain($"'{property}'").Or.Contain($".{property}"));

    // \ud800 is half of a character: valid JSON, but no text.
    [TestCase("""{ "version": 1, "base": "\ud800" }""")]
    [TestCase("""{ "version": 1, "base": "valor", "name": "a\ud800b" }""")]
    [TestCase("""{ "version": 1, "base": "valor", "\udc00": 1 }""")]
    [TestCase("""{ "version": 1, "base": "valor", "effect": { "type": "\ud800" } }""")]
    [TestCase("""{ "version": 1, "base": "valor", "observation": { "rounding": "\ud800" } }""")]
    [TestCase("""{ "version": "\ud800", "base": "valor" }""")]
    public void Read_HalfACharacter_FailsLikeAnyOtherFault(string json) =>
        Assert.That(() => Presets.ReadScenario(json), Throws.TypeOf<ScenarioFormatException>());

    [Test]
    public void Read_UnknownTopLevelPropertyWithControlCharacters_StaysOnOneLine() =>
        Assert.That(
            ScenarioError.Of("""{ "version": 1, "base": "valor", "a\u001b[31m\nb": 1 }""").Message,
            Does.Not.Match(@"\p{Cc}"));

    [Test]
    public void Read_LongUnknownProperty_IsCutShort() =>
        Assert.That(
            ScenarioError.Of($$"""{ "version": 1, "base": "valor", "{{new string('x', 100_000)}}": 1 }""").Message,
            Has.Length.LessThan(200));
}
