using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Tests.MonteCarlo;

public sealed class SampleSizeCoverageTests
{
    [TestCase(60.0, 0.02, 1.0)]
    [TestCase(60.0, 0.05, 1.0)]
    [TestCase(60.0, 0.02, 0.85)]
    [TestCase(60.0, 0.02, 0.9)]
    public void Explore(double size, double precision, double limit)
    {
        const int Searches = 200;
        int covered = 0; double sum = 0, squares = 0, cost = 0, maxCost = 0; int imprecise = 0, found = 0; double width = 0;
        double root = size;
        if (limit < 1)
        {
            double lo = 10, hi = 10000;
            for (int i = 0; i < 100; i++) { double m = 0.5 * (lo + hi); if (limit * CurveAnalysis.NormalPower(m, size) < 0.8) { lo = m; } else { hi = m; } }
            root = lo;
        }
        for (int s = 0; s < Searches; s++)
        {
            SampleSizeResult r = SampleSize.Find(
                CurveAnalysis.Trial(new CurveAnalysis(n => limit * CurveAnalysis.NormalPower(n, size))), new SampleSizeQuery { Precision = precision, Seed = (ulong)s, Multiple = 2, Minimum = 10 });
            if (r.Status == PowerSearchStatus.Found) { found++; }
            covered += r.Lower <= root && root <= r.Upper ? 1 : 0;
            double e = (r.Crossing / root) - 1;
            sum += e; squares += e * e; cost += r.Cost; maxCost = Math.Max(maxCost, r.Cost); imprecise += r.IsPrecise ? 0 : 1;
            width += (r.Upper - r.Lower) / 2 / r.Crossing;
            if (s < 2) { foreach (SimulatedPower t in r.Tried) { TestContext.Out.WriteLine(t); } }
        }
        TestContext.Out.WriteLine(FormattableString.Invariant($"root {root} found {found} covered {covered} bias {sum / Searches} sd {Math.Sqrt(squares / Searches)} half {width / Searches} cost {cost / Searches} max {maxCost} imprecise {imprecise}"));
    }
}
