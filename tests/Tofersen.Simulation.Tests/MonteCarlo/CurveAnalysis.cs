using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>An analysis that rejects with a probability that is known: a power curve without an error of its own. It draws from the trial's
/// streams and looks at nothing but the number of participants.</summary>
internal sealed class CurveAnalysis(Func<int, double> power) : IAnalysis, IAnalysisWorker
{
    public string Name => "curve";

    public double Alpha => 0.05;

    /// <summary>The power of a test whose statistic is normal with mean δ √n, which is 0.8 at a number of participants.</summary>
    internal static CurveAnalysis NormalTest(double participants) => new(n => NormalPower(n, participants));

    internal static double NormalPower(double n, double participants) =>
        Normal.CDF(0, 1, (2.8015852182 * Math.Sqrt(n / participants)) - 1.9599639845);

    /// <summary>A trial that costs next to nothing to simulate, with an analysis.</summary>
    internal static Scenario Trial(IAnalysis analysis) => TestScenarios.Bare with
    {
        Population = TestStrata.Population(TestScenarios.Alike),
        Design = new ParallelGroup { Participants = 100, VisitWeeks = [0, 1] },
        Analyses = [analysis],
    };

    public IAnalysisWorker CreateWorker(TrialLayout layout) => this;

    public AnalysisResult Run(TrialData data)
    {
        TrialRandom random = data.Streams!.Value.Open(0, DrawPurpose.Imputation);
        return new AnalysisResult
        {
            Status = AnalysisStatus.Converged,
            PValue = random.NextUniform() < power(data.Participants) ? 0 : 1,
        };
    }
}
