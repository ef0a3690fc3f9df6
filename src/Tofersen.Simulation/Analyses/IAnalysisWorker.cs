using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Applies an <see cref="IAnalysis"/> to one trial after another.</summary>
public interface IAnalysisWorker
{
    /// <summary>Analyses one trial.</summary>
    /// <param name="data">The data; of the shape that the worker was made for, or, at an interim look, with fewer participants than it.</param>
    /// <returns>Estimate, test and status. A fit that fails is a status, not an exception.</returns>
    AnalysisResult Run(TrialData data);
}
