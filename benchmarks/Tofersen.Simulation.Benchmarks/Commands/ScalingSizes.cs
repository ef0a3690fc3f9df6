namespace Tofersen.Simulation.Benchmarks.Commands;

/// <summary>How far the curves go, and how often each point is measured.</summary>
internal sealed record ScalingSizes
{
    /// <summary>Rounds over all points of a curve.</summary>
    internal required int Rounds { get; init; }

    /// <summary>Least processor time of a measurement, in seconds.</summary>
    internal required double Seconds { get; init; }

    /// <summary>Time to warm up each point, in seconds.</summary>
    internal required double WarmUpSeconds { get; init; }

    internal required int[] Participants { get; init; }

    internal required int[] Replicates { get; init; }

    internal required int[] Visits { get; init; }

    /// <summary>Replicates of a run by threads.</summary>
    internal required int ThreadReplicates { get; init; }

    internal static ScalingSizes ForTheRecord { get; } = new()
    {
        Rounds = 5,
        Seconds = 0.05,
        WarmUpSeconds = 0.3,
        Participants = [108, 250, 500, 1000, 2500, 5000, 10_000],
        Replicates = [1000, 10_000, 100_000, 1_000_000],
        Visits = [4, 8, 12, 20, 40],
        ThreadReplicates = 100_000,
    };

    internal static ScalingSizes Small { get; } = ForTheRecord with
    {
        Rounds = 3,
        Seconds = 0.02,
        WarmUpSeconds = 0.1,
        Participants = [108, 250, 500, 1000],
        Replicates = [1000, 10_000],
        Visits = [4, 8, 12, 20],
        ThreadReplicates = 5000,
    };

    /// <summary>Only shows that everything runs.</summary>
    internal static ScalingSizes Smoke { get; } = Small with
    {
        Rounds = 1,
        Seconds = 0.001,
        WarmUpSeconds = 0,
        Participants = [108, 250],
        Replicates = [100, 200],
        Visits = [4, 8],
        ThreadReplicates = 200,
    };
}
