using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Scenario files that name a base and say what differs.</summary>
public sealed class BaseMergeTests
{
    private static readonly Scenario Base = ValorOpenLabelExtension.ToWeek52.Scenario;

    [Test]
    public void Read_BaseAlone_IsTheBase() =>
        Assert.That(Changed(""), Is.EqualTo(Base));

    [Test]
    public void Read_ChangeWithoutAName_IsNotCalledOrDescribedAsItsBase()
    {
        Scenario changed = Renamed("""  "design": { "participants": 100 }  """);
        Scenario named = Renamed("""  "name": "mine", "description": "Of my own.", "design": { "participants": 100 }  """);

        Assert.That((changed.Name, changed.Description), Is.EqualTo(("valor-ole, changed", "")));
        Assert.That((named.Name, named.Description), Is.EqualTo(("mine", "Of my own.")));
        Assert.That((Renamed("").Name, Renamed("").Description), Is.EqualTo((Base.Name, Base.Description)));
    }

    [Test]
    public void Read_OnePropertyOfAnObject_ChangesThatPropertyOnly() =>
        Assert.That(
            Changed("""  "effect": { "maxReduction": 0.25 }  """),
            Is.EqualTo(Base with { Effect = (SlopeReduction)Base.Effect with { MaxReduction = 0.25 } }));

    [Test]
    public void Read_NestedObject_IsMergedToTheBottom()
    {
        var trajectory = (FlatStart)Base.Trajectory;

        Assert.That(
            Changed("""  "trajectory": { "underlying": { "attenuationScore": 6 } }  """),
            Is.EqualTo(Base with { Trajectory = trajectory with { Underlying = new AttenuatedDecline { AttenuationScore = 6 } } }));
    }

    [Test]
    public void Read_SameTypeSpeltOut_IsMergedAllTheSame() =>
        Assert.That(
            Changed("""  "effect": { "lagWeeks": 0, "type": "slopeReduction" }  """),
            Is.EqualTo(Base with { Effect = (SlopeReduction)Base.Effect with { LagWeeks = 0 } }));

    [Test]
    public void Read_OtherType_ReplacesTheObject() =>
        Assert.That(
            Changed("""  "effect": { "type": "symptomaticOffset", "points": 2, "halfTimeWeeks": 3 }  """),
            Is.EqualTo(Base with { Effect = new SymptomaticOffset { Points = 2, HalfTimeWeeks = 3 } }));

    [Test]
    public void Read_OtherType_TakesNothingFromTheBase() =>
        Assert.That(
            ScenarioError.OfChange("""  "effect": { "type": "symptomaticOffset" }  """).Message,
            Does.StartWith("$.effect.points: is missing"));

    [Test]
    public void Read_List_ReplacesTheBasesList()
    {
        Scenario read = Changed("""  "design": { "visitWeeks": [0, 28, 52] }, "analyses": [ { "method": "ancova", "week": 52 } ]  """);

        Assert.That(read.Design, Is.EqualTo(Base.Design with { VisitWeeks = [0, 28, 52] }));
        Assert.That(read.Analyses.Select(a => a.Name), Is.EqualTo((string[])["ancova-52"]));
    }

    [Test]
    public void Read_EmptyList_EmptiesIt() =>
        Assert.That(Changed("""  "analyses": []  """), Is.EqualTo(Base with { Analyses = [] }));

    [Test]
    public void Read_NamedEntries_ChangesThoseAndKeepsOrderAndOthers()
    {
        Scenario read = Changed("""
            "population": { "strata": { "slow": { "residualSd": 2, "declineRate": { "sd": 0.5 } } } },
            "analyses": { "ancova-28": { "alpha": 0.01 }, "slopes-52": { "minimumVisits": 5 } }
            """);

        var population = (PopulationModel)Base.Population;
        Assert.That(read, Is.EqualTo(Base with
        {
            Population = population with
            {
                Strata =
                [
                    population.Strata[0],
                    population.Strata[1] with
                    {
                        ResidualSd = 2, DeclineRate = (LogNormalRate)population.Strata[1].DeclineRate with { Sd = 0.5 },
                    },
                ],
            },
            Analyses =
            [
                .. Base.Analyses.Select(a => a switch
                {
                    Ancova { Name: "ancova-28" } ancova => ancova with { Alpha = 0.01 },
                    SlopeAnalysis { Name: "slopes-52" } slopes => slopes with { MinimumVisits = 5 },
                    _ => a,
                }),
            ],
        }));
    }

    [Test]
    public void Read_NamedEntryWithNewName_IsRenamed() =>
        Assert.That(
            Changed("""  "analyses": { "ancova-28": { "name": "primary" } }  """).Analyses.Select(a => a.Name),
            Is.EqualTo(Base.Analyses.Select(a => a.Name == "ancova-28" ? "primary" : a.Name)));

