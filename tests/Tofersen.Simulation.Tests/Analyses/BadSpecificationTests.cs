using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Mistakes of a caller: each throws at once, names what is wrong and says what would have been right.</summary>
public sealed class BadSpecificationTests
{
    private static readonly TrialLayout Layout = new PlainTrial
    {
        VisitWeeks = [0, 12, 28],
        StratumNames = ["fast", "slow"],
        Arms = [0, 1],
        Scores = [[40, 39, 38], [40, 39, 38]],
        Columns = [new PlainColumn("age", [], [50, 60]), new PlainColumn("sex", ["female", "male"], [0, 1])],
    }.ToData().Layout;

    private static readonly double[] NotAWeek = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1, 0, 2001];
    private static readonly double[] NotAnAlpha = [double.NaN, 0, -0.05, 1e-7, 0.51, 1, double.PositiveInfinity];

    [TestCaseSource(nameof(NotAWeek))]
    public void Week_OutOfRange_ThrowsNamingWeekAndRange(double week)
    {
        using (Assert.EnterMultipleScope())
        {
            AssertOutOfRange(() => new Ancova { Week = week }, "Week", "(0, 2000]");
            AssertOutOfRange(() => new AncovaWithImputation { Week = week }, "Week", "(0, 2000]");
            AssertOutOfRange(() => new JointRank { Week = week }, "Week", "(0, 2000]");
            AssertOutOfRange(() => new SlopeAnalysis { ThroughWeek = week }, "ThroughWeek", "(0, 2000]");
            AssertOutOfRange(() => new RandomSlopeModel { ThroughWeek = week }, "ThroughWeek", "(0, 2000]");
            AssertOutOfRange(() => new LogRank { ThroughWeek = week }, "ThroughWeek", "(0, 2000]");
            AssertOutOfRange(() => new ResponderAnalysis { Week = week, Threshold = 0 }, "Week", "(0, 2000]");
            AssertOutOfRange(() => new EventProportion { ThroughWeek = week }, "ThroughWeek", "(0, 2000]");
        }
    }

    [TestCase(double.NaN)]
    [TestCase(-1)]
    [TestCase(2001)]
    public void FromWeek_OutOfRange_ThrowsNamingFromWeekAndRange(double week) =>
        AssertOutOfRange(() => new SlopeAnalysis { ThroughWeek = 28, FromWeek = week }, "FromWeek", "[0, 2000]");

    [TestCaseSource(nameof(NotAnAlpha))]
    public void Alpha_OutOfRange_ThrowsNamingAlphaAndRange(double alpha)
    {
        using (Assert.EnterMultipleScope())
        {
            AssertOutOfRange(() => new Ancova { Week = 28, Alpha = alpha }, "Alpha", "[1E-06, 0.5]");
            AssertOutOfRange(() => new JointRank { Week = 28, Alpha = alpha }, "Alpha", "[1E-06, 0.5]");
            AssertOutOfRange(() => new LogRank { Alpha = alpha }, "Alpha", "[1E-06, 0.5]");
            AssertOutOfRange(() => new SlopeAnalysis { ThroughWeek = 28, Alpha = alpha }, "Alpha", "[1E-06, 0.5]");
        }
    }

    [TestCase(1)]
    [TestCase(0)]
    [TestCase(-2)]
    [TestCase(201)]
    public void MinimumVisits_OutOfRange_ThrowsNamingItAndRange(int visits) =>
        AssertOutOfRange(() => new SlopeAnalysis { ThroughWeek = 28, MinimumVisits = visits }, "MinimumVisits", "[2, 200]");

    [Test]
    public void Choice_NotDefined_ThrowsNamingTheChoices()
    {
        using (Assert.EnterMultipleScope())
        {
            AssertOutOfRange(() => new Ancova { Week = 28, Variance = (RobustVariance)9 }, "Variance", "HC3");
            AssertOutOfRange(() => new Ancova { Week = 28, Response = (AncovaResponse)9 }, "Response", "Score");
            AssertOutOfRange(() => new JointRank { Week = 28, Test = (JointRankTest)9 }, "Test", "Unadjusted");
            AssertOutOfRange(() => new JointRank { Week = 28, Incomplete = (IncompleteFollowUp)9 }, "Incomplete", "Excluded");
            AssertOutOfRange(() => new JointRank { Week = 28, WinVariance = (WinVariance)9 }, "WinVariance", "UnderNull");
            AssertOutOfRange(() => new ResponderAnalysis { Week = 28, Threshold = 0, Missing = (MissingOutcome)9 }, "Missing", "Excluded");
            AssertOutOfRange(() => new EventProportion { ThroughWeek = 28, Missing = (MissingOutcome)9 }, "Missing", "CountsAsNo");
            AssertOutOfRange(
                () => new PosteriorProbability { Analysis = new LogRank(), Benefit = (BenefitDirection)9 }, "Benefit", "BelowMargin");
        }
    }

    [Test]
    public void Events_NotDefinedOrNone_ThrowsNamingEvents()
    {
        using (Assert.EnterMultipleScope())
        {
            AssertThrows<ArgumentException>(() => new LogRank { Events = [] }, "Events", "at least one");
            AssertOutOfRange(() => new LogRank { Events = [(EventKind)9] }, "Events", "PermanentVentilation");
        }
    }

    [TestCase("")]
    [TestCase(" ")]
    public void Name_Blank_ThrowsNamingName(string name)
    {
        using (Assert.EnterMultipleScope())
        {
            AssertThrows<ArgumentException>(() => new Ancova { Week = 28, Name = name }, "Name", "text");
            AssertThrows<ArgumentException>(() => new LogRank { Name = name }, "Name", "text");
        }
    }

    [Test]
    public void CreateWorker_UnknownVisit_ThrowsNamingTheVisits()
    {
        IAnalysis[] analyses = [new Ancova { Week = 27 }, new JointRank { Week = 27 }, new SlopeAnalysis { ThroughWeek = 27 }];
        using (Assert.EnterMultipleScope())
        {
            foreach (IAnalysis analysis in analyses)
            {
                AssertOutOfRange(() => analysis.CreateWorker(Layout), "week", "[0, 12, 28]");
            }
        }
    }

    [Test]
    public void CreateWorker_UnknownCovariate_ThrowsNamingTheCovariates()
    {
        IAnalysis[] analyses =
        [
            new Ancova { Week = 28, Covariates = ["weight"] },
            new JointRank { Week = 28, Covariates = ["age", "weight"] },
            new LogRank { StratifyBy = ["weight"] },
            new JointRank { Week = 28, Test = JointRankTest.Unadjusted, StratifyBy = ["weight"] },
            new ResponderAnalysis { Week = 28, Threshold = 0, StratifyBy = ["weight"] },
            new EventProportion { ThroughWeek = 28, StratifyBy = ["weight"] },
            new PosteriorProbability { Analysis = new Ancova { Week = 28, Covariates = ["weight"] } },
            new SlopeAnalysis { ThroughWeek = 28, Covariates = ["weight"] },
        ];
        using (Assert.EnterMultipleScope())
        {
            foreach (IAnalysis analysis in analyses)
            {
                AssertThrows<ArgumentException>(() => analysis.CreateWorker(Layout), "name", "'weight'", "age, sex");
            }
        }
    }

    [Test]
    public void CreateWorker_UnknownStratum_ThrowsNamingTheStrata()
    {
        IAnalysis[] analyses =
        [
            new Ancova { Week = 28, Covariates = [], Strata = ["middling"] },
            new JointRank { Week = 28, Covariates = [], Strata = ["middling"] },
            new LogRank { Strata = ["middling"] },
            new SlopeAnalysis { ThroughWeek = 28, Strata = ["middling"] },
        ];
        using (Assert.EnterMultipleScope())
        {
            foreach (IAnalysis analysis in analyses)
            {
                AssertThrows<ArgumentException>(() => analysis.CreateWorker(Layout), "name", "'middling'", "fast, slow");
            }
        }
    }

    [Test]
    public void CreateWorker_StratifiedByAContinuousCovariate_ThrowsNamingIt() =>
        AssertThrows<ArgumentException>(
            () => new LogRank { StratifyBy = ["sex", "age"] }.CreateWorker(Layout), "StratifyBy", "'age'", "factors");

    [Test]
    public void CreateWorker_RanksOrProportionsStratifiedByAContinuousCovariate_ThrowsNamingIt()
    {
        IAnalysis[] analyses =
        [
            new JointRank { Week = 28, Test = JointRankTest.WinOdds, StratifyBy = ["sex", "age"] },
            new ResponderAnalysis { Week = 28, Threshold = 0, StratifyBy = ["age"] },
            new EventProportion { ThroughWeek = 28, StratifyBy = ["age"] },
        ];
        using (Assert.EnterMultipleScope())
        {
            foreach (IAnalysis analysis in analyses)
            {
                AssertThrows<ArgumentException>(() => analysis.CreateWorker(Layout), "StratifyBy", "'age'", "factors");
            }
        }
    }

    [Test]
    public void CreateWorker_StratifiedAnalysisOfCovarianceOfRanks_ThrowsSayingWhatToDo() =>
        AssertThrows<ArgumentException>(
            () => new JointRank { Week = 28, Covariates = [], StratifyBy = ["sex"] }.CreateWorker(Layout), "StratifyBy", "Covariates");

    [Test]
    public void CreateWorker_EventsAfterTheTrial_ThrowsNamingTheEnd() =>
        AssertOutOfRange(() => new EventProportion { ThroughWeek = 29 }.CreateWorker(Layout), "ThroughWeek", "(0, 28]");

    [TestCase(double.NaN)]
    [TestCase(-48.1)]
    [TestCase(49)]
    public void Threshold_OutOfRange_ThrowsNamingItAndRange(double threshold) =>
        AssertOutOfRange(() => new ResponderAnalysis { Week = 28, Threshold = threshold }, "Threshold", "[-48, 48]");

    [Test]
    public void Posterior_OutOfRange_ThrowsNamingTheNumberAndRange()
    {
        using (Assert.EnterMultipleScope())
        {
            AssertOutOfRange(() => new PosteriorProbability { Analysis = new LogRank(), Threshold = 0.49 }, "Threshold", "[0.5, 0.999999]");
            AssertOutOfRange(() => new PosteriorProbability { Analysis = new LogRank(), Margin = double.NaN }, "Margin", "1000000]");
            AssertOutOfRange(() => new NormalPrior { Sd = 0 }, "Sd", "(0, 1000000]");
            AssertOutOfRange(() => new NormalPrior { Sd = 1, Mean = double.NaN }, "Mean", "1000000]");
            AssertThrows<ArgumentNullException>(() => new PosteriorProbability { Analysis = null! }, "Analysis");
        }
    }

    [TestCase(28, 28, 2)]
    [TestCase(28, 12, 2)]
    [TestCase(0, 28, 4)]
    public void CreateWorker_TooFewVisitsForASlope_ThrowsSayingHowMany(double from, double through, int minimumVisits)
    {
        var slopes = new SlopeAnalysis { FromWeek = from, ThroughWeek = through, MinimumVisits = minimumVisits };
        AssertThrows<ArgumentException>(() => slopes.CreateWorker(Layout), "layout", $"{minimumVisits} are needed");
    }

    [Test]
    public void CreateWorker_ThreeArms_ThrowsSayingTwo()
    {
        TrialLayout threeArms = Layout with { ArmNames = ["control", "low", "high"] };
        IAnalysis[] analyses =
        [
            new Ancova { Week = 28, Covariates = [] },
            new JointRank { Week = 28, Covariates = [] },
            new LogRank(),
            new SlopeAnalysis { ThroughWeek = 28 },
        ];
        using (Assert.EnterMultipleScope())
        {
            foreach (IAnalysis analysis in analyses)
            {
                AssertThrows<ArgumentException>(() => analysis.CreateWorker(threeArms), "layout", "two arms", "3");
            }
        }
    }

    [Test]
    public void CreateWorker_NoLayout_ThrowsNamingLayout()
    {
        AssertThrows<ArgumentNullException>(() => new LogRank().CreateWorker(null!), "layout");
        AssertThrows<ArgumentNullException>(() => new Ancova { Week = 28 }.CreateWorker(null!), "layout");
    }

    private static void AssertOutOfRange(Func<object> action, string name, string range) =>
        AssertThrows<ArgumentOutOfRangeException>(action, name, range);

    private static void AssertThrows<T>(Func<object> action, string name, params string[] contents)
        where T : ArgumentException
    {
        T? exception = Assert.Throws<T>(() => action());
        Assert.That(exception?.ParamName, Is.EqualTo(name));
        foreach (string content in contents)
        {
            Assert.That(exception?.Message, Does.Contain(content));
        }
    }
}
