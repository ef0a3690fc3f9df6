using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Finds by simulation how long it is worth following the participants of a trial.</summary>
/// <remarks>
/// <para>The trial is cut at one scheduled visit after another, and the analysis moved there. All trials have the same participants and the same
/// random numbers, so that differences of power are known far better than either power.</para>
/// <para>Longer is not always better. A difference that is kept, but grows no more, as after the switch of a delayed-start trial, stays flat while its variance
/// grows with t²: power falls.</para>
/// </remarks>
public static class FollowUp
{
    private const double Level = 0.05;

    /// <summary>Simulates an analysis at each end of follow-up.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="analysis">Name of the analysis; null where the scenario has one alone.</param>
    /// <param name="fromWeek">First end of follow-up to try. Null for the switch of a delayed-start trial, where it is the placebo-controlled period
    /// alone, and for the first visit after baseline of others.</param>
    /// <param name="options">Replicates at each week, seed, threads; the defaults without true values where null.</param>
    /// <param name="progress">Told from time to time how far the runs have come; called from their threads.</param>
    /// <param name="cancellation">Ends the search early; takes effect within one replicate.</param>
    /// <returns>The power by week, the best one and the longest useful one.</returns>
    /// <exception cref="ArgumentException">There is no such analysis, no visit at which it can be done, or a precision is asked for in place of a
    /// number of replicates.</exception>
    /// <exception cref="ReplicateException">A model or analysis threw; the message names the replicate.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static FollowUpResult Find(
        Scenario scenario,
        string? analysis = null,
        double? fromWeek = null,
        RunOptions? options = null,
        IProgress<RunProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        options ??= new RunOptions { TrueValues = false };
        if (options.Precision is { } precision)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"A precision of {precision} is asked for; weeks are compared on the same replicates, which takes a number of them."),
                nameof(options));
        }

        Scenario alone = NamedAnalysis.Alone(scenario, analysis);
        alone.Validate();
        Scenario[] cuts = Cuts(alone, fromWeek);
        options = options with { CollectCourses = false };
        var logs = new RejectionLog[cuts.Length];
        var results = new OperatingCharacteristics[cuts.Length];
        var parts = new PartsProgress(progress, cuts.Length);
        for (int w = 0; w < cuts.Length; w++)
        {
            logs[w] = new RejectionLog(1, options.Replicates);
            IProgress<RunProgress>? part = parts.Next(FormattableString.Invariant($"to week {cuts[w].Design.EndWeeks}"));
            results[w] = PowerAnalysis.RunComplete(cuts[w], options, part, logs[w], cancellation).Analyses[0];
        }

        int best = Array.FindIndex(results, r => r.Rejected == results.Max(other => other.Rejected));
        return new FollowUpResult
        {
            Scenario = alone,
            Analysis = alone.Analyses[0].Name,
            Seed = options.Seed,
            Replicates = options.Replicates,
            Weeks =
            [
                .. cuts.Select((cut, w) => new FollowUpWeek
                {
                    Week = cut.Design.EndWeeks,
                    IsWithoutExtension = alone.Design is DelayedStart && cut.Design is not DelayedStart,
                    Characteristics = results[w],
                    BestAgainstThis = Compare(logs[best], logs[w]),
                }),
            ],
            BestWeek = cuts[best].Design.EndWeeks,
            LongestUsefulWeek = cuts[LongestUseful(results, logs)].Design.EndWeeks,
            Logs = logs,
        };
    }

    internal static PairedComparison Compare(RejectionLog first, RejectionLog second) => first.Compare(0, second, 0, first.Replicates);

    // The trials that end where the analysis can be done: some need more visits than the first ends of follow-up have.
    private static Scenario[] Cuts(Scenario alone, double? fromWeek)
    {
        double first = fromWeek ?? (alone.Design as DelayedStart)?.SwitchWeeks ?? 0;
        var cuts = new List<Scenario>();
        ArgumentException? problem = null;
        foreach (double week in ShorterTrial.Candidates(alone, alone.Analyses[0].Endpoints).Where(week => week >= first))
        {
            try
            {
                Scenario cut = ShorterTrial.At(alone, week);
                cut.Validate();
                cuts.Add(cut);
            }
            catch (ArgumentException exception)
            {
                problem = exception;
            }
        }

        return cuts.Count > 0
            ? [.. cuts]
            : throw problem ?? new ArgumentException(
                FormattableString.Invariant(
                    $"There is no visit from week {first} on at which '{alone.Analyses[0].Name}' can be done; there are weeks {alone.Design.VisitWeeks}."),
                nameof(fromWeek));
    }

    private static int LongestUseful(OperatingCharacteristics[] results, RejectionLog[] logs)
    {
        double level = Level / Math.Max(1, results.Length * (results.Length - 1) / 2);
        bool IsBeaten(int week) => Enumerable.Range(week + 1, results.Length - week - 1).Any(later =>
        {
            PairedComparison comparison = Compare(logs[later], logs[week]);
            return comparison.Difference > 0 && comparison.PValue < level;
        });
        return Enumerable.Range(0, results.Length).First(week => !IsBeaten(week));
    }
}
