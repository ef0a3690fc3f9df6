// Prints digests of results, runs stages for callgrind to count, or one for a sampling profiler to watch; digest.sh, instructions.sh and
// benchmarks/profile.sh say which program is run how.
using System.Diagnostics;
using System.Globalization;
using Tofersen.Simulation.AheadOfTime;

switch (args)
{
    case ["digest"]:
        foreach (string line in Results.Lines())
        {
            Console.WriteLine(line);
        }

        return 0;

    case ["stages"]:
        foreach (Stage stage in Stages.All)
        {
            Console.WriteLine($"{stage.Name},{stage.Operations}");
        }

        return 0;

    case ["count", .. string[] names] when Collector.IsPresent():
        foreach (Stage stage in Stages.All.Where(s => names.Length == 0 || names.Contains(s.Name)))
        {
            Action<int> run = stage.Prepare();

            // What is remembered from one call to the next is there when the counting begins.
            run(stage.Operations);
            Collector.Start();
            run(stage.Operations);
            Collector.Stop(stage.Name);
        }

        return 0;

    case ["profile", string name, string seconds] when Stages.All.FirstOrDefault(s => s.Name == name) is { } stage
        && double.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out double duration):
        Action<int> again = stage.Prepare();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed.TotalSeconds < duration;)
        {
            again(stage.Operations);
        }

        return 0;

    default:
        Console.Error.WriteLine(
            "digest | stages | count [STAGE...] | profile STAGE SECONDS; count as a published program under callgrind");
        return 2;
}
