// What a look before the end saves and costs: a delayed-start trial that enrols over two years, with boundaries and without.

using System.CommandLine;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.Examples;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Sequential;
using Tofersen.Simulation.Treatments;

const double EnrolmentWeeks = 104;

Option<int> replicates = ExampleCommand.Replicates(2_000, "Number of simulated trials a plan.");
Option<int> participants = ExampleCommand.WholeNumber("--participants", "Most participants.", 240, 40, 100_000);
Option<ulong> seed = ExampleCommand.Seed();
Option<string> folder = ExampleCommand.Folder("interim-results");
var root = new RootCommand("Interim looks of a delayed-start trial: what they save, and what they cost.") { replicates, participants, seed, folder };
root.SetAction(parsed => Run(
    parsed.GetValue(participants),
    new RunOptions { Replicates = parsed.GetValue(replicates), Seed = parsed.GetValue(seed), CollectCourses = false },
    parsed.GetRequiredValue(folder)));
return ExampleCommand.Run(root, args);

static void Run(int participants, RunOptions options, string folder)
{
    Scenario preset = ValorOpenLabelExtension.ToWeek52.Scenario;
    Scenario scenario = preset with
    {
        Design = preset.Design with { Participants = participants, Enrolment = new UniformEnrolment { Weeks = EnrolmentWeeks } },
        Endpoints = [],
        AdverseEvents = [],
        Analyses =
        [
            new Ancova { Name = "week 28", Week = 28, Covariates = [Covariates.Baseline, Covariates.Stratum] },
            new Ancova { Name = "week 52", Week = 52, Covariates = [Covariates.Baseline, Covariates.Stratum] },
        ],
    };
    (string Name, ITreatmentEffect Effect)[] worlds = [("no effect", new NoEffect()), ("the preset's effect", preset.Effect)];

    Console.WriteLine(FormattableString.Invariant($"""
        Interim looks: {options.Replicates} simulated trials a plan, seed {options.Seed}; at most {participants} participants enrol over {EnrolmentWeeks} weeks
        Simulated data: no evidence about a medicine. ± is one Monte Carlo standard error.

        The first look is in week 80, when about half of the participants have come to week 28; the second at the end of the first period, when
        the last one has. Both test the difference at week 28; the end of the trial tests that of early − delayed start at week 52.
        """));
    OutputFolder.Write(folder, path =>
    {
        foreach ((string world, ITreatmentEffect effect) in worlds)
        {
            var table = new TextTable(
                "plan", "rejects", "stops for efficacy", "stops for futility", "participants", "weeks",
                "estimate where it stops at look 1 for efficacy", "truth");
            foreach ((string name, SequentialPlan plan) in Plans())
            {
                PowerResult result = PowerAnalysis.Run(
                    scenario with { Name = name, Effect = effect, Sequential = plan }, options: options);
                table.Row(Row(name, result.Sequential!));
                string place = Path.Combine(path, FormattableString.Invariant($"{world} {name}").Replace(' ', '-').Replace("'", "", StringComparison.Ordinal));
                Directory.CreateDirectory(place);
                PowerReport.Write(result, place);
            }

            Console.WriteLine($"\nWhere there is {world}\n");
            Console.WriteLine(table);
        }
    });
    Console.WriteLine($"""
        Reading it. Pocock's boundaries stop soonest and lose most power; those of O'Brien and Fleming ask for much early and cost little.
        Both are made for a one-sided level of 2.5 % where all looks test one difference. Here the looks and the end test two, which go together less
        than the boundaries take it: the share that rejects where there is no effect is the level that the plan really has. Trials that stop early
        are those that looked too good: beside the truth stands the mean estimate of those that stopped for efficacy at the first look. Futility
        saves participants and weeks where there is nothing to find, and costs the trials that would have come right in the end. The second look
        saves weeks, not participants: all have entered by then.

        Results of each plan are in {folder}.
        """);
}

static string[] Row(string name, SequentialResult result)
{
    string Stops(Func<SequentialLookResult, MonteCarloValue> at)
    {
        double share = result.Looks.SkipLast(1).Sum(look => at(look).Value);
        return TextTable.WithError(share, Math.Sqrt(share * (1 - share) / result.Replicates), 3);
    }

    SequentialLookResult first = result.Looks[0];
    bool hasLooks = result.Looks.Count > 1;
    return
    [
        name,
        TextTable.WithError(result.Rejection.Value, result.Rejection.MonteCarloError, 3),
        Stops(look => look.Efficacy),
        Stops(look => look.Futility),
        TextTable.WithError(result.Participants.Mean, result.Participants.MonteCarloError, 1),
        TextTable.WithError(result.DurationWeeks.Mean, result.DurationWeeks.MonteCarloError, 1),
        hasLooks ? TextTable.WithError(first.EfficacyEstimates.Mean, first.EfficacyEstimates.MonteCarloError, 2) : "–",
        hasLooks ? TextTable.Number(first.TrueValue, 2) : "–",
    ];
}

static (string Name, SequentialPlan Plan)[] Plans()
{
    // Shares of the information of the whole trial that the looks stand for: a choice of the planner's, not a measurement.
    ValueList<double> fractions = [0.4, 0.8, 1];
    SequentialPlan Looks(BoundaryShape shape, FutilityRule? futility = null) => new()
    {
        Boundaries = new GroupSequentialDesign { InformationFractions = fractions, Efficacy = shape, Futility = futility },
        Looks =
        [
            new SequentialLook { Timing = new CalendarTiming { Weeks = 80 }, Analysis = "week 28" },
            new SequentialLook { Timing = new FirstPeriodTiming(), Analysis = "week 28" },
        ],
        Analysis = "week 52",
    };
    return
    [
        ("no looks", new SequentialPlan
        {
            Boundaries = new GroupSequentialDesign { InformationFractions = [1], Efficacy = new ObrienFleming() },
            Analysis = "week 52",
        }),
        ("O'Brien-Fleming", Looks(new ObrienFleming())),
        ("Pocock", Looks(new Pocock())),
        ("O'Brien-Fleming with futility", Looks(new ObrienFleming(), new FixedFutility { Z = [0.3, 0.6] })),
    ];
}
