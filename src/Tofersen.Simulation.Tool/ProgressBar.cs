using Spectre.Console;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Tool;

/// <summary>A progress bar on standard error for work that takes longer than a moment; silent where standard error is not a
/// terminal.</summary>
internal static class ProgressBar
{
    internal static T Show<T>(TextWriter error, Func<IProgress<RunProgress>?, T> work)
    {
        if (Console.IsErrorRedirected || !ReferenceEquals(error, Console.Error))
        {
            return work(null);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask("Simulating");
                return work(new Reporter(task));
            });
    }

    /// <summary>Passes the run's progress on to the bar; reports may come from any thread.</summary>
    private sealed class Reporter(ProgressTask task) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            task.MaxValue = value.Planned;
            task.Value = value.Completed;
        }
    }
}
