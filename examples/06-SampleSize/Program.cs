// How large a trial like VALOR must be: the smallest number of participants for each analysis, beside a formula, as the effect gets smaller.

using System.CommandLine;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Examples;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Reporting.Figures;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

Option<double> power = ExampleCommand.Number("--power", "Power to be reached.", 0.8, 0.1, 0.99);
Option<double> precision = ExampleCommand.Number("--precision", "Half-width of the 95 % intervals, relative.", 0.2, 0.005, 0.5);
Option<ulong> seed = ExampleCommand.Seed();
Option<string> folder = ExampleCommand.Folder("sample-size-results", "Folder for the JSON files.");
var root = new RootCommand("How many participants each analysis of VALOR needs, by the size of the effect.") { power, precision, seed, folder };
root.SetAction(parsed => Run(
    new SampleSizeQuery { Power = parsed.GetValue(power), Precision = parsed.GetValue(precision), Seed = parsed.GetValue(seed) },
    parsed.GetRequiredValue(folder)));
return ExampleCommand.Run(root, args);

static void Run(SampleSizeQuery query, string folder)
{
    Scenario preset = Valor.Preset.Scenario;
    string[] analyses = ["ancova-28", "joint-rank-28", "slopes-28"];
    double[] reductions = [0.8, 0.6, 0.4];
    Console.WriteLine(FormattableString.Invariant($"""
        How many participants a trial like VALOR needs for a power of {query.Power}: seed {query.Seed}, intervals of ±{100 * query.Precision:0.#} %
        Simulated data: no evidence about a medicine. ± is one Monte Carlo standard error.

        VALOR had 108. Treatment slows the decline by up to 80, 60 or 40 % of its rate.

        """));
    Scenario Of(double reduction) => preset with { Effect = (SlopeReduction)preset.Effect with { MaxReduction = reduction } };
    var small = new RunOptions { Replicates = 4_000, Seed = query.Seed, CollectCourses = false, TrueValues = false };
    PowerResult[] valorsSize = [.. reductions.Select(reduction => PowerAnalysis.Run(Of(reduction), options: small))];
    var table = new TextTable("analysis", "reduction", "participants", "95 % interval", "power there", "formula", "simulated trials");
    var results = new List<(string Name, SampleSizeResult Result)>();
    long trials = 0;
    foreach (string analysis in analyses)
    {
        for (int r = 0; r < reductions.Length; r++)
        {
            double reduction = reductions[r];
            SampleSizeResult result = SampleSize.Find(Of(reduction), query with { Analysis = analysis });
            trials += result.Replicates;
            results.Add((FormattableString.Invariant($"{analysis}-{100 * reduction:0}"), result));
            table.Row(
                analysis,
                FormattableString.Invariant($"{100 * reduction:0} %"),
                result.Participants is { } participants ? FormattableString.Invariant($"{participants}") : result.Status.ToString(),
                $"{TextTable.Number(result.Lower, 0)} to {TextTable.Number(result.Upper, 0)}",
                TextTable.WithError(result.Power.Value, result.Power.MonteCarloError, 3),
                Formula(valorsSize[r].Analyses.Single(a => a.Name == analysis), query.Power, preset.Design.Participants),
                FormattableString.Invariant($"{result.Replicates}"));
        }
    }

    Console.WriteLine(table);
    Console.WriteLine(FormattableString.Invariant($"""
        {trials} simulated trials in all.

        Reading it. The formula is 108 ((z(1 − α/2) s + z(power) SE) / Δ)², with the mean estimate Δ, its standard error SE and the error s that the
        test works with, from {small.Replicates} trials of 108: right for a normal estimate whose error falls with 1/√n, and no better than Δ is known.
        The search looks at power itself, and tells how far off it may be.
        Half of the reduction takes four to five times as many participants. Where an analysis fails, or has the wrong null hypothesis, power
        stops short of the target, and the search says so.
        """));
    OutputFolder.Write(folder, path =>
    {
        foreach ((string name, SampleSizeResult result) in results)
        {
            File.WriteAllText(Path.Combine(path, name + ".json"), SizeReport.ToJson(result));
            FigureFiles.Write(PowerFigures.Search(result), Path.Combine(path, name + ".svg"));
        }
    });
    Console.WriteLine($"\nEvery size that was tried is in {folder}, as JSON and as a figure.");
}

// The normal formula, with what trials of VALOR's size say about the estimate and its error; ± is its Monte Carlo error.
static string Formula(OperatingCharacteristics a, double power, int participants)
{
    double errors = (Quantile(1 - (a.Alpha / 2)) * a.ModelStandardError) + (Quantile(power) * a.EmpiricalStandardError);
    double size = participants * Math.Pow(errors / a.MeanEstimate, 2);
    double ratio = a.EmpiricalStandardError / a.MeanEstimate;
    return TextTable.WithError(size, 2 * size * Math.Sqrt(((ratio * ratio) + 0.5) / a.Analysed), 0);
}

static double Quantile(double probability) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, probability);
