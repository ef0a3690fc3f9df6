using BenchmarkDotNet.Running;
using Tofersen.Simulation.Benchmarks.Commands;

if (MeasuringCommands.TryRun(args) is { } exitCode)
{
    return exitCode;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
