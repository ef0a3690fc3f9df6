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

    private int _planned;
    private int _usable;
    private int _notEstimable;
    private int _notConverged;
    private int _boundary;
    private int _rejected;
    private int _covered;

    internal int Planned => _planned;

    internal int Usable => _usable;

    internal int NotEstimable => _notEstimable;

    internal int NotConverged => _notConverged;

    internal int Boundary => _boundary;

    internal int Rejected => _rejected;

    internal int Covered => _covered;

    internal double EstimateSum => _estimates.ToDouble();

    internal double EstimateSquareSum => _estimateSquares.ToDouble();

    internal double VarianceSum => _variances.ToDouble();

    internal double SquaredErrorSum => _squaredErrors.ToDouble();

    /// <summary>Counts a result and tells whether the analysis rejects.</summary>
    internal bool Add(in AnalysisResult result)
    {
        _planned++;
        switch (result.IsUsable && !result.HasNumbers ? AnalysisStatus.NotEstimable : result.Status)
        {
            case AnalysisStatus.NotEstimable:
                _notEstimable++;
                return false;
            case AnalysisStatus.NotConverged:
                _notConverged++;
                return false;
            case AnalysisStatus.Boundary:
                _boundary++;
                break;
        }

        bool rejects = result.PValue < alpha;
        _usable++;
        _rejected += rejects ? 1 : 0;
        _estimates.Add(result.Estimate);
        _estimateSquares.Add(result.Estimate * result.Estimate);
        _variances.Add(result.StandardError * result.StandardError);
        if (!double.IsNaN(trueValue))
        {
            double error = result.Estimate - trueValue;
            _squaredErrors.Add(error * error);
            _covered += result.Lower <= trueValue && trueValue <= result.Upper ? 1 : 0;
        }

        return rejects;
    }

    internal void Visit(ITallyVisitor visitor)
    {
        visitor.Visit(ref _planned);
        visitor.Visit(ref _usable);
        visitor.Visit(ref _notEstimable);
        visitor.Visit(ref _notConverged);
        visitor.Visit(ref _boundary);
        visitor.Visit(ref _rejected);
        visitor.Visit(ref _covered);
        visitor.Visit(_estimates);
        visitor.Visit(_estimateSquares);
        visitor.Visit(_variances);
        visitor.Visit(_squaredErrors);
    }

    internal void Merge(AnalysisTally other)
    {
        _planned += other._planned;
        _usable += other._usable;
        _notEstimable += other._notEstimable;
        _notConverged += other._notConverged;
        _boundary += other._boundary;
        _rejected += other._rejected;
        _covered += other._covered;
        _estimates.Add(other._estimates);
        _estimateSquares.Add(other._estimateSquares);
        _variances.Add(other._variances);
        _squaredErrors.Add(other._squaredErrors);
    }
}
