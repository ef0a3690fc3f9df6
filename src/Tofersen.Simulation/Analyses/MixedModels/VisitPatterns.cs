using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>The sums of squares and products that a model of repeated measures needs, one set for each pattern of observed visits.
/// </summary>
/// <remarks>
/// <para>A participant has a vector z of baseline values, the same at every visit (a covariate that varies with time has one entry a
/// visit), and a vector y of responses. Within a pattern of observed visits the likelihood depends on the data through Σ zzᵀ, Σ zyᵀ,
/// Σ yyᵀ and the number of participants alone, so that an iteration costs the same for 100 participants and for 100,000.</para>
/// <para>Missing responses are entered as zero and never read.</para>
/// </remarks>
internal sealed class VisitPatterns
{
    private readonly Dictionary<ulong, int> _index;
    private ulong[] _masks;
    private int[] _participants;
    private double[] _products;

    /// <summary>Room for the patterns of a number of participants, up to a limit beyond which it grows.</summary>
    internal VisitPatterns(int visits, int basis, int participants)
    {
        int capacity = (int)Math.Clamp(Math.Min(participants, Math.Pow(2, visits)), 1, 256);
        Visits = visits;
        Basis = basis;
        Stride = VectorKernels.Padded(visits);
        _index = new Dictionary<ulong, int>(capacity);
        _masks = new ulong[capacity];
        _participants = new int[capacity];
        _products = new double[capacity * Size];
    }

    /// <summary>Most visits that a model can have: a pattern is a set of bits.</summary>
    internal const int MaximumVisits = 64;

    internal int Visits { get; }

    /// <summary>Entries of z.</summary>
    internal int Basis { get; }

    /// <summary>Padded number of visits.</summary>
    internal int Stride { get; }

    internal int Count { get; private set; }

    /// <summary>Participants with at least one observed visit.</summary>
    internal int Participants { get; private set; }

    /// <summary>Observed responses.</summary>
    internal int Observations { get; private set; }

    private int Size => (Basis * Basis) + ((Basis + Visits) * Stride);

    internal ulong Mask(int pattern) => _masks[pattern];

    internal int ParticipantsOf(int pattern) => _participants[pattern];

    /// <summary>Σ zzᵀ, Basis × Basis without padding.</summary>
    internal Span<double> ZZ(int pattern) => _products.AsSpan(pattern * Size, Basis * Basis);

    /// <summary>Σ zyᵀ: a padded row of visits for each entry of z.</summary>
    internal Span<double> ZY(int pattern) => _products.AsSpan((pattern * Size) + (Basis * Basis), Basis * Stride);

    /// <summary>Σ yyᵀ: padded rows.</summary>
    internal Span<double> YY(int pattern) =>
        _products.AsSpan((pattern * Size) + (Basis * Basis) + (Basis * Stride), Visits * Stride);

    /// <summary>Fills the variance of the responses at each visit around that visit's mean; 1 where they do not vary.</summary>
    internal void FillVariances(Span<double> variances)
    {
        for (int j = 0; j < Visits; j++)
        {
            double n = 0;
            double sum = 0;
            double squares = 0;
            for (int g = 0; g < Count; g++)
            {
                if ((_masks[g] >> j & 1) != 0)
                {
                    n += _participants[g];
                    sum += ZY(g)[j];
                    squares += YY(g)[(j * Stride) + j];
                }
            }

            double variance = n > 1 ? (squares - (sum * sum / n)) / (n - 1) : 0;
            variances[j] = variance > 1e-12 * squares ? variance : 1;
        }
    }

    internal void Clear()
    {
        _index.Clear();
        Count = 0;
        Participants = 0;
        Observations = 0;
    }

    /// <summary>Adds a participant.</summary>
    /// <param name="z">Baseline values.</param>
    /// <param name="y">Responses, padded, zero where missing.</param>
    /// <param name="mask">Observed visits, bit v for visit v; one without a visit does not count.</param>
    internal void Add(ReadOnlySpan<double> z, ReadOnlySpan<double> y, ulong mask)
    {
        if (mask == 0)
        {
            return;
        }

        int pattern = PatternOf(mask);
        _participants[pattern]++;
        Participants++;
        Observations += System.Numerics.BitOperations.PopCount(mask);
        Span<double> zz = ZZ(pattern);
        for (int u = 0; u < Basis; u++)
        {
            double value = z[u];
            for (int v = 0; v <= u; v++)
            {
                zz[(u * Basis) + v] += value * z[v];
            }
        }

        SymmetricKernels.AddOuter(z, y, ZY(pattern));
        SymmetricKernels.AddOuter(y[..Visits], y, YY(pattern));
    }

    /// <summary>Adds a complete pattern of other data, at visits of its own.</summary>
    /// <param name="other">The data.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="visitOf">Where each visit of the other data goes; −1 for one that nobody has.</param>
    internal void AddPattern(VisitPatterns other, int pattern, ReadOnlySpan<int> visitOf)
    {
        ulong mask = 0;
        for (int j = 0; j < other.Visits; j++)
        {
            mask |= visitOf[j] >= 0 ? (other.Mask(pattern) >> j & 1) << visitOf[j] : 0;
        }

        int target = PatternOf(mask);
        _participants[target] += other.ParticipantsOf(pattern);
        Participants += other.ParticipantsOf(pattern);
        Observations += other.ParticipantsOf(pattern) * System.Numerics.BitOperations.PopCount(mask);
        other.ZZ(pattern).CopyTo(ZZ(target));
        for (int j = 0; j < other.Visits; j++)
        {
            if (visitOf[j] < 0)
            {
                continue;
            }

            for (int u = 0; u < Basis; u++)
            {
                ZY(target)[(u * Stride) + visitOf[j]] = other.ZY(pattern)[(u * other.Stride) + j];
            }

            for (int k = 0; k < other.Visits; k++)
            {
                if (visitOf[k] >= 0)
                {
                    YY(target)[(visitOf[j] * Stride) + visitOf[k]] = other.YY(pattern)[(j * other.Stride) + k];
                }
            }
        }
    }

    /// <summary>Fills the upper triangles of Σ zzᵀ once everybody is in.</summary>
    internal void Complete()
    {
        for (int g = 0; g < Count; g++)
        {
            Span<double> zz = ZZ(g);
            for (int u = 1; u < Basis; u++)
            {
                for (int v = 0; v < u; v++)
                {
                    zz[(v * Basis) + u] = zz[(u * Basis) + v];
                }
            }
        }
    }

    private int PatternOf(ulong mask)
    {
        if (_index.TryGetValue(mask, out int known))
        {
            return known;
        }

        if (Count == _masks.Length)
        {
            Array.Resize(ref _masks, 2 * Count);
            Array.Resize(ref _participants, 2 * Count);
            Array.Resize(ref _products, 2 * Count * Size);
        }

        int pattern = Count++;
        _index.Add(mask, pattern);
        _masks[pattern] = mask;
        _participants[pattern] = 0;
        _products.AsSpan(pattern * Size, Size).Clear();
        return pattern;
    }
}
