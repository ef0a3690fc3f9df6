// Prints digests of results, or runs stages for callgrind to count; digest.sh and instructions.sh say which program is run how.
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

    default:
        Console.Error.WriteLine("digest | stages | count [STAGE...], the last as a published program under callgrind");
        return 2;
}
