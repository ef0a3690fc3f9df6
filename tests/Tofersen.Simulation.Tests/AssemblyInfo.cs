// Fixtures run beside each other, one more than the usual two processors, since some wait for other programs; those that change what a process has
// once, or whose moments matter, are marked.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]
