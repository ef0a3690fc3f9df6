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
internal static class BlockRunner
{
    internal static TWorker Run<TWorker>(
        int count,
        int blockSize,
        int? parallelism,
        Func<TWorker> createWorker,
        Action<int>? completed,
        CancellationToken cancellation)
        where TWorker : class, IBlockWorker<TWorker>
    {
        int blocks = ((count - 1) / blockSize) + 1;
        int threads = Math.Min(parallelism ?? Environment.ProcessorCount, blocks);
        var workers = new TWorker[threads];
        int nextBlock = 0;
        int done = 0;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        CancellationToken token = stop.Token;

        void Work(int thread)
        {
            try
            {
                TWorker worker = createWorker();
                workers[thread] = worker;
                for (int block = Interlocked.Increment(ref nextBlock) - 1; block < blocks;
                    block = Interlocked.Increment(ref nextBlock) - 1)
                {
                    int start = block * blockSize;
                    int end = Math.Min(count, start + blockSize);
                    for (int index = start; index < end; index++)
                    {
                        if (token.IsCancellationRequested)
                        {
                            return;
                        }

                        worker.Run(index, token);
                    }

                    int total = Interlocked.Add(ref done, end - start);
                    completed?.Invoke(total);
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

        if (threads == 1)
        {
            Work(0);
        }
        else
        {
            RunOnThreads(threads, Work);
        }

        cancellation.ThrowIfCancellationRequested();
        TWorker first = workers[0];
        for (int i = 1; i < threads; i++)
        {
            first.Merge(workers[i]);
        }

        return first;
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
