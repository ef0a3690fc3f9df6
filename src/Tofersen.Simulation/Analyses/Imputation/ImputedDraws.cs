using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.Imputation;

/// <summary>The draws of all imputations of one trial, kept to be analysed with one delta after another.</summary>
internal sealed class ImputedDraws
{
    private const int Bisections = 100;
    private const double Precision = 1e-9;

    private readonly AncovaWithImputationWorker _worker;
    private readonly AncovaWithImputation _analysis;
    private readonly TrialData _data;
    private readonly AnalysisResult _final;
    private readonly double[] _values = [];
    private readonly double[] _counts = [];
    private readonly double[] _responses = [];

    internal ImputedDraws(AncovaWithImputation analysis, TrialData data)
    {
        (_analysis, _data) = (analysis, data);
        _worker = new AncovaWithImputationWorker(analysis, data.Layout);
        if (!_worker.TryBegin(data, out _final))
        {
            return;
        }

        int missing = _worker.Missing.Length;
        _values = new double[_worker.Imputations * missing];
        _counts = new double[_worker.Imputations * missing];
        _responses = new double[missing];
        for (int k = 0; k < _worker.Imputations; k++)
        {
            _worker.Impute(data, k);
            for (int m = 0; m < missing; m++)
            {
                _values[(k * missing) + m] = _worker.DrawnValue(m);
                _counts[(k * missing) + m] = _worker.DeltaCount(m);
            }
        }
    }

    internal AnalysisResult AtActiveDelta(double delta)
    {
        if (_responses.Length == 0)
        {
            return _final;
        }

        int missing = _responses.Length;
        for (int k = 0; k < _worker.Imputations; k++)
        {
            for (int m = 0; m < missing; m++)
            {
                int cell = (k * missing) + m;
                _responses[m] =
                    _worker.Response(_data, m, _values[cell], _counts[cell], _analysis.Imputation.ControlDelta, delta);
            }

            _worker.AddCompleted(_data, k, _responses);
        }

        return _worker.Pooled(out _);
    }

    /// <summary>Doubles the delta against the effect until it is not significant, then bisects.</summary>
    internal TippingPoint FindTippingPoint(double largestDelta)
    {
        AnalysisResult without = AtActiveDelta(0);
        if (!IsSignificant(without, Math.Sign(without.Estimate)))
        {
            return new TippingPoint(null, without, without);
        }

        int side = Math.Sign(without.Estimate);
        double kept = 0;
        double lost = Math.Min(1, largestDelta);
        AnalysisResult result = AtActiveDelta(-side * lost);
        while (IsSignificant(result, side))
        {
            if (lost >= largestDelta)
            {
                return new TippingPoint(null, without, result);
            }

            kept = lost;
            lost = Math.Min(2 * lost, largestDelta);
            result = AtActiveDelta(-side * lost);
        }

        for (int i = 0; i < Bisections && lost - kept > Precision * lost; i++)
        {
            double middle = (kept + lost) / 2;
            AnalysisResult atMiddle = AtActiveDelta(-side * middle);
            if (IsSignificant(atMiddle, side))
            {
                kept = middle;
            }
            else
            {
                (lost, result) = (middle, atMiddle);
            }
        }

        return new TippingPoint(-side * lost, without, result);
    }

    private bool IsSignificant(AnalysisResult result, int side) =>
        result.IsUsable && result.PValue < _analysis.Alpha && Math.Sign(result.Estimate) == side;
}
