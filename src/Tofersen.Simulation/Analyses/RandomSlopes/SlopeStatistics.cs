using System.Diagnostics;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.RandomSlopes;

/// <summary>What the likelihood of a random-slope model needs to know of the data.</summary>
/// <remarks>
/// <para>The rows of a participant, Zᵢ = (1, t), are rotated by Zᵢ = QᵢRᵢ with Rᵢ upper triangular, 2 × 2. Of each column x of X and
/// of the response remain Qᵢ′x, two numbers, and what lies outside the span of Zᵢ, which the random effects do not touch. A column
/// that is constant within participants, or constant times t, has nothing outside. A participant at one time has a second row of
/// zeros.</para>
/// <para>Time is centred and scaled to standard deviation 1 over all rows, which changes neither the model nor its boundary. X is
/// then orthogonalised and the response replaced by its least-squares residuals, so that neither units nor origins of covariates
/// cost digits; columns that are aliased, as in R, are left out.</para>
/// <para>Use: <see cref="Reset"/>, <see cref="Add"/> each participant, <see cref="CloseParticipants"/>, write every column,
/// <see cref="Decompose"/>.</para>
/// </remarks>
internal sealed class SlopeStatistics
{
    private readonly int[] _counts;
    private readonly double[] _meanTimes;
    private readonly double[] _timeLengths;
    private readonly double[] _responses;
    private readonly double[] _times;
    private readonly double[] _rowResponses;
    private readonly LinearModel _model;
    private readonly LinearModel? _outside;
    private readonly int[] _kept;
    private readonly double[] _outsideProducts;
    private double _timeSum;
    private double _responseSquares;
    private double _outsideSquares;
    private int _rowsOfRank;

    /// <summary>Sizes the memory.</summary>
    /// <param name="maximumParticipants">Most participants of a trial.</param>
    /// <param name="maximumRows">Most rows of a trial.</param>
    /// <param name="columns">Columns of X.</param>
    /// <param name="hasRowColumns">Whether columns may vary within participants other than by time.</param>
    internal SlopeStatistics(int maximumParticipants, int maximumRows, int columns, bool hasRowColumns)
    {
        int padded = VectorKernels.Padded(maximumParticipants);
        Columns = columns;
        HasRowColumns = hasRowColumns;
        MaximumStride = padded;
        _counts = new int[maximumParticipants];
        _meanTimes = new double[maximumParticipants];
        _timeLengths = new double[maximumParticipants];
        _responses = new double[2 * padded];
        _times = hasRowColumns ? new double[maximumRows] : [];
        _rowResponses = hasRowColumns ? new double[maximumRows] : [];
        Root11 = new double[padded];
        Root12 = new double[padded];
        Root22 = new double[padded];
        _model = new LinearModel((2 * padded) + (hasRowColumns ? maximumRows : 0), columns);
        _outside = hasRowColumns ? new LinearModel(maximumRows, columns) : null;
        _kept = new int[columns];
        _outsideProducts = new double[(columns + 1) * (columns + 1)];
    }

    internal int Columns { get; }

    internal bool HasRowColumns { get; }

    internal int MaximumStride { get; }

    internal int Participants { get; private set; }

    internal int Rows { get; private set; }

    /// <summary>Participants rounded up to whole vectors; what is beyond them is zero.</summary>
    internal int Stride { get; private set; }

    /// <summary>Columns of X that are not aliased.</summary>
    internal int Rank => _model.Rank;

    internal double TimeCentre { get; private set; }

    internal double TimeScale { get; private set; }

    /// <summary>Residual squares within participants after the columns that vary there, and the degrees of freedom left.</summary>
    internal double WithinSquares { get; private set; }

    internal int WithinDegreesOfFreedom { get; private set; }

    /// <summary>Whether the residual variance can be told from zero.</summary>
    internal bool HasResidualVariation => WithinDegreesOfFreedom > 0 && WithinSquares > 1e-26 * _responseSquares;

    /// <summary>Entries of the triangles Rᵢ, for centred and scaled time.</summary>
    internal double[] Root11 { get; }

    internal double[] Root12 { get; }

    internal double[] Root22 { get; }

