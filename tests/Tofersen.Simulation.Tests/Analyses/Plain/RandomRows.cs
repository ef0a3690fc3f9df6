using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.RandomSlopes;

namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Data of a random-slope model from a seed.</summary>
internal sealed class RandomRows
{
    private readonly bool _restricted;
    private double[][] _times = [];
    private double[][] _responses = [];
    private List<double[][]> _columns = [];

    private RandomRows(bool restricted) => _restricted = restricted;

    internal double TimeScale { get; private set; }

    internal static RandomRows Draw(Random random, bool? restricted = null)
    {
        int n = random.Next(8) switch { 0 => random.Next(2, 5), 7 => random.Next(25, 45), _ => random.Next(4, 25) };
        int visits = random.Next(1, 10);
        double timeScale = random.Next(4) == 0 ? 30 : 1;
        double gaps = random.Next(3) * 0.25;
        bool jitters = random.Next(2) == 0;
        bool isCentred = random.Next(3) == 0;
        var rows = new RandomRows(restricted ?? random.Next(2) == 0)
        {
            _times = new double[n][],
            _responses = new double[n][],
        };
        double residual = Math.Exp(Normal(random));
        double level = random.Next(3) * 2 * residual;
        double slope = random.Next(3) * 0.3 * residual;
        double correlation = random.Next(3) switch { 0 => 0, 1 => 1, _ => (2 * random.NextDouble()) - 1 };
        for (int p = 0; p < n; p++)
        {
            int own = random.Next(10) == 0 ? 1 : visits;
            double[] times =
            [
                .. Enumerable.Range(0, own).Where(v => v == 0 || random.NextDouble() >= gaps)
                    .Select(v => timeScale * (v - (isCentred ? visits / 2.0 : 0) + (jitters && v > 0 ? random.NextDouble() / 2 : 0))),
            ];
            if (random.Next(15) == 0)
            {
                Array.Fill(times, times[0]);
            }

            double first = Normal(random);
            double second = (correlation * first) + (Math.Sqrt(1 - (correlation * correlation)) * Normal(random));
            rows._times[p] = times;
            rows._responses[p] =
            [
                .. times.Select(t => 40 + (level * first) + (((slope * second) - 1) * t / timeScale) + (residual * Normal(random))),
            ];
        }

        double[] all = [.. rows._times.SelectMany(t => t)];
        double spread = Math.Sqrt(all.Select(t => Math.Pow(t - all.Average(), 2)).Average());
        rows.TimeScale = spread > 0 ? spread : 1;
        rows.DrawColumns(random);
        return rows;
    }

    /// <summary>The plain model with the columns that are not aliased.</summary>
    internal PlainRandomSlopes Plain()
    {
        RandomSlopeEngine engine = Engine(DegreesOfFreedomMethod.Satterthwaite);
        int[] kept = [.. Enumerable.Range(0, _columns.Count).Where(c => !engine.Data.IsAliased(c))];
        double[][,] designs =
        [
            .. Enumerable.Range(0, _times.Length).Select(p =>
            {
                var design = new double[_times[p].Length, kept.Length];
                for (int i = 0; i < _times[p].Length; i++)
                {
                    for (int c = 0; c < kept.Length; c++)
                    {
                        design[i, c] = _columns[kept[c]][p][i];
                    }
                }

                return design;
            }),
        ];
        return new PlainRandomSlopes(_times, _responses, designs, _restricted);
    }

    /// <summary>The engine with all columns, ready to fit.</summary>
    internal RandomSlopeEngine Engine(DegreesOfFreedomMethod method)
    {
        int rows = _times.Sum(t => t.Length);
        var engine = new RandomSlopeEngine(
            _times.Length,
            rows,
            _columns.Count,
            hasRowColumns: true,
            _restricted ? LikelihoodEstimation.Reml : LikelihoodEstimation.Ml,
            method);
        engine.Data.Reset();
        for (int p = 0; p < _times.Length; p++)
        {
            engine.Data.Add(_times[p], _responses[p]);
        }

        engine.Data.CloseParticipants();
        for (int c = 0; c < _columns.Count; c++)
        {
            engine.Data.SetRowColumn(c, [.. _columns[c].SelectMany(v => v)]);
        }

        engine.Data.Decompose();
        return engine;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private void DrawColumns(Random random)
    {
        int n = _times.Length;
        double[] arm = [.. Enumerable.Range(0, n).Select(_ => (double)random.Next(2))];
        double[] age = [.. Enumerable.Range(0, n).Select(_ => 40 + (40 * random.NextDouble()))];
        double[][] Each(Func<int, double, double> value) => [.. _times.Select((times, p) => times.Select(t => value(p, t)).ToArray())];
        _columns = [Each((_, _) => 1), Each((_, t) => t)];
        if (random.Next(3) == 0)
        {
            _columns.Add(Each((p, _) => age[p]));
        }

        if (random.Next(4) == 0)
        {
            _columns.Add(Each((_, _) => random.NextDouble()));
        }

        if (random.Next(6) == 0)
        {
            _columns.Add(Each((p, t) => (2 * age[p]) + t));
        }

        if (random.Next(2) == 0)
        {
            _columns.Add(Each((p, _) => arm[p]));
        }

        _columns.Add(Each((p, t) => arm[p] * t));
    }
}
