using Tofersen.Simulation.Analyses.MixedModels;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>A model of repeated measures on a table: rows into participants, columns into products of visits and baseline values.
/// </summary>
/// <remarks>A covariate that is the same in all rows of each participant is a baseline value; one that varies has a value for each
/// visit.</remarks>
internal sealed class RepeatedMeasuresTable
{
    private readonly ModelMatrix _matrix;
    private readonly ModelVariable _visits;
    private readonly int[] _participants;
    private readonly List<BaselineValue> _basis = [new([], -1)];
    private readonly ColumnPlan _plan;
    private readonly int[,] _rowOf;

    internal RepeatedMeasuresTable(ModelMatrix matrix, ModelVariable visits, TableColumn participant, int[] rows, bool spansVisits)
    {
        _matrix = matrix;
        _visits = visits;
        if (visits.Levels.Length > VisitPatterns.MaximumVisits)
        {
            throw new AnalysisDataException(FormattableString.Invariant(
                $"Column '{visits.Name}', the visit, has {visits.Levels.Length} values; at most {VisitPatterns.MaximumVisits} visits are possible."));
        }

        _participants = Number(participant, rows, out int count);
        Participants = count;
        _rowOf = new int[count, visits.Levels.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            ref int cell = ref _rowOf[_participants[i], (int)visits[i]];
            if (cell != 0)
            {
                throw new AnalysisDataException(
                    $"Participant '{participant.TextAt(rows[i])}' has two rows at visit '{visits.Levels[(int)visits[i]]}'.");
            }

            cell = i + 1;
        }

        _plan = MakePlan(spansVisits);
    }

    internal int Participants { get; }

    /// <summary>An engine that holds the data.</summary>
    internal RepeatedMeasuresEngine Load(
        TableColumn response,
        int[] rows,
        IEnumerable<CovarianceStructure> structures,
        LikelihoodEstimation estimation,
        DegreesOfFreedomMethod method)
    {
        RequireNoCopy(response, rows);
        var engine = new RepeatedMeasuresEngine(_plan, Participants, structures, estimation, method, searchesWidely: true);
        int visits = _visits.Levels.Length;
        var z = new double[_basis.Count];
        var y = new double[visits];
        engine.Begin();
        for (int p = 0; p < Participants; p++)
        {
            ulong mask = 0;
            int any = -1;
            for (int j = 0; j < visits; j++)
            {
                int row = _rowOf[p, j] - 1;
                if (row >= 0)
                {
                    mask |= 1UL << j;
                    y[j] = response.Numbers[rows[row]];
                    any = row;
                }
            }

            for (int u = 0; u < z.Length; u++)
            {
                int row = _basis[u].Visit < 0 ? any : _rowOf[p, _basis[u].Visit] - 1;
                z[u] = row < 0 ? 0 : Product(_basis[u].Factors, row);
            }

            engine.Add(z, y, mask);
        }

        return engine;
    }

    // The rows of a baseline, left in by mistake, repeat the covariate as the response, and leave nothing to estimate at that visit.
    private void RequireNoCopy(TableColumn response, int[] rows)
    {
        IEnumerable<ModelVariable> numbers = Enumerable.Range(0, _matrix.Count)
            .SelectMany(c => _matrix[c].Factors.Select(f => f.Variable)).Where(v => !v.IsFactor).Distinct();
        foreach (ModelVariable variable in numbers)
        {
            for (int j = 0; j < _visits.Levels.Length; j++)
            {
                int[] atVisit = [.. Enumerable.Range(0, rows.Length).Where(i => (int)_visits[i] == j)];
                if (atVisit.Length > 0 && Array.TrueForAll(atVisit, i => variable[i] == response.Numbers[rows[i]]))
                {
                    throw new AnalysisDataException(
                        $"At visit '{_visits.Levels[j]}' the response '{response.Name}' is the covariate '{variable.Name}' itself; leave that visit out with where and exclude.");
                }
            }
        }
    }

    private ColumnPlan MakePlan(bool spansVisits)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal) { [string.Empty] = 0 };
        var entries = new List<ColumnEntry[]>();
        int visits = _visits.Levels.Length;
        for (int c = 0; c < _matrix.Count; c++)
        {
            MatrixFactor[] others = [.. _matrix[c].Factors.Where(f => f.Variable.Name != _visits.Name)];
            int level = _matrix[c].Factors.Where(f => f.Variable.Name == _visits.Name).Select(f => f.Level).FirstOrDefault(-1);
            bool varies = others.Any(f => Varies(f.Variable));
            var column = new List<ColumnEntry>();
            for (int j = level < 0 ? 0 : level; j < (level < 0 ? visits : level + 1); j++)
            {
                column.Add(new ColumnEntry(BasisOf(index, others, varies ? j : -1), j, 1));
            }

            entries.Add([.. column]);
        }

        var plan = new ColumnPlan(visits, _basis.Count, spansVisits);
        entries.ForEach(plan.Add);
        return plan;
    }

    private int BasisOf(Dictionary<string, int> index, MatrixFactor[] factors, int visit)
    {
        if (factors.Length == 0)
        {
            return 0;
        }

        string key = string.Join('\u0001', factors.Select(f => FormattableString.Invariant($"{f.Variable.Name}\u0002{f.Level}")))
            + FormattableString.Invariant($"\u0003{visit}");
        if (!index.TryGetValue(key, out int basis))
        {
            basis = _basis.Count;
            index.Add(key, basis);
            _basis.Add(new BaselineValue(factors, visit));
        }

        return basis;
    }

    private bool Varies(ModelVariable variable)
    {
        var first = new double[Participants];
        Array.Fill(first, double.NaN);
        for (int i = 0; i < _participants.Length; i++)
        {
            ref double known = ref first[_participants[i]];
            if (double.IsNaN(known))
            {
                known = variable[i];
            }
            else if (known != variable[i])
            {
                return true;
            }
        }

        return false;
    }

    private static double Product(MatrixFactor[] factors, int row)
    {
        double product = 1;
        foreach (MatrixFactor factor in factors)
        {
            double value = factor.Variable[row];
            product *= factor.Level < 0 ? value : value == factor.Level ? 1 : 0;
        }

        return product;
    }

    /// <summary>Numbers the participants of some rows from 0, in order of appearance.</summary>
    internal static int[] Number(TableColumn participant, int[] rows, out int count)
    {
        var numbers = new Dictionary<double, int>();
        var result = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            double key = participant.IsText ? participant.Codes[rows[i]] : participant.Numbers[rows[i]];
            if (!numbers.TryGetValue(key, out int number))
            {
                number = numbers.Count;
                numbers.Add(key, number);
            }

            result[i] = number;
        }

        count = numbers.Count;
        return result;
    }

    /// <summary>A product of covariates; at one visit where it varies, −1 where it is the same at all.</summary>
    private sealed record BaselineValue(MatrixFactor[] Factors, int Visit);
}
