using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Examples.YourOwnModels;

/// <summary>Applies <see cref="VanElteren"/> to one trial after another.</summary>
/// <remarks>Run is called once a trial, millions of times: no new objects, no LINQ, no lambdas that capture, and no exceptions for data that do not
/// suffice, which are a status. Results depend on the data alone, never on the trial before.</remarks>
internal sealed class VanElterenWorker : IAnalysisWorker
{
    // Slopes that are equal on paper differ in their last bits; in points per month this is far below any difference of whole points.
    private const double Tie = 1e-9;

    private readonly VanElteren _analysis;
    private readonly int _visits;
    private readonly int _strata;
    private readonly double[] _slopes;
    private readonly byte[] _arms;

    internal VanElterenWorker(VanElteren analysis, TrialLayout layout)
    {
        _analysis = analysis;

        // Throws with the weeks that there are where there is no such visit.
        _visits = layout.VisitAt(analysis.ThroughWeek) + 1;
        _strata = layout.StratumNames.Count;
        _slopes = new double[layout.Participants];
        _arms = new byte[layout.Participants];
    }

    public AnalysisResult Run(TrialData data)
    {
        double sum = 0;
        double variance = 0;
        double weights = 0;
        int participants = 0;
        for (int stratum = 0; stratum < _strata; stratum++)
        {
            int n = Gather(data, stratum, out int active);
            int control = n - active;
            participants += n;
            if (active > 0 && control > 0)
            {
                // Sorting keys and items in place, in spans: nothing is allocated.
                _slopes.AsSpan(0, n).Sort(_arms.AsSpan(0, n));
                (double rankSum, double ties) = RankSum(n);
                double spread = n + 1 - (ties / (n * (n - 1.0)));
                sum += (rankSum - (active * (n + 1) / 2.0)) / (n + 1);
                variance += active * control * spread / 12 / ((n + 1.0) * (n + 1));
                weights += (double)active * control / (n + 1);
            }
        }

        // A stratum of two arms has n ≥ 2, and weights are above 0 as soon as there is one; without, the estimate is 0/0 and not estimable.
        return AnalysisResult.OfTest(sum / weights, Math.Sqrt(variance) / weights, double.PositiveInfinity, _analysis.Alpha, participants);
    }

    private int Gather(TrialData data, int stratum, out int active)
    {
        int n = 0;
        active = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            if (data.Strata[p] == stratum && Slope(data, p) is var slope && double.IsFinite(slope))
            {
                byte arm = data.Arms[p];
                active += arm == TrialDesign.ActiveArm ? 1 : 0;
                _arms[n] = arm;
                _slopes[n++] = slope;
            }
        }

        return n;
    }

    /// <summary>Least squares through what was observed; NaN with fewer than two visits.</summary>
    private double Slope(TrialData data, int participant)
    {
        int row = participant * data.Visits;
        ReadOnlySpan<double> scores = data.Scores.Slice(row, _visits);
        ReadOnlySpan<double> months = data.VisitMonths.Slice(row, _visits);
        int n = 0;
        double meanMonth = 0;
        double meanScore = 0;
        double squares = 0;
        double products = 0;
        for (int v = 0; v < scores.Length; v++)
        {
            // Missing scores are NaN.
            if (double.IsFinite(scores[v]))
            {
                n++;
                double step = months[v] - meanMonth;
                meanMonth += step / n;
                meanScore += (scores[v] - meanScore) / n;
                squares += step * (months[v] - meanMonth);
                products += step * (scores[v] - meanScore);
            }
        }

        return products / squares;
    }

    /// <summary>Sum of the active arm's ranks among the first n slopes, which are sorted, equal ones sharing their mean rank; and Σ(t³ − t) over ties of
    /// t.</summary>
    private (double RankSum, double Ties) RankSum(int n)
    {
        double rankSum = 0;
        double ties = 0;
        for (int from = 0; from < n;)
        {
            int to = from + 1;
            while (to < n && _slopes[to] - _slopes[from] < Tie)
            {
                to++;
            }

            double rank = (from + 1 + to) / 2.0;
            for (int i = from; i < to; i++)
            {
                rankSum += _arms[i] == TrialDesign.ActiveArm ? rank : 0;
            }

            double t = to - from;
            ties += (t * t * t) - t;
            from = to;
        }

        return (rankSum, ties);
    }
}
