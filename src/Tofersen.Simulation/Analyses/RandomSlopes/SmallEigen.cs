namespace Tofersen.Simulation.Analyses.RandomSlopes;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix of up to three rows, by Jacobi's rotations.</summary>
internal sealed class SmallEigen
{
    private const int Size = 3;
    private const int Sweeps = 30;

    private readonly double[] _matrix = new double[Size * Size];
    private readonly double[] _vectors = new double[Size * Size];

    /// <summary>Rows of the matrix.</summary>
    internal int Order { get; private set; }

    internal double Largest { get; private set; }

    internal double Value(int index) => _matrix[(index * Size) + index];

    /// <summary>Entry of an eigenvector.</summary>
    internal double Vector(int row, int index) => _vectors[(row * Size) + index];

    /// <summary>Decomposes the leading part of a matrix of three rows; its other entries are not looked at.</summary>
    internal void Decompose(ReadOnlySpan<double> matrix, int order)
    {
        Order = order;
        matrix.CopyTo(_matrix);
        _vectors.AsSpan().Clear();
        for (int i = 0; i < order; i++)
        {
            _vectors[(i * Size) + i] = 1;
        }

        bool rotated = true;
        for (int sweep = 0; sweep < Sweeps && rotated; sweep++)
        {
            rotated = false;
            for (int i = 0; i < order; i++)
            {
                for (int j = i + 1; j < order; j++)
                {
                    rotated |= Rotate(i, j);
                }
            }
        }

        Largest = 0;
        for (int i = 0; i < order; i++)
        {
            Largest = Math.Max(Largest, Math.Abs(Value(i)));
        }
    }

    /// <summary>v′M⁻¹v; where the matrix is flat or falls along an eigenvector, that direction is left out if the vector has nothing
    /// there, and the form is infinite otherwise.</summary>
    /// <param name="vector">The vector, of natural size about 1.</param>
    internal double InverseForm(ReadOnlySpan<double> vector)
    {
        const double Nothing = 1e-8;
        double sum = 0;
        for (int i = 0; i < Order; i++)
        {
            double along = Along(vector, i);
            if (!IsFlat(i))
            {
                sum += along * along / Value(i);
            }
            else if (Math.Abs(along) > Nothing)
            {
                return double.PositiveInfinity;
            }
        }

        return sum;
    }

    /// <summary>Whether an eigenvalue is zero but for rounding, or negative.</summary>
    internal bool IsFlat(int index) => !(Value(index) > 1e-10 * Largest);

    /// <summary>Component of a vector along an eigenvector.</summary>
    internal double Along(ReadOnlySpan<double> vector, int index)
    {
        double sum = 0;
        for (int row = 0; row < Order; row++)
        {
            sum += vector[row] * Vector(row, index);
        }

        return sum;
    }

    private bool Rotate(int i, int j)
    {
        double off = _matrix[(i * Size) + j];
        double first = Value(i);
        double second = Value(j);
        if (Math.Abs(off) <= 1e-17 * Math.Sqrt(Math.Abs(first * second)) || off == 0)
        {
            return false;
        }

        double half = (second - first) / (2 * off);
        double tangent = Math.CopySign(1, half) / (Math.Abs(half) + Math.Sqrt((half * half) + 1));
        double cosine = 1 / Math.Sqrt((tangent * tangent) + 1);
        double sine = tangent * cosine;
        for (int k = 0; k < Order; k++)
        {
            if (k != i && k != j)
            {
                double left = _matrix[(k * Size) + i];
                double right = _matrix[(k * Size) + j];
                _matrix[(k * Size) + i] = _matrix[(i * Size) + k] = (cosine * left) - (sine * right);
                _matrix[(k * Size) + j] = _matrix[(j * Size) + k] = (sine * left) + (cosine * right);
            }

            double vi = Vector(k, i);
            double vj = Vector(k, j);
            _vectors[(k * Size) + i] = (cosine * vi) - (sine * vj);
            _vectors[(k * Size) + j] = (sine * vi) + (cosine * vj);
        }

        _matrix[(i * Size) + i] = first - (tangent * off);
        _matrix[(j * Size) + j] = second + (tangent * off);
        _matrix[(i * Size) + j] = _matrix[(j * Size) + i] = 0;
        return true;
    }
}
