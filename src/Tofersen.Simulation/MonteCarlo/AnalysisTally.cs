using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Counts and sums of one analysis over replicates.</summary>
internal sealed class AnalysisTally(double alpha, double trueValue)
{
    private readonly ExactSum _estimates = new();
    private readonly ExactSum _estimateSquares = new();
    private readonly ExactSum _variances = new();
    private readonly ExactSum _squaredErrors = new();

    internal int Planned { get; private set; }

    internal int Usable { get; private set; }

    internal int NotEstimable { get; private set; }

    internal int NotConverged { get; private set; }

    internal int Boundary { get; private set; }

    internal int Rejected { get; private set; }

    internal int Covered { get; private set; }

    internal double EstimateSum => _estimates.ToDouble();

    internal double EstimateSquareSum => _estimateSquares.ToDouble();

    internal double VarianceSum => _variances.ToDouble();

    internal double SquaredErrorSum => _squaredErrors.ToDouble();

    internal void Add(in AnalysisResult result)
    {
        Planned++;

        // An analysis that says it has numbers and has none has failed, whatever it says.
        bool hasNumbers = double.IsFinite(result.Estimate) && double.IsFinite(result.StandardError) && !double.IsNaN(result.PValue);
        switch (result.IsUsable && !hasNumbers ? AnalysisStatus.NotEstimable : result.Status)
        {
            case AnalysisStatus.NotEstimable:
                NotEstimable++;
                return;
            case AnalysisStatus.NotConverged:
                NotConverged++;
                return;
            case AnalysisStatus.Boundary:
                Boundary++;
                break;
        }

        Usable++;
        Rejected += result.PValue < alpha ? 1 : 0;
        _estimates.Add(result.Estimate);
        _estimateSquares.Add(result.Estimate * result.Estimate);
        _variances.Add(result.StandardError * result.StandardError);
        if (!double.IsNaN(trueValue))
        {
            double error = result.Estimate - trueValue;
            _squaredErrors.Add(error * error);
            Covered += result.Lower <= trueValue && trueValue <= result.Upper ? 1 : 0;
        }
    }

    internal void Merge(AnalysisTally other)
    {
        Planned += other.Planned;
        Usable += other.Usable;
        NotEstimable += other.NotEstimable;
        NotConverged += other.NotConverged;
        Boundary += other.Boundary;
        Rejected += other.Rejected;
        Covered += other.Covered;
        _estimates.Add(other._estimates);
        _estimateSquares.Add(other._estimateSquares);
        _variances.Add(other._variances);
        _squaredErrors.Add(other._squaredErrors);
    }
}