    internal void Reset()
    {
        Participants = 0;
        Rows = 0;
        _timeSum = 0;
        _responseSquares = 0;
        _outsideSquares = 0;
        _rowsOfRank = 0;
    }

    /// <summary>Takes in the rows of a participant, at least one.</summary>
    internal void Add(ReadOnlySpan<double> times, ReadOnlySpan<double> responses)
    {
        Debug.Assert(times.Length > 0 && times.Length == responses.Length, "A participant has rows.");
        int n = times.Length;
        double timeSum = 0;
        double timeSquares = 0;
        double responseSum = 0;
        for (int i = 0; i < n; i++)
        {
            timeSum += times[i];
            timeSquares += times[i] * times[i];
            responseSum += responses[i];
            _responseSquares += responses[i] * responses[i];
        }

        double meanTime = timeSum / n;
        double meanResponse = responseSum / n;
        double squares = 0;
        double products = 0;
        for (int i = 0; i < n; i++)
        {
            double centred = times[i] - meanTime;
            squares += centred * centred;
            products += centred * (responses[i] - meanResponse);
        }

        // Equal times leave nothing but rounding.
        bool hasSlope = squares > 1e-26 * timeSquares;
        double slope = hasSlope ? products / squares : 0;
        for (int i = 0; i < n; i++)
        {
            double residual = responses[i] - meanResponse - (slope * (times[i] - meanTime));
            _outsideSquares += residual * residual;
            if (HasRowColumns)
            {
                _times[Rows + i] = times[i];
                _rowResponses[Rows + i] = residual;
            }
        }

        int p = Participants++;
        double length = hasSlope ? Math.Sqrt(squares) : 0;
        _counts[p] = n;
        _meanTimes[p] = meanTime;
        _timeLengths[p] = length;
        Root11[p] = Math.Sqrt(n);
        _responses[p] = Root11[p] * meanResponse;
        _responses[MaximumStride + p] = slope * length;
        _timeSum += timeSum;
        Rows += n;
        _rowsOfRank += hasSlope ? 2 : 1;
    }

    /// <summary>Makes the triangles, once all participants are there.</summary>
    internal void CloseParticipants()
    {
        int n = Participants;
        Stride = VectorKernels.Padded(n);
        TimeCentre = Rows > 0 ? _timeSum / Rows : 0;
        double squares = 0;
        for (int p = 0; p < n; p++)
        {
            double shift = _meanTimes[p] - TimeCentre;
            squares += (_timeLengths[p] * _timeLengths[p]) + (_counts[p] * shift * shift);
        }

        TimeScale = squares > 0 ? Math.Sqrt(squares / Rows) : 1;
        for (int p = 0; p < n; p++)
        {
            Root12[p] = Root11[p] * (_meanTimes[p] - TimeCentre) / TimeScale;
            Root22[p] = _timeLengths[p] / TimeScale;
        }

        int padding = Stride - n;
        Root11.AsSpan(n, padding).Clear();
        Root12.AsSpan(n, padding).Clear();
        Root22.AsSpan(n, padding).Clear();
        _model.Reset((2 * Stride) + (HasRowColumns ? Rows : 0));
        Span<double> response = _model.Response;
        response.Clear();
        _responses.AsSpan(0, n).CopyTo(response);
        _responses.AsSpan(MaximumStride, n).CopyTo(response[Stride..]);
        _outside?.Reset(Rows);
        if (HasRowColumns)
        {
            _rowResponses.AsSpan(0, Rows).CopyTo(response[(2 * Stride)..]);
            _rowResponses.AsSpan(0, Rows).CopyTo(_outside!.Response);
        }
    }

    /// <summary>Writes a column that is constant within participants, or that constant times time.</summary>
    internal void SetConstantColumn(int column, ReadOnlySpan<double> values, bool timesTime)
    {
        Debug.Assert(values.Length == Participants, "One value a participant.");
        Span<double> target = _model.Column(column);
        target.Clear();
        for (int p = 0; p < values.Length; p++)
        {
            target[p] = values[p] * Root11[p] * (timesTime ? _meanTimes[p] : 1);
            target[Stride + p] = timesTime ? values[p] * _timeLengths[p] : 0;
        }

        _outside?.Column(column).Clear();
    }

