using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Tool;

/// <summary>Shows on standard error how work goes on that takes longer than a moment; silent where standard error is not a terminal, or where
/// nothing is wanted.</summary>
/// <remarks>A terminal that cannot move its cursor (TERM=dumb) gets a plain line now and then. With NO_COLOR there are no colours; what they
/// mark is also told by words and lengths.</remarks>
/// <param name="error">Standard error.</param>
/// <param name="isWanted">Whether anything is to be shown.</param>
internal sealed class ProgressBar(TextWriter error, bool isWanted)
{
    private const int BarWidth = 24;
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <summary>Shows a run.</summary>
    internal T Show<T>(Func<IProgress<RunProgress>?, T> work) =>
        Show<RunProgress, T>("Simulating", (text, value, now) => text.Hear(value, now), work);

    /// <summary>Shows a calibration, whose end nobody knows.</summary>
    internal T ShowCalibration<T>(Func<IProgress<CalibrationProgress>?, T> work) =>
        Show<CalibrationProgress, T>("Calibrating", (text, value, now) => text.Hear(value, now), work);

    private T Show<TReport, T>(string title, Action<ProgressText, TReport, TimeSpan> hear, Func<IProgress<TReport>?, T> work)
    {
        if (!isWanted || Console.IsErrorRedirected || !ReferenceEquals(error, Console.Error))
        {
            return work(null);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(error),
            ColorSystem = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        return console.Profile.Capabilities is { Ansi: true, Interactive: true }
            ? Draw(console, title, hear, work)
            : work(new Lines<TReport>(error, hear));
    }

    private static T Draw<TReport, T>(
        IAnsiConsole console, string title, Action<ProgressText, TReport, TimeSpan> hear, Func<IProgress<TReport>?, T> work)
    {
        var text = new Shared();
        var clock = Stopwatch.StartNew();
        return console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn { Width = BarWidth },
                new TextColumn(task => task.IsIndeterminate ? "" : FormattableString.Invariant($"{Math.Floor(task.Percentage):0} %")),
                new TextColumn(_ => text.Use(t => t.Rate)),
                new TextColumn(_ => text.Use(t => t.Left)))
            .UseRenderHook((bar, _) => new Rows([bar, .. text.Use(t => t.Lines).Select(line => new Text("  " + line).Ellipsis())]))
            .Start(context =>
            {
                ProgressTask task = context.AddTask(title);
                task.IsIndeterminate = true;
                return work(new Reporter<TReport>(value => text.Use(t =>
                {
                    hear(t, value, clock.Elapsed);
                    task.IsIndeterminate = !double.IsFinite(t.Share);
                    task.Value = task.IsIndeterminate ? 0 : 100 * t.Share;
                    return task;
                })));
            });
    }

    /// <summary>The text, which the threads of the run write and the display reads from one of its own.</summary>
    private sealed class Shared
    {
        private readonly Lock _lock = new();
        private readonly ProgressText _text = new();

        internal T Use<T>(Func<ProgressText, T> use)
        {
            lock (_lock)
            {
                return use(_text);
            }
        }
    }

    /// <summary>Passes reports on.</summary>
    private sealed class Reporter<TReport>(Action<TReport> hear) : IProgress<TReport>
    {
        public void Report(TReport value) => hear(value);
    }

    /// <summary>Writes a line now and then.</summary>
    private sealed class Lines<TReport>(TextWriter error, Action<ProgressText, TReport, TimeSpan> hear) : IProgress<TReport>
    {
        private readonly Lock _lock = new();
        private readonly ProgressText _text = new();
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private TimeSpan _next = BetweenLines;

        public void Report(TReport value)
        {
            lock (_lock)
            {
                hear(_text, value, _clock.Elapsed);
                if (_clock.Elapsed >= _next)
                {
                    error.WriteLine($"tofersen-sim: {_text.OneLine}");
                    _next = _clock.Elapsed + BetweenLines;
                }
            }
        }
    }

    /// <summary>A column of plain text.</summary>
    private sealed class TextColumn(Func<ProgressTask, string> text) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(text(task));
    }
}
