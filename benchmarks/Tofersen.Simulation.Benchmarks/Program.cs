using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Tofersen.Simulation.Benchmarks;
using Tofersen.Simulation.Benchmarks.Commands;
using Tofersen.Simulation.Benchmarks.Results;

if (args is ["budgets", ..])
{
    return ResultsCommand.Run(args.AsSpan(1));
}

if (args is ["check", ..])
{
    return CheckCommand.Run(args.AsSpan(1));
}

if (MeasuringCommands.TryRun(args) is { } exitCode)
{
    return exitCode;
}

bool isShort = args.Contains("--short");
IEnumerable<Summary> summaries = BenchmarkSwitcher.FromAssembly(typeof(BenchmarkJobs).Assembly)
    .Run([.. args.Where(a => a != "--short")], isShort ? BenchmarkJobs.Short : BenchmarkJobs.Full);
return summaries.All(s => !s.HasCriticalValidationErrors && s.Reports.All(r => r.Success)) ? 0 : 1;
