using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs.Sequential;

namespace Tofersen.Simulation.Scenarios.Sequential;

/// <summary>How a trial is looked at before its end, and may stop: looks with their timing and tests, boundaries, a blinded change of the
/// number of participants.</summary>
/// <remarks>
/// <para>A look has the data up to its cut-off, <see cref="DataLagWeeks"/> before it. Its test is that of the analysis it names, brought to
/// the normal scale by its p value and made one-sided: z is the normal quantile that the two-sided p stands for, positive in favour of treatment. At or
/// above the boundary the trial stops for efficacy, at or below that of futility for futility. The last look is the end of the trial.</para>
/// <para>A look whose analysis gives no numbers decides nothing, and the trial goes on; so does one that has not come up by the end of the
/// trial. Both are counted.</para>
/// <para>Boundaries take the looks' statistics to be correlated as the sums of independent increments are. Where looks test different
/// analyses, or one that does not use all data so, that is not exact, and the simulated type I error rate shows what it comes to.</para>
/// </remarks>
public sealed record SequentialPlan
{
    /// <summary>The boundaries, with as many information fractions as there are looks, the last one at the end of the trial.</summary>
    public required GroupSequentialDesign Boundaries { get; init => field = Require.NotNull(value); }

    /// <summary>The interim looks in order; none for a trial that is tested at its end alone.</summary>
    public ValueList<SequentialLook> Looks { get; init => field = Require.Entries(value); } = [];

    /// <summary>Name of the scenario's analysis that is tested at the end of the trial, and at each look that names no other.</summary>
    public required string Analysis { get; init => field = Require.Text(value); }

    /// <summary>What information is. Boundaries then follow the fractions that actually occur; null, the default, for the planned fractions
    /// whatever happens.</summary>
    public TrialInformation? Information { get; init; }

    /// <summary>Weeks between the data cut-off and a look, in which data come in and are cleaned, from 0 to 520; 0 by default. Enrolment goes
    /// on meanwhile.</summary>
    public double DataLagWeeks { get; init => field = Require.InRange(value, 0, 520); }

    /// <summary>Whether a trial stops at a futility boundary; it does by default. Where not, crossing one is counted and changes nothing; a binding
    /// boundary is always obeyed.</summary>
    public bool ObeysFutility { get; init; } = true;

    /// <summary>A change of the number of participants; null, the default, for none.</summary>
    public BlindedReestimation? Reestimation { get; init; }

    /// <summary>Name of the analysis of a look; of the last one after the interim looks.</summary>
    internal string AnalysisAt(int look) => look < Looks.Count ? Looks[look].Analysis ?? Analysis : Analysis;

    /// <summary>Checks that the plan fits a scenario.</summary>
    /// <exception cref="ArgumentException">It does not; the message names what, and what would.</exception>
    internal void Validate(Scenario scenario)
    {
        string place = "";
        Validate(scenario, ref place);
    }

    /// <summary>Checks that the plan fits a scenario, and tells where in the plan it looks: after an exception, where the fault is.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="place">The part under scrutiny, as in the plan's JSON: <c>.looks[0].analysis</c>; empty for the plan as a whole.</param>
    /// <exception cref="ArgumentException">It does not fit.</exception>
    internal void Validate(Scenario scenario, ref string place)
    {
        place = ".boundaries";
        int fractions = Boundaries.InformationFractions.Count;
        if (fractions != Looks.Count + 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The boundaries have {fractions} information fractions; with {Looks.Count} interim looks and the end of the trial there must be {Looks.Count + 1}."),
                nameof(Boundaries));
        }

        // The boundaries themselves find out whether their properties go together.
        _ = Boundaries.ComputeBoundaries();
        if (Boundaries.IsFutilityBinding && Boundaries.Futility is not null && !ObeysFutility)
        {
            place = ".obeysFutility";
            throw new ArgumentException("A binding futility boundary is always obeyed; make it non-binding.", nameof(ObeysFutility));
        }

        for (int k = 0; k <= Looks.Count; k++)
        {
            place = k < Looks.Count && Looks[k].Analysis is not null ? FormattableString.Invariant($".looks[{k}].analysis") : ".analysis";
            CheckAnalysis(scenario, AnalysisAt(k));
        }

        place = ".information";
        if (Information is VisitInformation { Week: var week })
        {
            scenario.Layout.VisitAt(week);
        }

        CheckTimings(scenario, ref place);
        place = ".reestimation";
        Reestimation?.Validate(scenario, this);
    }

    private static void CheckAnalysis(Scenario scenario, string name)
    {
        if (scenario.Analyses.All(a => a.Name != name))
        {
            string[] names = [.. scenario.Analyses.Select(a => a.Name)];
            throw new ArgumentException(
                scenario.Analyses.Count == 0
                    ? $"There is no analysis '{name}'; the scenario has none."
                    : $"There is no analysis '{name}'; there are {string.Join(", ", names)}.{NearestName.Hint(name, names)}",
                nameof(Analysis));
        }
    }

    private void CheckTimings(Scenario scenario, ref string place)
    {
        double lastWeek = 0;
        bool hasFirstPeriod = false;
        for (int k = 0; k < Looks.Count; k++)
        {
            SequentialLook look = Looks[k];
            place = FormattableString.Invariant($".looks[{k}].timing");
            look.Timing.Validate(scenario, this);
            if (look.Timing is CalendarTiming { Weeks: var weeks })
            {
                lastWeek = weeks > lastWeek
                    ? weeks
                    : throw new ArgumentOutOfRangeException(
                        nameof(Looks),
                        weeks,
                        FormattableString.Invariant($"Looks must be in order: week {weeks} does not come after week {lastWeek}."));
            }
            else if (look.Timing is FirstPeriodTiming)
            {
                hasFirstPeriod = !hasFirstPeriod
                    ? true
                    : throw new ArgumentException("Two looks are at the end of the first period; there is one.", nameof(Looks));
            }
        }
    }
}
