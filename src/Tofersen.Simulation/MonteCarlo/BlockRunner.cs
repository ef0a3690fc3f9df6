namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A worker of a parallel run: it does numbered pieces of work and keeps a tally of its own.</summary>
internal interface IBlockWorker<TSelf>
{
    /// <summary>Does one piece of work.</summary>
    void Run(int index, CancellationToken cancellation);

    /// <summary>Takes over another worker's tally; exact, so that the order does not matter.</summary>
    void Merge(TSelf other);
}

/// <summary>The one place that runs work in parallel.</summary>
/// <remarks>Threads take blocks of work from a common counter. Each has its own worker, and the workers' tallies are exact sums and
/// counts, so their total has the same bits for any number of threads and any block size.</remarks>
internal sealed class BlockRunner<TWorker>(int threads, Func<TWorker> createWorker)
    where TWorker : class
{
    private readonly TWorker?[] _workers = new TWorker?[threads];

    /// <summary>The workers that have been made so far; each stays with its tally from one call to the next.</summary>
    internal IEnumerable<TWorker> Workers => _workers.OfType<TWorker>();

    /// <summary>Does blocks of work; a thread that fails stops the others, and its exception is thrown here.</summary>
    /// <param name="blocks">Number of blocks.</param>
    /// <param name="work">Does one block; it should look at the token and may return early once that is set.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    internal void Run(int blocks, Action<TWorker, int, CancellationToken> work, CancellationToken cancellation)
    {
        int nextBlock = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        CancellationToken token = stop.Token;

        void Work(int thread)
        {
            try
            {
                TWorker worker = _workers[thread] ??= createWorker();
                for (int block = Interlocked.Increment(ref nextBlock) - 1; block < blocks && !token.IsCancellationRequested;
                    block = Interlocked.Increment(ref nextBlock) - 1)
                {
                    work(worker, block, token);
                }
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                // Told of below where the caller cancelled; otherwise another thread's failure is the one to tell of.
            }
            catch
            {
                stop.Cancel();
                throw;
            }
        }

        int needed = Math.Min(threads, blocks);
        if (needed == 1)
        {
            Work(0);
        }
        else if (needed > 1)
        {
            RunOnThreads(needed, Work);
        }

        cancellation.ThrowIfCancellationRequested();
    }

    private static void RunOnThreads(int threads, Action<int> work)
    {
        Task[] tasks = [.. Enumerable.Range(0, threads).Select(t => Task.Factory.StartNew(
            () => work(t), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        try
        {
            Task.WaitAll(tasks);
        }
        catch (AggregateException failures)
        {
            // One failure stops the others, so the first is the one to tell of.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures.Flatten().InnerExceptions[0]);
        }
    }
}

/// <summary>Ranges of numbered pieces of work, one after another, and their total.</summary>
internal static class BlockRunner
{
    /// <summary>Number of threads: what was asked for, or as many as processors.</summary>
    internal static int Threads(int? parallelism) => parallelism ?? Environment.ProcessorCount;

    /// <summary>Does the pieces of work from one number up to another, which is not done, in blocks.</summary>
    /// <param name="runner">The threads.</param>
    /// <param name="from">First piece.</param>
    /// <param name="to">End.</param>
    /// <param name="blockSize">Pieces a block.</param>
    /// <param name="completed">Told after each block how many are done, all of those before <paramref name="from"/> included.</param>
    /// <param name="cancellation">Ends the run early.</param>
    internal static void RunRange<TWorker>(
        this BlockRunner<TWorker> runner, int from, int to, int blockSize, Action<int>? completed, CancellationToken cancellation)
        where TWorker : class, IBlockWorker<TWorker>
    {
        int done = from;
        runner.Run(
            ((to - from - 1) / blockSize) + 1,
            (worker, block, token) =>
            {
                int start = from + (block * blockSize);
                int end = Math.Min(to, start + blockSize);
                for (int index = start; index < end; index++)
                {
                    if (token.IsCancellationRequested)
                    {
                        return;
                    }

                    worker.Run(index, token);
                }

                completed?.Invoke(Interlocked.Add(ref done, end - start));
            },
            cancellation);
    }

    /// <summary>Adds up the workers' tallies: the first worker takes over those of the others.</summary>
    internal static TWorker Total<TWorker>(this BlockRunner<TWorker> runner)
        where TWorker : class, IBlockWorker<TWorker>
    {
        TWorker first = runner.Workers.First();
        foreach (TWorker worker in runner.Workers.Skip(1))
        {
            first.Merge(worker);
        }

        return first;
    }
}
