namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Says after how many replicates a run ends: all of them, or as many as a precision asks for.</summary>
internal sealed class PrecisionRule(RunOptions options)
{
    private const int Step = 1_000;

    /// <summary>Number of replicates before the first check.</summary>
    internal int First => options.Precision is null ? options.Replicates : Math.Min(Step, options.Replicates);

    /// <summary>Number of replicates before the next check; no more than are done where they are enough.</summary>
    internal int Next(int done, IEnumerable<ReplicateWorker> workers)
    {
        if (options.Precision is not { } precision || done >= options.Replicates)
        {
            return done;
        }

        long[][] rejections = [.. workers.Select(w => w.Tally.Rejections)];
        double enough = 0;
        for (int test = 0; test < rejections[0].Length; test++)
        {
            double power = (rejections.Sum(r => r[test]) + 2.0) / (done + 4);
            enough = Math.Max(enough, power * (1 - power) / (precision * precision));
        }

        return enough <= done ? done : (int)Math.Min(options.Replicates, Step * Math.Ceiling(enough / Step));
    }
}
