using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.RandomSlopes;

/// <summary>Columns of a random-slope model for trial data: intercept, time, covariates, the arm where it has a main effect, covariates
/// by time, arm by time.</summary>
internal sealed class RandomSlopeDesign
{
    private const string TimeSuffix = "*time";

    private readonly CovariateDesign _main;
    private readonly CovariateDesign _byTime;
    private readonly Column[] _columns;

    internal RandomSlopeDesign(TrialLayout layout, RandomSlopeModel model)
    {
        var main = new List<string>();
        var byTime = new List<string>();
        foreach (string entry in model.Covariates)
        {
            bool isByTime = entry.EndsWith(TimeSuffix, StringComparison.Ordinal) && layout.Covariates.All(c => c.Name != entry);
            string name = isByTime ? entry[..^TimeSuffix.Length].TrimEnd() : entry;
            if (!main.Contains(name))
            {
                main.Add(name);
            }

            if (isByTime && !byTime.Contains(name))
            {
                byTime.Add(name);
            }
        }

        _main = new CovariateDesign(layout, [.. main], model.Strata);
        _byTime = new CovariateDesign(layout, [.. byTime], model.Strata);
        int arm = _main.Columns - 1;
        IEnumerable<Column> terms = Enumerable.Range(1, arm - 1).Select(c => new Column(_main, c, false));
        _columns =
        [
            new Column(_main, 0, false),
            new Column(_main, 0, true),
            .. terms,
            .. model.CommonBaseline ? Array.Empty<Column>() : [new Column(_main, arm, false)],
            .. Enumerable.Range(1, _byTime.Columns - 1).Select(c => new Column(_byTime, c, true)),
        ];
    }

    internal int Columns => _columns.Length;

    internal static int Time => 1;

    internal string ColumnName(int column)
    {
        (CovariateDesign design, int index, bool isByTime) = _columns[column];
        return !isByTime ? design.ColumnName(index) : index == 0 ? "time" : design.ColumnName(index) + TimeSuffix;
    }

    internal bool Includes(TrialData data, int participant) => _main.Includes(data, participant);

    /// <summary>Writes all columns for the chosen participants.</summary>
    internal void Fill(TrialData data, ReadOnlySpan<int> participants, SlopeStatistics statistics, Span<double> values)
    {
        for (int c = 0; c < _columns.Length; c++)
        {
            (CovariateDesign design, int index, bool isByTime) = _columns[c];
            design.FillColumn(data, participants, index, values);
            statistics.SetConstantColumn(c, values, isByTime);
        }
    }

    private readonly record struct Column(CovariateDesign Design, int Index, bool IsByTime);
}
