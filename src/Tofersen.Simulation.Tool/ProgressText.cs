using System.Globalization;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;

namespace Tofersen.Simulation.Tool;

/// <summary>What there is to say while work goes on: how far it is, how fast, how long it will take, and the powers so far.</summary>
internal sealed class ProgressText
{
    /// <summary>Analyses that have a line each; of more than these the last line says how many there are.</summary>
    internal const int MostLines = 6;

    // Rate and time left follow the last moments, since the parts of a run differ in speed.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.2);

    private readonly Queue<(TimeSpan At, double Trials)> _heard = new();
    private double _trials;
    private double _planned;

    /// <summary>Share of the work that is done; NaN where nobody knows.</summary>
    internal double Share => _trials / _planned;

    /// <summary>Replicates per second, such as <c>1,234 trials/s</c>; empty before two reports.</summary>
    internal string Rate => PerSecond is not { } rate ? "" : rate >= 10
        ? string.Create(CultureInfo.InvariantCulture, $"{rate:#,0} trials/s")
        : string.Create(CultureInfo.InvariantCulture, $"{rate:0.0} trials/s");

    /// <summary>Time left, such as <c>2 min left</c>; empty where it is not known.</summary>
    internal string Left => PerSecond is { } rate && double.IsFinite(_planned) ? Duration((_planned - _trials) / rate) + " left" : "";

    /// <summary>What is under way, and the power of each analysis so far.</summary>
    internal IReadOnlyList<string> Lines { get; private set; } = [];

    /// <summary>All in one line, for a terminal that cannot draw.</summary>
    internal string OneLine => string.Join(", ", ((string[])[
        double.IsFinite(Share) ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(100 * Share):0} %") : "", Rate, Left, .. Lines]).Where(part => part.Length > 0));

    private double? PerSecond
    {
        get
        {
            if (_heard.Count < 2)
            {
                return null;
            }

            (TimeSpan from, double before) = _heard.Peek();
            (TimeSpan to, double now) = _heard.Last();
            double rate = (now - before) / (to - from).TotalSeconds;
            return to - from >= Shortest && rate > 0 ? rate : null;
        }
    }

    /// <summary>Takes in a report of a run.</summary>
    /// <param name="progress">The report.</param>
    /// <param name="now">When it came, on any clock.</param>
    internal void Hear(RunProgress progress, TimeSpan now)
    {
        Note(progress.Completed, progress.Planned, now);
        int shown = progress.Analyses.Count <= MostLines ? progress.Analyses.Count : MostLines - 1;
        int width = progress.Analyses.Take(shown).Select(a => a.Analysis.Length).DefaultIfEmpty().Max();
        Lines =
        [
            .. progress.Part is { } part ? (string[])[part] : [],
            .. progress.Analyses.Take(shown).Select(a => $"{a.Analysis.PadRight(width)}  {TextTable.WithError(a.Power, a.MonteCarloError, 3)}"),
            .. progress.Analyses.Count > shown
                ? (string[])[string.Create(CultureInfo.InvariantCulture, $"and {progress.Analyses.Count - shown} more")] : [],
        ];
    }

    /// <summary>Takes in a report of a calibration.</summary>
    /// <param name="progress">The report.</param>
    /// <param name="now">When it came, on any clock.</param>
    internal void Hear(CalibrationProgress progress, TimeSpan now)
    {
        Note((double)progress.Evaluations * progress.Replicates, double.NaN, now);
        Lines = [string.Create(CultureInfo.InvariantCulture, $"evaluation {progress.Evaluations}, lowest misfit {progress.LowestMisfit:0.000}")];
    }

    private void Note(double trials, double planned, TimeSpan now)
    {
        (_trials, _planned) = (trials, planned);
        _heard.Enqueue((now, trials));
        while (_heard.Count > 2 && now - _heard.Peek().At > Window)
        {
            _heard.Dequeue();
        }
    }

    private static string Duration(double seconds)
    {
        if (seconds < 60)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(seconds):0} s");
        }

        double minutes = Math.Ceiling(seconds / 60);
        return minutes < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{minutes:0} min")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(minutes / 60):#,0} h {minutes % 60:0} min");
    }
}
