using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Runs the cells of a sweep one after another, the reference first.</summary>
/// <remarks>Of the runs that are done only their rejections are kept, one bit an analysis and replicate: those of the reference, and, where one thing
/// is changed at a time, those of the present axis.</remarks>
internal sealed class SweepRunner(
    SweepCells cells, Sweep sweep, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellation)
{
    private readonly SweepCell?[] _done = new SweepCell?[cells.Scenarios.Length];
    private readonly PartsProgress _parts = new(progress, 1 + Enumerable.Range(0, cells.Scenarios.Length)
        .Count(c => c != cells.Reference && !cells.Scenarios[c].Equals(cells.Scenarios[cells.Reference])));

    private CellRun? _reference;

    internal SweepResult Run()
    {
        _reference = RunCell(cells.Reference);
        bool oneAtATime = sweep.Layout == SweepLayout.OneAtATime;
        var bars = new List<TornadoBar>();
        int cell = oneAtATime ? 1 : 0;
        foreach (int count in oneAtATime ? sweep.Axes.Select(a => a.Values.Count) : [cells.Scenarios.Length])
        {
            // Of a grid no two cells but the reference are compared, and no logs need be kept.
            var kept = new List<CellRun> { _reference };
            for (int end = cell + count; cell < end; cell++)
            {
                CellRun run = cell == cells.Reference ? _reference : RunCell(cell);
                if (oneAtATime)
                {
                    kept.Add(run);
                }
            }

            if (oneAtATime)
            {
                bars.AddRange(Bars(kept));
            }
        }

        return new SweepResult
        {
            Scenario = cells.Unchanged,
            Sweep = sweep,
            Seed = options.Seed,
            ReferencePosition = cells.Reference,
            PresentValues = [.. sweep.Axes.Select(cells.Present)],
            Cells = [.. _done.Select(c => c!)],
            Bars = [.. bars],
        };
    }

    private CellRun RunCell(int cell)
    {
        // A cell that says what the reference says gives what it gave.
        CellRun run = _reference is { } reference && cells.Scenarios[cell].Equals(reference.Result.Scenario)
            ? reference with { Cell = cell }
            : Simulate(cell);
        CellRun against = _reference ?? run;
        _done[cell] = new SweepCell
        {
            Settings = cells.Settings[cell],
            IsReference = cell == cells.Reference,
            Result = run.Result,
            Differences =
            [
                .. from analysis in run.Result.Analyses
                   where against.Position(analysis.Name) >= 0
                   select new PowerDifference(analysis.Name, run.Compare(against, analysis.Name)),
            ],
        };
        return run;
    }

    private CellRun Simulate(int cell)
    {
        Scenarios.Scenario scenario = cells.Scenarios[cell];
        var log = new RejectionLog(scenario.Analyses.Count, options.Replicates);
        IProgress<RunProgress>? part = _parts.Next(cells.Settings[cell].Count == 0 ? "the scenario as it is" : SweepCell.Describe(cells.Settings[cell]));
        return new CellRun(cell, PowerAnalysis.RunComplete(scenario, options, part, log, cancellation), log);
    }

    // Lowest and highest power among the values of an axis and the scenario as it is.
    private IEnumerable<TornadoBar> Bars(List<CellRun> runs)
    {
        string axis = cells.Settings[runs[1].Cell][0].Axis;
        foreach (OperatingCharacteristics analysis in runs[0].Result.Analyses)
        {
            CellRun[] having = [.. runs.Where(r => r.Position(analysis.Name) >= 0)];
            CellRun low = having.MinBy(r => r.Power(analysis.Name))!;
            CellRun high = having.MaxBy(r => r.Power(analysis.Name))!;
            yield return new TornadoBar
            {
                Axis = axis,
                Analysis = analysis.Name,
                Low = End(low, axis, analysis.Name),
                High = End(high, axis, analysis.Name),
                Comparison = high.Compare(low, analysis.Name),
            };
        }
    }

    private TornadoEnd End(CellRun run, string axis, string analysis) =>
        new(_done[run.Cell]!.Setting(axis)?.Value, run.Power(analysis));

    /// <summary>A cell that has been run.</summary>
    private sealed record CellRun(int Cell, PowerResult Result, RejectionLog Log)
    {
        internal int Position(string analysis)
        {
            ValueList<OperatingCharacteristics> analyses = Result.Analyses;
            int position = analyses.Count - 1;
            while (position >= 0 && analyses[position].Name != analysis)
            {
                position--;
            }

            return position;
        }

        internal double Power(string analysis) => Result.Analyses[Position(analysis)].Power;

        internal PairedComparison Compare(CellRun other, string analysis) => Log.Compare(
            Position(analysis), other.Log, other.Position(analysis), Math.Min(Result.Replicates, other.Result.Replicates));
    }
}
