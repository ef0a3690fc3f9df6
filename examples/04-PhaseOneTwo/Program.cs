// What ten participants a dose can tell: the ascending-dose trial of tofersen, simulated many times with one true dose response.

using System.CommandLine;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Examples;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;

Option<int> replicates = ExampleCommand.Replicates(5_000, fewest: 2);
Option<ulong> seed = ExampleCommand.Seed();
Option<string> folder = ExampleCommand.Folder("phase-1-2-results");
var root = new RootCommand("SOD1 by dose in the phase 1-2 trial of tofersen, and what chance does to it.") { replicates, seed, folder };
root.SetAction(parsed => Run(
    new RunOptions { Replicates = parsed.GetValue(replicates), Seed = parsed.GetValue(seed), CollectCourses = true, CollectEndpoints = true },
    parsed.GetRequiredValue(folder)));
return ExampleCommand.Run(root, args);

static void Run(RunOptions options, string folder)
{
    Preset preset = PhaseOneTwo.Preset;
    Scenario scenario = preset.Scenario;
    PowerResult result = PowerAnalysis.Run(scenario, options: options);
    Console.WriteLine(FormattableString.Invariant($"""
        The phase 1-2 trial of tofersen: {options.Replicates} simulated trials of {scenario.Design.Participants} participants, seed {options.Seed}
        Simulated data: no evidence about a medicine. ± is one Monte Carlo standard error.

        SOD1 on day 85 over placebo. The published ratios and intervals are of one trial; the simulated interval is where the estimates of
        nine in ten simulated trials lie.

        """));
    double[][] ratios = Estimates(scenario, options);
    (string Dose, string Published)[] published = [("20 mg", "1.02 (0.82 to 1.27)"), ("40 mg", "0.75 (0.60 to 0.95)"), ("60 mg", "0.81 (0.65 to 1.02)"), ("100 mg", "0.67 (0.53 to 0.84)")];
    var table = new TextTable("dose", "published (95 % interval)", "true ratio", "nine in ten trials", "power");
    for (int d = 0; d < published.Length; d++)
    {
        OperatingCharacteristics a = result.Analyses[d];
        double[] sorted = [.. ratios[d].Where(double.IsFinite).Order()];
        table.Row(
            published[d].Dose,
            published[d].Published,
            TextTable.Number(Math.Exp(a.TrueValue.Value), 2),
            $"{TextTable.Number(sorted[(int)(0.05 * sorted.Length)], 2)} to {TextTable.Number(sorted[(int)(0.95 * (sorted.Length - 1))], 2)}",
            TextTable.WithError(a.Power, a.MonteCarloError, 3));
    }

    Console.WriteLine(table);
    Console.WriteLine("How often chance does what the trial saw, although every dose truly does more than the one below\n");
    var chance = new TextTable("in a simulated trial", "share");
    chance.Row("60 mg looks weaker than 40 mg, as published", Share(ratios, r => r[2] > r[1]));
    chance.Row("20 mg looks no better than placebo, as published", Share(ratios, r => r[0] >= 1));
    chance.Row("the four doses are in their true order", Share(ratios, r => r[0] > r[1] && r[1] > r[2] && r[2] > r[3]));
    chance.Row("100 mg looks best", Share(ratios, r => r[3] < Math.Min(r[0], Math.Min(r[1], r[2]))));
    Console.WriteLine(chance);
    Console.WriteLine("""
        Reading it. A dose response that is not monotone is what twelve participants a cohort give more often than not: it is no sign that a
        higher dose does less. SOD1 tells the highest dose from placebo within twelve weeks; the ALSFRS-R cannot.
        """);
    OutputFolder.Write(folder, path => PowerReport.Write(result, path));
    Console.WriteLine($"\nPower, courses and events are in {folder}.");
}

// Ratios of SOD1 on day 85 over placebo by dose and trial, as the analyses of the preset estimate them.
static double[][] Estimates(Scenario scenario, RunOptions options)
{
    var simulator = new TrialSimulator(scenario);
    IAnalysisWorker[] workers = [.. scenario.Analyses.OfType<EndpointAnalysis>().Select(a => a.CreateWorker(scenario.Layout))];
    double[][] ratios = [.. workers.Select(_ => new double[options.Replicates])];
    for (int r = 0; r < options.Replicates; r++)
    {
        TrialData data = simulator.Simulate(options.Seed, r);
        for (int d = 0; d < workers.Length; d++)
        {
            AnalysisResult estimate = workers[d].Run(data);
            ratios[d][r] = estimate.IsUsable ? Math.Exp(estimate.Estimate) : double.NaN;
        }
    }

    return ratios;
}

static string Share(double[][] ratios, Func<double[], bool> happens)
{
    int trials = ratios[0].Length;
    int count = Enumerable.Range(0, trials).Count(r => happens([.. ratios.Select(dose => dose[r])]));
    double share = count / (double)trials;
    return TextTable.WithError(share, Math.Sqrt(share * (1 - share) / trials), 3);
}
