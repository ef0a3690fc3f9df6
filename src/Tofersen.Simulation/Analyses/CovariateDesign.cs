using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Turns the covariates of an analysis into model columns: intercept, covariates, factors against their first level, and
/// the arm last.</summary>
internal sealed class CovariateDesign
{
    private readonly Term[] _terms;
    private readonly AnalysedStrata _strata;

    internal CovariateDesign(TrialLayout layout, ValueList<string> covariates, ValueList<string> strata)
    {
        _strata = new AnalysedStrata(layout, strata);
        var terms = new List<Term>();
        foreach (string name in covariates)
        {
            int index = layout.CovariateAt(name);
            CovariateColumn column = layout.Covariates[index];
            if (!column.IsFactor)
            {
                terms.Add(new Term(index, -1, name, 0));
            }

            for (int level = 1; level < column.Levels.Count; level++)
            {
                terms.Add(new Term(index, level, $"{name}:{column.Levels[level]}", 1.0 / column.Levels.Count));
            }
        }

        _terms = [.. terms];
    }

    /// <summary>Columns of the model: intercept, terms, arm.</summary>
    internal int Columns => _terms.Length + 2;

    internal string ColumnName(int column) =>
        column == 0 ? "intercept" : column == Columns - 1 ? "arm" : _terms[column - 1].Name;

    /// <summary>Weight of a column in an LS mean that counts the levels of each factor equally; NaN for a covariate, which stands at
    /// its mean.</summary>
    internal double EqualWeight(int column) =>
        column >= 1 && column < Columns - 1 && _terms[column - 1].Level >= 0 ? _terms[column - 1].EqualWeight : double.NaN;

    /// <summary>Whether a participant belongs to the analysis: stratum and covariates, not the response.</summary>
    internal bool Includes(TrialData data, int participant)
    {
        if (!_strata.Include(data, participant))
        {
            return false;
        }

        foreach (Term term in _terms)
        {
            if (!double.IsFinite(data.CovariateColumns[term.Covariate][participant]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes the columns of the chosen participants, and says whether both arms are there.</summary>
    internal bool Fill(TrialData data, ReadOnlySpan<int> rows, LinearModel model)
    {
        model.Reset(rows.Length);
        for (int column = 0; column < Columns - 1; column++)
        {
            FillColumn(data, rows, column, model.Column(column));
        }

        int active = FillArm(data, rows, model.Column(Columns - 1));
        return active > 0 && active < rows.Length;
    }

    /// <summary>Writes one column of the chosen participants.</summary>
    internal void FillColumn(TrialData data, ReadOnlySpan<int> rows, int column, Span<double> target)
    {
        if (column == 0)
        {
            target.Fill(1);
            return;
        }

        if (column == Columns - 1)
        {
            FillArm(data, rows, target);
            return;
        }

        double[] source = data.CovariateColumns[_terms[column - 1].Covariate];
        int level = _terms[column - 1].Level;
        if (level < 0)
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = source[rows[i]];
            }
        }
        else
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = source[rows[i]] == level ? 1 : 0;
            }
        }
    }

    /// <summary>Writes 1 for participants of the active arm and 0 for the others.</summary>
    /// <returns>How many are in the active arm.</returns>
    internal static int FillArm(TrialData data, ReadOnlySpan<int> rows, Span<double> target)
    {
        byte[] arms = data.ArmColumn;
        int active = 0;
        for (int i = 0; i < target.Length; i++)
        {
            int isActive = arms[rows[i]] == TrialDesign.ActiveArm ? 1 : 0;
            target[i] = isActive;
            active += isActive;
        }

        return active;
    }

    /// <summary>Strata that the analysis is about, by position; empty for all.</summary>
    internal static ValueList<int> StratumPositions(TrialLayout layout, ValueList<string> strata) =>
        [.. strata.Select(layout.StratumAt)];

    private readonly record struct Term(int Covariate, int Level, string Name, double EqualWeight);
}
