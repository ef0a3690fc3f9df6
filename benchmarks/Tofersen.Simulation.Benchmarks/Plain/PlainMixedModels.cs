using MathNet.Numerics.LinearAlgebra;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>The mixed models of the library as rows for <see cref="PlainReml"/>.</summary>
internal static class PlainMixedModels
{
    /// <summary>Changes at all visits with an unstructured covariance; visit, arm and baseline score at each visit.</summary>
    internal static PlainReml RepeatedMeasures(PlainParticipant[] trial)
    {
        int visits = trial[0].Scores.Length - 1;
        (int Row, int Column)[] entries =
            [.. Enumerable.Range(0, visits).SelectMany(j => Enumerable.Range(j, visits - j).Select(k => (j, k)))];
        PlainRows[] rows = [.. trial.Select(p => RepeatedMeasures(p, visits, entries)).Where(r => r.Y.Count > 0)];
        double[] start = [.. entries.Select(e => e.Row == e.Column ? 10.0 : 0)];
        return new PlainReml(rows, start);
    }

    /// <summary>The difference of the arms at a visit after baseline, numbered from 0.</summary>
    internal static double[] ArmAt(int visit, int visits)
    {
        var contrast = new double[3 * visits];
        contrast[(3 * visit) + 1] = 1;
        return contrast;
    }

    /// <summary>Scores at actual times with a random intercept and slope; a common baseline, and slopes by arm, whose difference is the
    /// last column.</summary>
    internal static PlainResult RandomSlopes(PlainParticipant[] trial, bool kenwardRoger)
    {
        PlainRows[] rows = [.. trial.Select(RandomSlopes)];
        return new PlainReml(rows, [20, 0, 0.2, 4]).Test([0, 0, 1], kenwardRoger, byExpected: kenwardRoger);
    }

    private static PlainRows RepeatedMeasures(PlainParticipant participant, int visits, (int Row, int Column)[] entries)
    {
        int[] seen = [.. Enumerable.Range(0, visits).Where(j => participant.Has(j + 1))];
        Matrix<double> x = Matrix<double>.Build.Dense(seen.Length, 3 * visits);
        for (int i = 0; i < seen.Length; i++)
        {
            x[i, 3 * seen[i]] = 1;
            x[i, (3 * seen[i]) + 1] = participant.Arm;
            x[i, (3 * seen[i]) + 2] = participant.Scores[0];
        }

        bool IsEntry(int i, int j, (int Row, int Column) entry) =>
            (Math.Min(seen[i], seen[j]), Math.Max(seen[i], seen[j])) == entry;

        return new PlainRows(
            x,
            Vector<double>.Build.Dense(seen.Length, i => participant.Change(seen[i] + 1)),
            [.. entries.Select(e => Matrix<double>.Build.Dense(seen.Length, seen.Length, (i, j) => IsEntry(i, j, e) ? 1 : 0))]);
    }

    private static PlainRows RandomSlopes(PlainParticipant participant)
    {
        int[] seen = [.. Enumerable.Range(0, participant.Scores.Length).Where(participant.Has)];
        double[] t = [.. seen.Select(v => participant.VisitMonths[v])];
        int n = seen.Length;
        return new PlainRows(
            Matrix<double>.Build.Dense(n, 3, (i, j) => j == 0 ? 1 : j == 1 ? t[i] : participant.Arm * t[i]),
            Vector<double>.Build.Dense(n, i => participant.Scores[seen[i]]),
            [
                Matrix<double>.Build.Dense(n, n, 1),
                Matrix<double>.Build.Dense(n, n, (i, j) => t[i] + t[j]),
                Matrix<double>.Build.Dense(n, n, (i, j) => t[i] * t[j]),
                Matrix<double>.Build.DenseIdentity(n),
            ]);
    }
}
