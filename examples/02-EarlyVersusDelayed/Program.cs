// What early against delayed start can show: four worlds that look alike at week 28, and how often each analysis is fooled.

using System.CommandLine;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Examples;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

Option<int> replicates = ExampleCommand.Replicates(1_000, "Number of simulated trials a world.");
Option<int> participants = ExampleCommand.WholeNumber("--participants", "Randomised participants.", 300, 20, 100_000);
Option<ulong> seed = ExampleCommand.Seed();
Option<string> folder = ExampleCommand.Folder("worlds-results");
var root = new RootCommand("Early against delayed start in worlds where treatment relieves, slows, or fades.") { replicates, participants, seed, folder };
root.SetAction(parsed => Run(
    parsed.GetValue(participants),
    new RunOptions { Replicates = parsed.GetValue(replicates), Seed = parsed.GetValue(seed) },
    parsed.GetRequiredValue(folder)));
return ExampleCommand.Run(root, args);

static void Run(int participants, RunOptions options, string folder)
{
    const double end = 76;
    Scenario preset = ValorOpenLabelExtension.ToWeek148.Scenario;
    Scenario scenario = preset with
    {
        Design = preset.Design with
        {
            Participants = participants,
            VisitWeeks = [.. preset.Design.VisitWeeks.Where(week => week <= end)],
        },
        Endpoints = [],
        Analyses = Analyses(end),
    };
    (string Name, string Text, ITreatmentEffect Effect)[] worlds =
    [
        ("none", "treatment does nothing", new NoEffect()),
        ("symptomatic", "2 points while on drug, gone without it", new SymptomaticOffset { Points = 2, HalfTimeWeeks = 4, WashoutHalfTimeWeeks = 4 }),
        ("modifying", "the preset's effect: the rate falls by up to 80 %", preset.Effect),
        ("fading", "the same, lost again with time on drug", Fading((SlopeReduction)preset.Effect)),
    ];

    Console.WriteLine(FormattableString.Invariant($"""
        Early against delayed start: {options.Replicates} simulated trials of {participants} participants in each world, seed {options.Seed}
        Simulated data: no evidence about a medicine. ± is one Monte Carlo standard error.

        Everybody is treated from week 28 on. Worlds:
        """));
    foreach ((string name, string text, _) in worlds)
    {
        Console.WriteLine($"  {name,-12} {text}");
    }

    PowerResult[] results = [.. worlds.Select(w => PowerAnalysis.Run(scenario with { Name = w.Name, Effect = w.Effect }, options: options))];
    Console.WriteLine("\nWhat is true (points, early − delayed start)\n");
    Console.WriteLine(Table(worlds.Select(w => w.Name), results, a => double.IsNaN(a.TrueValue.Value) ? "–" : TextTable.Number(a.TrueValue.Value, 2)));
    Console.WriteLine("How often each analysis finds a difference at the two-sided 5 % level\n");
    Console.WriteLine(Table(worlds.Select(w => w.Name), results, a => TextTable.WithError(a.Power, a.MonteCarloError, 3)));
    Console.WriteLine("""
        Reading it. A difference at week 28 says that treatment helps, not how. One at week 76 is what a change of the disease leaves behind, but in a
        small trial it is as often missed as found. The retention test alone asks whether more than half of the first difference is kept: where
        there was no difference to keep it rejects at its level, and where relief wears off in those who began later it hardly ever does.
        The sequence asks for both, and is the one that is seldom fooled in any world; the price is power.
        """);
    OutputFolder.Write(folder, path =>
    {
        foreach (PowerResult result in results)
        {
            string world = Path.Combine(path, result.Scenario.Name);
            Directory.CreateDirectory(world);
            PowerReport.Write(result, world);
        }
    });
    Console.WriteLine($"\nResults of each world are in {folder}.");
}

static SlopeReduction Fading(SlopeReduction effect) => effect with { Fading = new EffectFading { AfterWeeks = 16, HalfTimeWeeks = 8 } };

static ValueList<IAnalysis> Analyses(double end)
{
    ValueList<string> covariates = [Covariates.Baseline + "*visit", Covariates.Stratum + "*visit"];
    DelayedStartAnalysis DelayedStart(string name, DelayedStartHypothesis hypothesis) => new()
    {
        Name = name,
        FirstWeek = 28,
        SecondWeek = end,
        Covariates = covariates,
        Hypothesis = hypothesis,
    };
    return
    [
        DelayedStart("difference at week 28", DelayedStartHypothesis.FirstDifference),
        DelayedStart("difference at week 76", DelayedStartHypothesis.SecondDifference),
        DelayedStart("retention alone", DelayedStartHypothesis.Retention),
        DelayedStart("both in sequence", DelayedStartHypothesis.Sequence),
        new RandomSlopeModel { Name = "random slopes", ThroughWeek = end, Covariates = [Covariates.Stratum] },
    ];
}

static TextTable Table(IEnumerable<string> worlds, PowerResult[] results, Func<OperatingCharacteristics, string> cell)
{
    var table = new TextTable(["analysis", .. worlds]);
    for (int a = 0; a < results[0].Analyses.Count; a++)
    {
        table.Row([results[0].Analyses[a].Name, .. results.Select(r => cell(r.Analyses[a]))]);
    }

    return table;
}