    /// <summary>Writes a column with a value of its own in every row, in the order in which the rows were added.</summary>
    internal void SetRowColumn(int column, ReadOnlySpan<double> values)
    {
        Debug.Assert(HasRowColumns && values.Length == Rows, "One value a row.");
        Span<double> target = _model.Column(column);
        Span<double> outside = target[(2 * Stride)..];
        target[..(2 * Stride)].Clear();
        int row = 0;
        for (int p = 0; p < Participants; p++)
        {
            ReadOnlySpan<double> x = values.Slice(row, _counts[p]);
            ReadOnlySpan<double> t = _times.AsSpan(row, x.Length);
            double sum = 0;
            foreach (double value in x)
            {
                sum += value;
            }

            double mean = sum / x.Length;
            double products = 0;
            double size = 0;
            for (int i = 0; i < x.Length; i++)
            {
                products += (t[i] - _meanTimes[p]) * (x[i] - mean);
                size += x[i] * x[i];
            }

            double length = _timeLengths[p];
            double slope = length > 0 ? products / (length * length) : 0;
            double left = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double residual = x[i] - mean - (slope * (t[i] - _meanTimes[p]));
                outside[row + i] = residual;
                left += residual * residual;
            }

            // A column within the span of the random effects leaves rounding, which must not pass for information.
            if (left <= 1e-26 * size)
            {
                outside.Slice(row, x.Length).Clear();
            }

            target[p] = Root11[p] * mean;
            target[Stride + p] = slope * length;
            row += x.Length;
        }

        outside[..Rows].CopyTo(_outside!.Column(column));
    }

    /// <summary>Orthogonalises the columns and takes them out of the response.</summary>
    internal void Decompose()
    {
        _model.Fit();
        int kept = 0;
        for (int k = 0; k < Columns; k++)
        {
            if (!_model.IsAliased(k))
            {
                _kept[kept++] = k;
            }
        }

        WithinSquares = _outsideSquares;
        WithinDegreesOfFreedom = Rows - _rowsOfRank;
        if (_outside is { } outside)
        {
            outside.Fit();
            WithinSquares = outside.ResidualSquares;
            WithinDegreesOfFreedom -= outside.Rank;
            MultiplyOutside();
        }
        else
        {
            _outsideProducts.AsSpan().Clear();
            _outsideProducts[(Rank * (Columns + 1)) + Rank] = _outsideSquares;
        }
    }

    internal bool IsAliased(int column) => _model.IsAliased(column);

    /// <summary>The column of X at a position among those that are kept.</summary>
    internal int Kept(int position) => _kept[position];

    /// <summary>An orthogonalised column in the span of the random effects: first entries of Qᵢ′x, then second ones.</summary>
    internal ReadOnlySpan<double> Inside(int position) => _model.Column(_kept[position])[..(2 * Stride)];

    /// <summary>The response's residuals in the span of the random effects.</summary>
    internal ReadOnlySpan<double> InsideResponse => _model.Response[..(2 * Stride)];

    /// <summary>Products of orthogonalised columns outside the span of the random effects; the rank itself stands for
    /// the response; the second no larger than the first.</summary>
    internal double OutsideProduct(int first, int second) => _outsideProducts[(first * (Columns + 1)) + second];

    /// <summary>Coefficient of an orthogonalised column in the least-squares fit.</summary>
    internal double Projection(int position) => _model.Projection(_kept[position]);

    /// <summary>Entry of the triangle that leads from orthogonalised columns to those of X.</summary>
    internal double Triangle(int row, int column) => _model.Triangle(_kept[row], _kept[column]);

    private void MultiplyOutside()
    {
        for (int j = 0; j <= Rank; j++)
        {
            for (int k = 0; k <= j; k++)
            {
                ReadOnlySpan<double> a = OutsideColumn(j);
                ReadOnlySpan<double> b = OutsideColumn(k);
                double sum = 0;
                for (int i = 0; i < a.Length; i++)
                {
                    sum += a[i] * b[i];
                }

                _outsideProducts[(j * (Columns + 1)) + k] = sum;
            }
        }
    }

    private ReadOnlySpan<double> OutsideColumn(int position) =>
        (position == Rank ? _model.Response : _model.Column(_kept[position]))[(2 * Stride)..];
}
