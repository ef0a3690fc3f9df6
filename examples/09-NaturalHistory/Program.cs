// From a CSV to power: natural history fitted to scores of untreated participants, a trial made of it, and how far the fit's own error reaches.

using System.CommandLine;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Examples;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

var data = new Option<string>("--data")
{
    Description = "CSV with the columns subject, variant, days and alsfrs_r, one row a score; default: the simulated file of this example.",
    DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "natural-history.csv"),
};
Option<int> replicates = ExampleCommand.Replicates(2_000, "Number of simulated trials a row.");
Option<ulong> seed = ExampleCommand.Seed();
Option<string> folder = ExampleCommand.Folder("own-natural-history", "Folder for the scenario.");
var root = new RootCommand("Fits natural history to a CSV and simulates a trial with it.") { data, replicates, seed, folder };
root.SetAction(parsed => Run(
    parsed.GetRequiredValue(data),
    new RunOptions { Replicates = parsed.GetValue(replicates), Seed = parsed.GetValue(seed), CollectCourses = false },
    parsed.GetRequiredValue(folder)));
return ExampleCommand.Run(root, args);

static int Run(string file, RunOptions options, string folder)
{
    // Columns that have the names of ADaM or PRO-ACT are found without being named.
    var reader = new NaturalHistoryReader
    {
        Participant = "subject",
        Time = "days",
        Unit = TimeUnit.Days,
        Score = "alsfrs_r",
        Stratum = "variant",
    };
    NaturalHistoryReading reading = reader.Read(TableReader.ReadFile(file));
    NaturalHistoryFit fit = new NaturalHistoryFitter().Fit(reading.Data);
    Console.WriteLine(FormattableString.Invariant($"""
        Natural history from {Path.GetFileName(file)}: {reading.Data.Observations} scores of {reading.Data.Participants} participants without treatment
        Simulated data: no evidence about a medicine. ± is one Monte Carlo standard error.

        """));
    Console.WriteLine(Parameters(fit));
    foreach (DropoutFit dropout in fit.Dropout)
    {
        Console.WriteLine(FormattableString.Invariant(
            $"Left before month {fit.PlannedLastMonth:0}: {dropout.Events}; hazard {dropout.PerWeek.Value:0.0000} a week, SE {dropout.PerWeek.StandardError:0.0000}.\n"));
    }

    if (fit.Strata.FirstOrDefault(s => s.Problem is not null) is { } stratum)
    {
        Console.Error.WriteLine($"Stratum '{stratum.Name}': {stratum.Problem}.");
        return 2;
    }

    Scenario scenario = Trial(fit);
    Console.WriteLine(FormattableString.Invariant(
        $"A trial in such participants: {scenario.Design.Participants}, 1:1, a year, treatment slows the decline by 40 %. {options.Replicates} simulated trials a row, seed {options.Seed}.\n"));
    var table = new TextTable(["natural history", .. scenario.Analyses.Select(a => a.Name)]);
    foreach ((string name, double errors) in ((string, double)[])[("rates one SE slower", -1), ("as fitted", 0), ("rates one SE faster", 1)])
    {
        PowerResult result = PowerAnalysis.Run(scenario with { Population = Shifted(fit, errors) }, options: options);
        table.Row([name, .. result.Analyses.Select(a => TextTable.WithError(a.Power, a.MonteCarloError, 3))]);
    }

    Console.WriteLine(table);
    Console.WriteLine("""
        Reading it. The middle row takes the fit for the truth. It is an estimate: in the rows beside it every mean rate is one standard error lower or
        higher. Where those rows differ by more than the Monte Carlo error, more simulation does not help; more data on natural history would.
        """);
    OutputFolder.Write(folder, path => File.WriteAllText(Path.Combine(path, "scenario.json"), ScenarioJson.Write(scenario)));
    Console.WriteLine($"\nThe scenario is in {folder}, for every command of tofersen-sim: tofersen-sim size {folder}/scenario.json --analysis slopes");
    return 0;
}

static TextTable Parameters(NaturalHistoryFit fit)
{
    var table = new TextTable(["parameter", .. fit.Strata.Select(s => $"{s.Name} ({s.Participants})")]);
    void Row(string name, Func<StratumFit, NaturalHistoryEstimate> of, int decimals) => table.Row(
    [
        name,
        .. fit.Strata.Select(of).Select(e => $"{TextTable.Number(e.Value, decimals)} (SE {TextTable.Number(e.StandardError, decimals)})"),
    ]);
    Row("baseline, mean (points)", s => s.BaselineMean, 1);
    Row("baseline, SD", s => s.BaselineSd, 1);
    Row("rate of decline, mean (points/month)", s => s.RateMean, 2);
    Row("rate of decline, SD", s => s.RateSd, 2);
    Row("correlation of baseline and log rate", s => s.Correlation, 2);
    Row("SD around a participant's line", s => s.ResidualSd, 2);
    return table;
}

// The file does not say why people left, so that the fitted dropout is plain withdrawal and nobody dies here: the joint rank ranks scores alone.
static Scenario Trial(NaturalHistoryFit fit) => new()
{
    Name = "own natural history",
    Population = fit.ToPopulation(),
    Trajectory = new AttenuatedDecline(),
    Effect = new SlopeReduction { MaxReduction = 0.4 },
    Design = new ParallelGroup { Participants = 160, VisitWeeks = [0, 8, 16, 24, 32, 40, 52] },
    Observation = fit.ToObservation(),
    Analyses =
    [
        new RandomSlopeModel { Name = "slopes", ThroughWeek = 52, Covariates = [Covariates.Stratum] },
        new JointRank { Name = "joint rank", Week = 52, Covariates = [Covariates.Baseline, Covariates.Stratum] },
    ],
};

// The rates of a stratum are log-normal; a factor on the mean is one on the SD as well.
static PopulationModel Shifted(NaturalHistoryFit fit, double standardErrors)
{
    PopulationModel population = fit.ToPopulation();
    return population with
    {
        Strata =
        [
            .. population.Strata.Zip(fit.Strata, (stratum, estimate) =>
            {
                double factor = 1 + (standardErrors * estimate.RateMean.StandardError / estimate.RateMean.Value);
                var rate = (LogNormalRate)stratum.DeclineRate;
                return stratum with { DeclineRate = new LogNormalRate { Mean = factor * rate.Mean, Sd = factor * rate.Sd } };
            }),
        ],
    };
}
