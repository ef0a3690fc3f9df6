namespace Tofersen.Simulation.Tool;

/// <summary>The Slurm job script of a plan: an array of which each task runs a shard.</summary>
/// <remarks>A task may be killed, requeued, or run twice: it does what is not there yet.</remarks>
internal static class ArrayScript
{
    /// <summary>Writes the script and the folder for its logs.</summary>
    /// <returns>Path of the script.</returns>
    internal static string Write(string folder, string scenario, int shards)
    {
        string plan = Path.GetFullPath(folder);
        Directory.CreateDirectory(Path.Combine(plan, "logs"));
        string path = Path.Combine(folder, "array.sbatch");
        File.WriteAllText(path, Text(plan, scenario, shards).ReplaceLineEndings("\n"));
        return path;
    }

    private static string Text(string plan, string scenario, int shards) => FormattableString.Invariant(
        $$"""
        #!/bin/bash
        # Runs the plan of '{{OneLine(scenario)}}' in this folder: task i of the array does shard i of {{shards}}.
        # A task that is killed or requeued goes on where it was. TOFERSEN_SIM names the program where it is not on the path,
        # TOFERSEN_PLAN the folder where it has been moved. Only the shards that 'tofersen-sim status --shards {{shards}}' names
        # need to be run again: sbatch --array=3,5 array.sbatch
        #SBATCH --job-name=tofersen-sim
        #SBATCH --array=1-{{shards}}
        #SBATCH --cpus-per-task=1
        #SBATCH --requeue
        #SBATCH --open-mode=append
        #SBATCH --output="{{ForSlurm(plan)}}/logs/%A_%a.log"
        set -euo pipefail
        plan={{Quoted(plan)}}
        exec "${TOFERSEN_SIM:-tofersen-sim}" run "${TOFERSEN_PLAN:-$plan}" \
          --shard "${SLURM_ARRAY_TASK_ID}/{{shards}}" --parallelism "${SLURM_CPUS_PER_TASK:-1}"

        """);

    // sbatch reads backslashes in double quotes as escapes, and % as the beginning of names of its own.
    private static string ForSlurm(string path) => path
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("%", "%%", StringComparison.Ordinal);

    /// <summary>A path as a shell takes it: in quotes where it holds more than letters, digits and a few harmless signs.</summary>
    internal static string ForShell(string path) =>
        path.All(c => char.IsAsciiLetterOrDigit(c) || "/._-+:\\".Contains(c, StringComparison.Ordinal)) && path.Length > 0 ? path : Quoted(path);

    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
