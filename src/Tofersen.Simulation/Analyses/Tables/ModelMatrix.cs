using System.Collections.Immutable;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Columns of a linear predictor: the intercept, then term by term products of numbers and indicators of factor levels.</summary>
/// <remarks>Treatment coding as in R: a factor has no indicator of its first level, except in a product whose margin without it is not in
/// the model.</remarks>
internal sealed class ModelMatrix
{
    private readonly Dictionary<string, ModelVariable> _variables;
    private readonly List<MatrixColumn> _columns = [new("(Intercept)", [])];

    internal ModelMatrix(ModelTerms terms, IEnumerable<ModelVariable> variables)
    {
        _variables = variables.ToDictionary(v => v.Name, StringComparer.Ordinal);
        foreach (ImmutableArray<string> term in terms.InOrder)
        {
            AddColumns(terms, term, 0, new MatrixColumn(string.Empty, []));
        }
    }

    internal int Count => _columns.Count;

    internal MatrixColumn this[int column] => _columns[column];

    internal ModelVariable Variable(string name) => _variables[name];

    internal double Value(int column, int row)
    {
        double product = 1;
        foreach (MatrixFactor factor in _columns[column].Factors)
        {
            double value = factor.Variable[row];
            product *= factor.Level < 0 ? value : value == factor.Level ? 1 : 0;
        }

        return product;
    }

    /// <summary>A row of the matrix for an LS mean: some variables at chosen levels, other factors' levels counted equally, numbers at
    /// their means.</summary>
    internal double[] MeanRow(IReadOnlyDictionary<string, double> chosen, IReadOnlyDictionary<string, double> means) =>
    [
        .. _columns.Select(column => column.Factors.Aggregate(
            1.0,
            (product, factor) => product * (chosen.TryGetValue(factor.Variable.Name, out double level)
                ? (factor.Level < 0 ? level : level == factor.Level ? 1 : 0)
                : factor.Level < 0 ? means[factor.Variable.Name] : 1.0 / factor.Variable.Levels.Length))),
    ];

    /// <summary>Differences of the LS means of each arm and the control, the factor's first level, as combinations of the columns.
    /// </summary>
    internal IEnumerable<(string Name, double[] Combination)> ArmContrasts(string arm, int rows)
    {
        Dictionary<string, double> means = Means(rows);
        string[] arms = Variable(arm).Levels;
        double[] At(int level) => MeanRow(new Dictionary<string, double> { [arm] = level }, means);
        double[] control = At(0);
        for (int level = 1; level < arms.Length; level++)
        {
            yield return ($"{arms[level]} - {arms[0]}", [.. At(level).Zip(control, (a, c) => a - c)]);
        }
    }

    /// <summary>Means of the numbers over the rows.</summary>
    internal Dictionary<string, double> Means(int rows)
    {
        var means = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (ModelVariable variable in _variables.Values.Where(v => !v.IsFactor))
        {
            double sum = 0;
            for (int i = 0; i < rows; i++)
            {
                sum += variable[i];
            }

            means.Add(variable.Name, sum / rows);
        }

        return means;
    }

    private void AddColumns(ModelTerms terms, ImmutableArray<string> term, int index, MatrixColumn column)
    {
        if (index == term.Length)
        {
            _columns.Add(column);
            return;
        }

        ModelVariable variable = _variables[term[index]];
        if (!variable.IsFactor)
        {
            AddColumns(terms, term, index + 1, column.Times(variable, -1));
            return;
        }

        bool hasMargin = term.Length == 1 || terms.Contains(term.Where(n => n != variable.Name));
        for (int level = hasMargin ? 1 : 0; level < variable.Levels.Length; level++)
        {
            AddColumns(terms, term, index + 1, column.Times(variable, level));
        }
    }
}

/// <summary>A number, or the indicator of a level of a factor.</summary>
internal readonly record struct MatrixFactor(ModelVariable Variable, int Level);

/// <summary>A column of a <see cref="ModelMatrix"/>.</summary>
internal sealed record MatrixColumn(string Name, ImmutableArray<MatrixFactor> Factors)
{
    internal MatrixColumn Times(ModelVariable variable, int level)
    {
        string name = level < 0 ? variable.Name : variable.Name + variable.Levels[level];
        return new MatrixColumn(Name.Length == 0 ? name : $"{Name}:{name}", Factors.Add(new MatrixFactor(variable, level)));
    }
}
