using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Reporting;

/// <summary>How far a planned study has come, as JSON.</summary>
public static class StudyReport
{
    /// <summary>The plan and its blocks as one JSON document.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="status">Which blocks are there.</param>
    /// <param name="shards">Number of shards, of which the unfinished are named; at least 1.</param>
    /// <returns>Indented JSON, ending with a line feed.</returns>
    public static string ToJson(StudyPlan plan, StudyStatus status, int shards)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(status);
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        return JsonText.OfObject(json =>
        {
            json.WriteString("scenario", plan.Scenario.Name);
            json.WriteNumber("seed", plan.Options.Seed);
            json.WriteNumber("replicates", plan.Options.Replicates);
            json.WriteString("plan", plan.Hash);
            json.WriteNumber("blocks", status.Blocks);
            json.WriteNumber("finished", status.Finished);
            json.WriteBoolean("complete", status.IsComplete);
            Write("missing", status.Missing);
            Write("damaged", status.Damaged);
            json.WriteNumber("shards", shards);
            Write("unfinishedShards", UnfinishedShards(status, shards));

            void Write(string name, ValueList<int> numbers)
            {
                json.WriteStartArray(name);
                foreach (int number in numbers)
                {
                    json.WriteNumberValue(number);
                }

                json.WriteEndArray();
            }
        });
    }

    /// <summary>The shards that have blocks which are not finished, from 1.</summary>
    /// <param name="status">Which blocks are there.</param>
    /// <param name="shards">Number of shards, at least 1.</param>
    /// <returns>Numbers of the shards, rising.</returns>
    public static ValueList<int> UnfinishedShards(StudyStatus status, int shards)
    {
        ArgumentNullException.ThrowIfNull(status);
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        return [.. status.Missing.Concat(status.Damaged).Select(block => (block % shards) + 1).Distinct().Order()];
    }
}
