using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>Any covariance matrix; θ are the entries of the upper triangle by rows.</summary>
internal sealed class UnstructuredCovariance(int visits) : CovarianceModel(visits)
{
    internal override int Parameters => Visits * (Visits + 1) / 2;

    internal override bool IsLinear => true;

    internal override void FillCovariance(ReadOnlySpan<double> theta, Span<double> sigma)
    {
        int entry = 0;
        for (int a = 0; a < Visits; a++)
        {
            for (int b = a; b < Visits; b++, entry++)
            {
                sigma[(a * Stride) + b] = theta[entry];
                sigma[(b * Stride) + a] = theta[entry];
            }
        }
    }

    internal override void FillDerivatives(ReadOnlySpan<double> theta, Span<double> derivatives)
    {
        int size = Visits * Stride;
        derivatives[..(Parameters * size)].Clear();
        int entry = 0;
        for (int a = 0; a < Visits; a++)
        {
            for (int b = a; b < Visits; b++, entry++)
            {
                derivatives[(entry * size) + (a * Stride) + b] = 1;
                derivatives[(entry * size) + (b * Stride) + a] = 1;
            }
        }
    }

    internal override void FillSecondDerivative(ReadOnlySpan<double> theta, int k, int l, Span<double> second) => second.Clear();

    /// <remarks>Correlations shrink towards none until the matrix is safely positive definite.</remarks>
    internal override void FillStart(ReadOnlySpan<double> sigma, Span<double> theta)
    {
        Span<double> trial = stackalloc double[Visits * Stride];
        double keep = 1;
        for (int round = 0; ; round++)
        {
            int entry = 0;
            for (int a = 0; a < Visits; a++)
            {
                for (int b = a; b < Visits; b++, entry++)
                {
                    theta[entry] = sigma[(a * Stride) + b] * (a == b ? 1 : keep);
                }
            }

            trial.Clear();
            FillCovariance(theta, trial);
            if (round == 60 || SymmetricKernels.Factor(trial, Visits, 1e-6))
            {
                return;
            }

            keep *= round == 0 ? 0.98 : 0.9;
        }
    }
}
