namespace Tofersen.Simulation.MonteCarlo;

/// <summary>In how many replicates two analyses of the same trials both reject, for every pair.</summary>
internal sealed class JointRejections(int analyses) : IEquatable<JointRejections>
{
    private readonly long[] _both = new long[analyses * analyses];

    /// <summary>Number of replicates in which both reject.</summary>
    internal long Both(int first, int second) => _both[(Math.Min(first, second) * analyses) + Math.Max(first, second)];

    /// <summary>Counts one replicate.</summary>
    /// <param name="rejects">Whether each analysis rejects.</param>
    internal void Add(ReadOnlySpan<bool> rejects)
    {
        for (int first = 0; first < rejects.Length; first++)
        {
            for (int second = first + 1; rejects[first] && second < rejects.Length; second++)
            {
                _both[(first * analyses) + second] += rejects[second] ? 1 : 0;
            }
        }
    }

    internal void Merge(JointRejections other)
    {
        for (int i = 0; i < _both.Length; i++)
        {
            _both[i] += other._both[i];
        }
    }

    public bool Equals(JointRejections? other) => other is not null && _both.AsSpan().SequenceEqual(other._both);

    public override bool Equals(object? obj) => Equals(obj as JointRejections);

    public override int GetHashCode() => HashCode.Combine(_both.Length, _both.Sum());

    internal void Visit(ITallyVisitor visitor) => visitor.Visit(_both);
}
