using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>The fixed effects of a model of repeated measures on a trial: the arm at each visit, and covariates, alone or in products
/// with each other, the visit or the arm.</summary>
/// <remarks>A term "a*b" stands for a, b and their product, whatever the number of factors. Baseline values are the constant, products of
/// covariates with indicators of factor levels after the first, and of the arm.</remarks>
internal sealed class BaselineTerms
{
    internal const string Visit = "visit";
    internal const string Arm = "arm";

    private readonly List<Value> _values = [];
    private readonly int[] _needed;

    internal BaselineTerms(TrialLayout layout, ValueList<string> covariates)
    {
        var parts = new List<Part> { new([-1], AtEachVisit: true) };
        foreach (string term in covariates)
        {
            AddTerm(layout, term, parts);
        }

        parts.RemoveAll(part => part.Variables.Length == 0);
        _needed = [.. parts.SelectMany(p => p.Variables).Where(v => v >= 0).Distinct()];
        _values.Add(new Value([], true));
        foreach (Part part in parts)
        {
            AddValues(layout, part, 0, []);
        }
    }

    /// <summary>Baseline values, the constant included.</summary>
    internal int Count => _values.Count;

    /// <summary>The columns: each visit, then value by value, a column for each visit or one for all.</summary>
    internal ColumnPlan Plan(int visits)
    {
        var plan = new ColumnPlan(visits, Count);
        for (int u = 0; u < Count; u++)
        {
            int basis = u;
            if (_values[u].AtEachVisit)
            {
                for (int j = 0; j < visits; j++)
                {
                    plan.Add([new ColumnEntry(basis, j, 1)]);
                }
            }
            else
            {
                plan.Add(Enumerable.Range(0, visits).Select(j => new ColumnEntry(basis, j, 1)));
            }
        }

        return plan;
    }

    /// <summary>Name of a column of <see cref="Plan"/>.</summary>
    internal string ColumnName(TrialLayout layout, ColumnPlan plan, int column, Func<int, string> visitName)
    {
        ColumnEntry first = plan[column][0];
        string value = string.Join('*', _values[first.Basis].Factors.Select(f => f.Variable < 0
            ? Arm
            : f.Level < 0 ? layout.Covariates[f.Variable].Name
            : $"{layout.Covariates[f.Variable].Name}:{layout.Covariates[f.Variable].Levels[f.Level]}"));
        string visit = plan[column].Count == 1 ? visitName(first.Visit) : string.Empty;
        return value.Length == 0 ? visit : visit.Length == 0 ? value : $"{value} at {visit}";
    }

    /// <summary>Whether a participant has every covariate.</summary>
    internal bool Includes(TrialData data, int participant)
    {
        foreach (int covariate in _needed)
        {
            if (!double.IsFinite(data.CovariateColumns[covariate][participant]))
            {
                return false;
            }
        }

        return true;
    }

    internal void Fill(TrialData data, int participant, Span<double> z)
    {
        for (int u = 0; u < z.Length; u++)
        {
            double product = 1;
            foreach (Factor factor in _values[u].Factors)
            {
                if (factor.Variable < 0)
                {
                    product *= data.ArmColumn[participant] == TrialDesign.ActiveArm ? 1 : 0;
                }
                else
                {
                    double value = data.CovariateColumns[factor.Variable][participant];
                    product *= factor.Level < 0 ? value : value == factor.Level ? 1 : 0;
                }
            }

            z[u] = product;
        }
    }

    /// <summary>Baseline values of an LS mean: an arm, the levels of each factor counted equally, covariates at their means.</summary>
    internal void FillMean(TrialLayout layout, int arm, ReadOnlySpan<double> covariateMeans, Span<double> z)
    {
        for (int u = 0; u < z.Length; u++)
        {
            double product = 1;
            foreach (Factor factor in _values[u].Factors)
            {
                product *= factor.Variable < 0 ? (arm == TrialDesign.ActiveArm ? 1 : 0)
                    : factor.Level < 0 ? covariateMeans[factor.Variable]
                    : 1.0 / layout.Covariates[factor.Variable].Levels.Count;
            }

            z[u] = product;
        }
    }

    private static void AddTerm(TrialLayout layout, string term, List<Part> parts)
    {
        string[] names = term.Split('*', StringSplitOptions.TrimEntries);
        int[] variables = [.. names.Where(n => n is not (Visit or Arm)).Select(layout.CovariateAt)];
        if (names.Contains(Arm))
        {
            variables = [-1, .. variables];
        }

        if (names.Distinct().Count() != names.Length)
        {
            throw new ArgumentException($"The term '{term}' names something twice.", nameof(term));
        }

        bool atEachVisit = names.Contains(Visit);
        int subsets = 1 << variables.Length;
        foreach (int subset in Enumerable.Range(1, subsets - 1).OrderBy(s => System.Numerics.BitOperations.PopCount((uint)s)))
        {
            int[] chosen = [.. variables.Where((_, i) => (subset >> i & 1) != 0).Order()];
            int known = parts.FindIndex(p => p.Variables.SequenceEqual(chosen));
            if (known < 0)
            {
                parts.Add(new Part(chosen, atEachVisit));
            }
            else if (atEachVisit)
            {
                parts[known] = parts[known] with { AtEachVisit = true };
            }
        }
    }

    private void AddValues(TrialLayout layout, Part part, int index, Factor[] factors)
    {
        if (index == part.Variables.Length)
        {
            _values.Add(new Value(factors, part.AtEachVisit));
            return;
        }

        int variable = part.Variables[index];
        int levels = variable < 0 ? 0 : layout.Covariates[variable].Levels.Count;
        if (levels == 0)
        {
            AddValues(layout, part, index + 1, [.. factors, new Factor(variable, -1)]);
        }

        for (int level = 1; level < levels; level++)
        {
            AddValues(layout, part, index + 1, [.. factors, new Factor(variable, level)]);
        }
    }

    /// <summary>Variables by position in the layout, −1 for the arm.</summary>
    private readonly record struct Part(int[] Variables, bool AtEachVisit);

    /// <summary>A covariate, or a level of a factor.</summary>
    private readonly record struct Factor(int Variable, int Level);

    private readonly record struct Value(Factor[] Factors, bool AtEachVisit);
}
