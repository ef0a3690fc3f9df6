using System.Text;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;

namespace Tofersen.Simulation.Tool;

/// <summary>How far a planned study has come, for people.</summary>
internal static class StudyText
{
    internal static string Describe(StudyPlan plan, StudyStatus status, int shards)
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant(
            $"{plan.Scenario.Name}: {plan.Options.Replicates} replicates, seed {plan.Options.Seed}, plan {plan.Hash[..12]}\n"));
        text.Append(FormattableString.Invariant($"{status.Finished} of {status.Blocks} blocks are finished.\n"));
        Append(text, "Missing", status.Missing);
        Append(text, "Damaged", status.Damaged);
        if (!status.IsComplete && shards > 1)
        {
            ValueList<int> unfinished = StudyReport.UnfinishedShards(status, shards);
            text.Append(FormattableString.Invariant(
                $"Shards to run, of {shards}: {Ranges(unfinished)}. On Slurm: sbatch --array={Ranges(unfinished).Replace(" ", "", StringComparison.Ordinal)} array.sbatch\n"));
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string what, ValueList<int> blocks)
    {
        if (blocks.Count > 0)
        {
            text.Append(FormattableString.Invariant($"{what}: {Ranges(blocks)}\n"));
        }
    }

    /// <summary>Rising whole numbers, those in a row as a range: 1, 4-7, 9.</summary>
    internal static string Ranges(ValueList<int> numbers)
    {
        var ranges = new List<string>();
        for (int i = 0; i < numbers.Count;)
        {
            int end = i;
            while (end + 1 < numbers.Count && numbers[end + 1] == numbers[end] + 1)
            {
                end++;
            }

            ranges.Add(end == i
                ? FormattableString.Invariant($"{numbers[i]}")
                : FormattableString.Invariant($"{numbers[i]}-{numbers[end]}"));
            i = end + 1;
        }

        return string.Join(", ", ranges);
    }
}
