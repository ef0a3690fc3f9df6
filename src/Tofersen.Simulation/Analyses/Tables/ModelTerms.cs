using System.Collections.Immutable;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Terms of a linear predictor as sets of variables, in the order of R's formulas: main effects first, then products of two,
/// and so on.</summary>
/// <remarks>"A*B" stands for A, B and A:B, "A:B" for the product alone; any number of variables.</remarks>
internal sealed class ModelTerms
{
    private const int MostFactors = 8;

    private readonly List<ImmutableArray<string>> _terms = [];

    /// <summary>The terms, main effects first.</summary>
    internal IEnumerable<ImmutableArray<string>> InOrder => _terms.OrderBy(t => t.Length);

    internal IEnumerable<string> Variables => _terms.SelectMany(t => t).Distinct();

    /// <summary>Adds what a specification writes: a column of the table, whatever its name, or a product of columns.</summary>
    internal void Add(string term, AnalysisTable table)
    {
        if (table.Columns.Any(c => c.Name == term))
        {
            AddTerm(term);
            return;
        }

        bool crosses = term.Contains('*', StringComparison.Ordinal);
        string[] names = term.Split(crosses ? '*' : ':', StringSplitOptions.TrimEntries);
        if (names.Any(n => n.Length == 0) || names.Distinct().Count() != names.Length)
        {
            throw new AnalysisDataException($"The covariate '{term}' is not a column, nor a product of different columns.");
        }

        if (names.Length > MostFactors)
        {
            throw new AnalysisDataException(FormattableString.Invariant(
                $"The covariate '{term}' is a product of {names.Length} columns; at most {MostFactors} are possible."));
        }

        if (!crosses)
        {
            AddTerm(names);
            return;
        }

        for (int size = 1; size <= names.Length; size++)
        {
            for (int subset = 1; subset < 1 << names.Length; subset++)
            {
                if (System.Numerics.BitOperations.PopCount((uint)subset) == size)
                {
                    AddTerm([.. names.Where((_, i) => (subset >> i & 1) != 0)]);
                }
            }
        }
    }

    /// <summary>Takes a term away where it is there.</summary>
    internal void Remove(params string[] names) => _terms.RemoveAll(t => new HashSet<string>(t).SetEquals(names));

    internal bool Contains(IEnumerable<string> names) => _terms.Exists(t => new HashSet<string>(t).SetEquals(names));

    /// <summary>Adds the product of some columns, or one column, where it is not there.</summary>
    internal void AddTerm(params string[] names)
    {
        if (!Contains(names))
        {
            _terms.Add([.. names]);
        }
    }
}