    [Test]
    public void Read_NamedEntryWithOtherMethod_IsReplacedAndKeepsItsName() =>
        Assert.That(
            Changed("""  "analyses": { "ancova-28": { "method": "mmrm", "week": 28 } }  """),
            Is.EqualTo(Base with
            {
                Analyses = [.. Base.Analyses.Select(x => x.Name == "ancova-28" ? new Mmrm { Name = "ancova-28", Week = 28 } : x)],
            }));

    [Test]
    public void Read_UnknownNamedEntry_NamesThoseThereAre()
    {
        ScenarioFormatException error = ScenarioError.OfChange("""  "population": { "strata": { "fats": { "residualSd": 2 } } }  """);

        Assert.That(error.Message, Is.EqualTo("$.population.strata.fats: the base has no such entry; it has fast, slow. To add or leave out entries give a whole list. Did you mean 'fast'?"));
    }

    [Test]
    public void Read_NamedEntryOfAListWithoutNames_SaysToGiveAList()
    {
        ScenarioFormatException error = ScenarioError.OfChange("""  "observation": { "events": { "death": { "perWeek": 0 } } }  """);

        Assert.That(error.Path, Is.EqualTo("$.observation.events.death"));
        Assert.That(error.Message, Does.Contain("give a list"));
    }

    [Test]
    public void Read_NamedEntryThatIsNoObject_FailsWithItsPath() =>
        Assert.That(
            ScenarioError.OfChange("""  "population": { "strata": { "fast": 5 } }  """).Message,
            Does.StartWith("$.population.strata.fast: is not an object"));

    [Test]
    public void Read_ErrorWithinANamedEntry_FailsWithItsPath() =>
        Assert.That(
            ScenarioError.OfChange("""  "population": { "strata": { "slow": { "residualSd": 25 } } }  """).Message,
            Is.EqualTo("$.population.strata[1].residualSd: 25 is not valid. Must lie in [0, 24]."));

    [Test]
    public void Read_ScalarInPlaceOfAnObject_FailsWithItsPath([Values("5", "\"x\"", "null", "[]", "true")] string value) =>
        Assert.That(ScenarioError.OfChange($"""  "effect": {value}  """).Path, Is.EqualTo("$.effect"));

    [Test]
    public void Read_PropertyTheBaseLeavesOut_IsAdded()
    {
        Scenario read = Changed("""  "effect": { "fading": { "afterWeeks": 28, "halfTimeWeeks": 50 } }  """);

        Assert.That(((SlopeReduction)read.Effect).Fading, Is.EqualTo(new EffectFading { AfterWeeks = 28, HalfTimeWeeks = 50 }));
    }

    [Test]
    public void Read_UnknownPropertyOfABase_HasAHint() =>
        Assert.That(
            ScenarioError.OfChange("""  "effect": { "maxReducton": 0.5 }  """).Message,
            Is.EqualTo("$.effect.maxReducton: unknown property. Did you mean 'maxReduction'?"));

    [Test]
    public void Read_UnknownBase_NamesThePresets()
    {
        ScenarioFormatException error = ScenarioError.Of("""{ "version": 1, "base": "valour" }""");

        Assert.That(
            error.Message,
            Is.EqualTo("$.base: there is no preset 'valour'; there are phase-1-2, valor, valor-ole, valor-ole-148, valor-ole-chain, atlas, sod1-natural-history, general-als, general-als-edaravone. Did you mean 'valor'?"));
    }

    [Test]
    public void Read_BaseThatIsNoText_Fails([Values("5", "null", "[]", "{}", "true")] string value) =>
        Assert.That(ScenarioError.Of($$"""{ "version": 1, "base": {{value}} }""").Path, Is.EqualTo("$.base"));

    [Test]
    public void Read_BaseWithoutAWayToFindIt_Fails() =>
        Assert.That(
            () => ScenarioJson.Read("""{ "version": 1, "base": "valor" }"""),
            Throws.TypeOf<ScenarioFormatException>().With.Message.StartsWith("$.base: "));

    [TestCase("""{ "version": 1, "base": "valor" }""", "valor")]
    [TestCase("""{ "version": 1, "base": "nowhere" }""", "nowhere")]
    [TestCase("""{ "version": 1 }""", null)]
    [TestCase("""{ "base": 5 }""", null)]
    public void BaseOf_Text_IsTheNameIfThereIsOne(string json, string? name) =>
        Assert.That(ScenarioJson.BaseOf(json), Is.EqualTo(name));

    // A change is not called as its base is, which other tests do not look at.
    private static Scenario Changed(string properties) => Renamed(properties) with { Name = Base.Name, Description = Base.Description };

    private static Scenario Renamed(string properties) => Presets.ReadScenario(
        """{ "version": 1, "base": "valor-ole" """ + (properties.Length > 0 ? ", " + properties : "") + " }");
}
