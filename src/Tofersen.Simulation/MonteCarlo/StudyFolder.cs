using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A planned study on disk: the plan and its finished blocks, in a folder that all machines see or that blocks are copied into.</summary>
/// <remarks>
/// <para>Any number of runners may work at once, on any shards, and be killed at any moment: a block is there whole or not at all, and whoever
/// runs a shard again does what is missing. The total has the same bits as one undisturbed run (<see cref="PowerAnalysis.Run"/>), whatever the
/// blocks, shards, threads and order.</para>
/// <para>No clock has a part in it. What is kept in memory does not grow with replicates or blocks.</para>
/// </remarks>
public sealed class StudyFolder
{
    private const string PlanName = "plan.json";

    private readonly string _folder;
    private readonly string _blocks;
    private readonly string _locks;

    private StudyFolder(string folder, StudyPlan plan)
    {
        _folder = folder;
        _blocks = Path.Combine(folder, "blocks");
        _locks = Path.Combine(folder, "locks");
        Plan = plan;
    }

    /// <summary>The plan.</summary>
    public StudyPlan Plan { get; }

    /// <summary>Writes a plan into a folder.</summary>
    /// <param name="folder">A folder that is empty or does not exist.</param>
    /// <param name="plan">The plan.</param>
    /// <returns>The folder, ready for runners.</returns>
    /// <exception cref="StudyPlanException">The folder is not empty.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static StudyFolder Create(string folder, StudyPlan plan)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(plan);
        if (File.Exists(folder))
        {
            throw new StudyPlanException($"'{folder}' is a file; a plan needs an empty folder.");
        }

        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new StudyPlanException(
                File.Exists(Path.Combine(folder, PlanName))
                    ? $"'{folder}' holds a plan already; run it, or plan in another folder."
                    : $"'{folder}' is not empty and holds no whole plan; a plan needs an empty folder.");
        }

        var made = new StudyFolder(folder, plan);
        Directory.CreateDirectory(made._blocks);
        Directory.CreateDirectory(made._locks);

        // Last and by a rename: where there is a plan, it is whole and its folders are there.
        string temporary = Path.Combine(folder, "." + PlanName);
        File.WriteAllText(temporary, plan.ToJson());
        File.Move(temporary, Path.Combine(folder, PlanName));
        return made;
    }

    /// <summary>Opens a folder that a plan was written into.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The folder with its plan.</returns>
    /// <exception cref="StudyPlanException">It holds no plan, one of another version of the library, or one that was changed.</exception>
    public static StudyFolder Open(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        string path = Path.Combine(folder, PlanName);
        return File.Exists(path)
            ? new StudyFolder(folder, StudyPlan.FromJson(File.ReadAllText(path), folder))
            : throw new StudyPlanException($"There is no plan in '{folder}': it has no {PlanName}.");
    }

    /// <summary>Runs a shard: simulates its blocks that are not there whole, and writes each as it is finished.</summary>
    /// <param name="shard">The share of the work.</param>
    /// <param name="parallelism">Number of threads, from 1 to 1,024; as many as processors where null.</param>
    /// <param name="progress">Told how many of the shard's replicates are done; called from the run's threads.</param>
    /// <param name="cancellation">Ends the run within one replicate; finished blocks stay.</param>
    /// <returns>Number of blocks that were simulated now.</returns>
    /// <exception cref="StudyPlanException">Another runner is at work on the same shard, or the folder holds blocks of another plan.</exception>
    /// <exception cref="BlockLostException">A block could not be written.</exception>
    /// <exception cref="ReplicateException">A model or analysis threw; the message names the replicate.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public int Run(
        Shard shard, int? parallelism = null, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (parallelism is { } asked)
        {
            Require.InRange(asked, 1, 1_024, nameof(parallelism));
        }

        using FileStream runner = Claim(shard);
        string temporaryPrefix = FormattableString.Invariant($".{shard.Index}-of-{shard.Count}-");
        DeleteLeftovers(temporaryPrefix);
        int[] own = [.. shard.BlocksOf(Plan.Blocks)];
        int[] missing = [.. own.Where(b => BlockFile.StateOf(_blocks, Plan, b) != BlockState.Finished)];
        var shares = new ShardProgress(Plan, own, missing, progress);
        (int Block, Exception Why)? lost = null;
        var gate = new Lock();
        var threads = new BlockRunner<ReplicateWorker>(
            Math.Max(1, Math.Min(BlockRunner.Threads(parallelism), missing.Length)), Plan.CreateWorker);
        threads.Run(
            missing.Length,
            (worker, i, token) =>
            {
                lock (gate)
                {
                    if (lost is not null)
                    {
                        return;
                    }
                }

                if (!Simulate(worker, missing[i], token))
                {
                    return;
                }

                try
                {
                    string name = FormattableString.Invariant($"{temporaryPrefix}{BlockFile.NameOf(missing[i])}");
                    BlockFile.Write(_blocks, Plan, missing[i], worker.Tally, name);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    // The other threads finish the blocks that they are at, which may still find room.
                    lock (gate)
                    {
                        lost ??= (missing[i], exception);
                    }

                    return;
                }

                shares.Finished(missing[i], worker.Tally);
            },
            cancellation);
        return lost is { } block
            ? throw new BlockLostException(block.Block, shares.FinishedBlocks, own.Length, block.Why)
            : missing.Length;
    }

    /// <summary>Reads which blocks are there whole.</summary>
    /// <returns>The blocks that are missing or damaged.</returns>
    /// <exception cref="StudyPlanException">The folder holds blocks of another plan.</exception>
    public StudyStatus Status()
    {
        BlockState[] states = [.. Enumerable.Range(0, Plan.Blocks).Select(b => BlockFile.StateOf(_blocks, Plan, b))];
        return StatusOf(states);
    }

    /// <summary>Puts the blocks together.</summary>
    /// <returns>The result, with the same bits as that of one run on one machine.</returns>
    /// <exception cref="StudyPlanException">Blocks are missing or damaged, or belong to another plan.</exception>
    public PowerResult Merge()
    {
        ReplicateTally total = Plan.CreateWorker().Tally;
        BlockState[] states = [.. Enumerable.Range(0, Plan.Blocks).Select(b => BlockFile.AddTo(total, _blocks, Plan, b))];
        StudyStatus status = StatusOf(states);
        return status.IsComplete
            ? PowerResult.From(Plan.Scenario, Plan.Truths, Plan.Options, Plan.Options.Replicates, total)
            : throw new StudyPlanException(FormattableString.Invariant(
                $"{status.Missing.Count + status.Damaged.Count} of {status.Blocks} blocks in '{_folder}' are missing or damaged; run their shards first."));
    }

    private static StudyStatus StatusOf(BlockState[] states) => new()
    {
        Blocks = states.Length,
        Missing = [.. Enumerable.Range(0, states.Length).Where(b => states[b] == BlockState.Missing)],
        Damaged = [.. Enumerable.Range(0, states.Length).Where(b => states[b] == BlockState.Damaged)],
    };

    // Whether the block was finished, and not cut short.
    private bool Simulate(ReplicateWorker worker, int block, CancellationToken token)
    {
        worker.Tally.Visit(new TallyClearer());
        (int from, int to) = Plan.ReplicatesOf(block);
        for (int replicate = from; replicate < to; replicate++)
        {
            if (token.IsCancellationRequested)
            {
                return false;
            }

            worker.Run(replicate, token);
        }

        return true;
    }

    // The system lets go of the lock however the process ends. Where a file system has no locks, two runners do the same work twice, and
    // whichever comes last puts the same bytes in place.
    private FileStream Claim(Shard shard)
    {
        string path = Path.Combine(_locks, FormattableString.Invariant($"{shard.Index}-of-{shard.Count}"));
        try
        {
            Directory.CreateDirectory(_locks);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsLocked(exception))
        {
            throw new StudyPlanException($"Another runner is at work on shard {shard} of '{_folder}'.", exception);
        }
    }

    // The system's own number for a file that somebody else holds: on Windows, Linux and macOS.
    private static bool IsLocked(IOException exception) => exception.HResult is unchecked((int)0x80070020) or 11 or 35;

    // What a runner of this shard that was killed had not finished writing.
    private void DeleteLeftovers(string prefix)
    {
        Directory.CreateDirectory(_blocks);
        foreach (string leftover in Directory.EnumerateFiles(_blocks, prefix + "*"))
        {
            File.Delete(leftover);
        }
    }

    /// <summary>Counts the replicates of a shard's finished blocks.</summary>
    private sealed class ShardProgress
    {
        private readonly StudyPlan _plan;
        private readonly ThrottledProgress _progress;
        private readonly Lock _lock = new();
        private ValueList<RunningPower> _powers;
        private int _blocks;
        private int _replicates;

        internal ShardProgress(StudyPlan plan, int[] own, int[] missing, IProgress<RunProgress>? progress)
        {
            _plan = plan;
            _blocks = own.Length - missing.Length;
            _powers = PowerAnalysis.Running(plan.Scenario, []);
            _progress = new ThrottledProgress(progress, () => _powers) { Planned = own.Sum(Size) };
            _replicates = own.Sum(Size) - missing.Sum(Size);
        }

        internal int FinishedBlocks => Volatile.Read(ref _blocks);

        /// <summary>Counts a block; its powers are those of the blocks of this call.</summary>
        internal void Finished(int block, ReplicateTally tally)
        {
            lock (_lock)
            {
                _powers =
                [
                    .. _powers.Zip(PowerAnalysis.Running(_plan.Scenario, [tally])).Select(p => p.First with
                    {
                        Rejected = p.First.Rejected + p.Second.Rejected,
                        Replicates = p.First.Replicates + p.Second.Replicates,
                    }),
                ];
            }

            Interlocked.Increment(ref _blocks);
            _progress.Report(Interlocked.Add(ref _replicates, Size(block)));
        }

        private int Size(int block)
        {
            (int from, int to) = _plan.ReplicatesOf(block);
            return to - from;
        }
    }
}
