// The main job: VALOR and its open-label extension, simulated and analysed end to end.

using System.CommandLine;
using System.Diagnostics;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Examples;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Reporting.Figures;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

Option<int> replicates = ExampleCommand.Replicates(10_000);
Option<ulong> seed = ExampleCommand.Seed();
Option<string> folder = ExampleCommand.Folder("valor-results");
var root = new RootCommand("Simulates VALOR and its open-label extension.") { replicates, seed, folder };
root.SetAction(parsed => Run(
    new RunOptions { Replicates = parsed.GetValue(replicates), Seed = parsed.GetValue(seed) }, parsed.GetRequiredValue(folder)));
return ExampleCommand.Run(root, args);

static void Run(RunOptions options, string folder)
{
    var clock = Stopwatch.StartNew();
    Preset preset = ValorOpenLabelExtension.ToWeek52;
    Scenario scenario = preset.Scenario;
    var design = (DelayedStart)scenario.Design;
    Console.WriteLine(FormattableString.Invariant($"""
        VALOR and its open-label extension: {options.Replicates} simulated trials, seed {options.Seed}
        Simulated data: no evidence about a medicine. ± is one Monte Carlo standard error.

        Design: {design.Participants} participants, {design.Allocation} early to delayed start, stratified ({string.Join(", ", scenario.Population.StratumNames)})
          weeks 0 to {design.SwitchWeeks}: early start on tofersen, delayed start on placebo
          weeks {design.SwitchWeeks} to {design.EndWeeks}: everybody who stays on open-label tofersen
          visits in weeks {string.Join(", ", design.VisitWeeks)}

        """));

    Console.WriteLine("Published beside simulated\n");
    Console.WriteLine(CheckTable.Make(preset.Check(options: options)));

    PowerResult result = PowerAnalysis.Run(scenario, options: options);

    // The same participants, never treated: common random numbers, so the difference is the effect and not chance.
    PowerResult untreated = PowerAnalysis.Run(scenario with { Effect = new NoEffect() }, analyses: [], options);

    Console.WriteLine("Mean change of the ALSFRS-R from baseline (points), of everybody, whatever ended follow-up\n");
    Console.WriteLine(Courses(result.Courses!, untreated.Courses!));
    Console.WriteLine("Power: share of trials in which the two-sided 5 % test rejects\n");
    Console.WriteLine(Power(result));

    OutputFolder.Write(folder, path =>
    {
        PowerReport.Write(result, path);
        FigureFiles.Write(ResultFigures.Of(result), path);
        TrialDataSets.Write(new TrialSimulator(scenario).Simulate(options.Seed, replicate: 0), scenario.Name, path);
    });
    Console.WriteLine(FormattableString.Invariant(
        $"Results and the data of the first simulated trial are in {folder}. {clock.Elapsed.TotalSeconds:F1} s."));
}

static TextTable Courses(CourseSummary treated, CourseSummary untreated)
{
    var table = new TextTable("week", "never treated", "delayed start", "early start", "early − delayed");
    foreach (double week in treated.Layout.VisitWeeks)
    {
        SampleSummary never = untreated.LatentChange(TrialDesign.ActiveArm, week);
        SampleSummary delayed = treated.LatentChange(TrialDesign.ControlArm, week);
        SampleSummary early = treated.LatentChange(TrialDesign.ActiveArm, week);
        table.Row(
            FormattableString.Invariant($"{week}"),
            TextTable.WithError(never.Mean, never.MonteCarloError, 2),
            TextTable.WithError(delayed.Mean, delayed.MonteCarloError, 2),
            TextTable.WithError(early.Mean, early.MonteCarloError, 2),
            TextTable.WithError(early.Mean - delayed.Mean, double.Hypot(early.MonteCarloError, delayed.MonteCarloError), 2));
    }

    return table;
}

static TextTable Power(PowerResult result)
{
    var table = new TextTable("analysis", "power", "mean estimate", "true value", "coverage", "failed");
    foreach (OperatingCharacteristics a in result.Analyses)
    {
        table.Row(
            a.Name,
            TextTable.WithError(a.Power, a.MonteCarloError, 4),
            TextTable.WithError(a.MeanEstimate, a.MeanEstimateMonteCarloError, 3),
            TextTable.WithError(a.TrueValue.Value, a.TrueValue.MonteCarloError, 3),
            TextTable.Number(a.Coverage, 3),
            FormattableString.Invariant($"{a.Failed} of {a.Planned}"));
    }

    return table;
}
