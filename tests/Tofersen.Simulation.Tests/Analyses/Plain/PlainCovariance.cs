using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Covariance structures by their definitions, in the parameters of R's mmrm.</summary>
internal sealed class PlainCovariance(CovarianceStructure structure, int visits)
{
    private readonly bool _heterogeneous = structure is CovarianceStructure.HeterogeneousAntedependence
        or CovarianceStructure.HeterogeneousAr1 or CovarianceStructure.HeterogeneousCompoundSymmetry
        or CovarianceStructure.HeterogeneousToeplitz;

    private double Floor => 1.0 / (visits - 1);

    private bool IsCompoundSymmetry =>
        structure is CovarianceStructure.CompoundSymmetry or CovarianceStructure.HeterogeneousCompoundSymmetry;

    private bool HasManyCorrelations => structure is CovarianceStructure.Toeplitz or CovarianceStructure.HeterogeneousToeplitz
        or CovarianceStructure.Antedependence or CovarianceStructure.HeterogeneousAntedependence;

    internal double[,] At(double[] theta)
    {
        var sigma = new double[visits, visits];
        if (structure == CovarianceStructure.Unstructured)
        {
            double[,] l = Lower(theta);
            return PlainMatrix.Times(l, PlainMatrix.Transpose(l));
        }

        int deviations = _heterogeneous ? visits : 1;
        double[] rho = [.. theta.Skip(deviations).Select(Correlation)];
        for (int i = 0; i < visits; i++)
        {
            for (int j = 0; j < visits; j++)
            {
                double scale = Math.Exp(theta[_heterogeneous ? i : 0] + theta[_heterogeneous ? j : 0]);
                sigma[i, j] = i == j ? scale : scale * Between(rho, Math.Min(i, j), Math.Max(i, j));
            }
        }

        return sigma;
    }

    /// <summary>The parameters of a matrix that has the structure.</summary>
    internal double[] Of(double[,] sigma)
    {
        if (structure == CovarianceStructure.Unstructured)
        {
            double[,] l = PlainMatrix.Cholesky(sigma)!;
            return
            [
                .. Enumerable.Range(0, visits).Select(i => Math.Log(l[i, i])),
                .. Enumerable.Range(0, visits).SelectMany(i => Enumerable.Range(0, i).Select(j => l[i, j] / l[i, i])),
            ];
        }

        int correlations = visits == 1 ? 0 : HasManyCorrelations ? visits - 1 : 1;
        bool isToeplitz = structure is CovarianceStructure.Toeplitz or CovarianceStructure.HeterogeneousToeplitz;
        double Rho(int k)
        {
            (int i, int j) = isToeplitz ? (0, k + 1) : (k, k + 1);
            return sigma[i, j] / Math.Sqrt(sigma[i, i] * sigma[j, j]);
        }

        return
        [
            .. Enumerable.Range(0, _heterogeneous ? visits : 1).Select(i => Math.Log(sigma[i, i]) / 2),
            .. Enumerable.Range(0, correlations).Select(k => Parameter(Rho(k))),
        ];
    }

    private double[,] Lower(double[] theta)
    {
        var l = new double[visits, visits];
        int next = visits;
        for (int i = 0; i < visits; i++)
        {
            double scale = Math.Exp(theta[i]);
            for (int j = 0; j < i; j++)
            {
                l[i, j] = scale * theta[next++];
            }

            l[i, i] = scale;
        }

        return l;
    }

    private double Between(double[] rho, int i, int j) => structure switch
    {
        CovarianceStructure.Toeplitz or CovarianceStructure.HeterogeneousToeplitz => rho[j - i - 1],
        CovarianceStructure.Ar1 or CovarianceStructure.HeterogeneousAr1 => Math.Pow(rho[0], j - i),
        CovarianceStructure.Antedependence or CovarianceStructure.HeterogeneousAntedependence =>
            rho[i..j].Aggregate(1.0, (product, r) => product * r),
        _ => rho[0],
    };

    private double Correlation(double eta) =>
        IsCompoundSymmetry ? ((1 + Floor) / (1 + Math.Exp(-eta))) - Floor : eta / Math.Sqrt(1 + (eta * eta));

    private double Parameter(double rho) => IsCompoundSymmetry
        ? Math.Log((rho + Floor) / (1 - rho))
        : rho / Math.Sqrt(1 - (rho * rho));
}
