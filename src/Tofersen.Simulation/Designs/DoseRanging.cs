using Tofersen.Simulation.Common;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Designs;

/// <summary>A dose-ranging trial in cohorts: each compares one dose with placebo, and the placebo participants of all cohorts make one
/// arm.</summary>
/// <remarks>
/// <para>The ascending-dose trial of tofersen is one: 20, 40, 60 and 100 mg, 3:1 in each cohort, five doses in twelve weeks. Arms are placebo
/// and then the doses in the order of the cohorts, named as <c>20 mg</c>.</para>
/// <para>Randomisation is in permuted blocks within the cohort, not within strata; which participants of the strata a cohort gets is a
/// matter of chance. Cohorts are drawn from the same population: one that enrolled later differs in nothing else.</para>
/// <para>Doses matter to a treatment effect that knows doses, such as <see cref="DoseToFunction"/>; others act the same in all active
/// arms.</para>
/// </remarks>
public sealed record DoseRanging : TrialDesign
{
    /// <summary>The cohorts, from 1 to 20, in order; their doses differ.</summary>
    public required ValueList<DoseCohort> Cohorts { get; init => field = Checked(value); }

    /// <summary>Weeks on drug from randomisation, above 0, at most 2,000; to the end of follow-up by default. The last dose keeps its
    /// interval: five doses on days 1, 15, 29, 57 and 85 are 16 weeks.</summary>
    public double? TreatmentWeeks { get; init => field = value is { } weeks ? Require.Above(weeks, 0, 2_000) : null; }

    /// <summary>Name of the control arm.</summary>
    public string ControlName { get; init => field = Require.Text(value); } = "Placebo";

    /// <inheritdoc/>
    public override ValueList<Arm> Arms
    {
        get
        {
            double stop = TreatmentWeeks is { } weeks ? StudyTime.MonthsFromWeeks(weeks) : double.PositiveInfinity;
            return
            [
                new Arm(ControlName, []),
                .. Cohorts.Select(c => new Arm(
                    FormattableString.Invariant($"{c.DoseMg} mg"), [new ExposureInterval(0, stop, c.DoseMg)])),
            ];
        }
    }

    /// <summary>Number of participants of each cohort: the weights' shares of all of them, in whole participants.</summary>
    public ValueList<int> CohortSizes
    {
        get
        {
            double total = Cohorts.Sum(c => c.Weight);
            return [.. StratumSizes.FromShares(Participants, [.. Cohorts.Select(c => c.Weight / total)])];
        }
    }

    internal override void Validate()
    {
        base.Validate();
        ValueList<int> sizes = CohortSizes;
        int fewest = Allocation.Active + Allocation.Control;
        for (int c = 0; c < sizes.Count; c++)
        {
            if (sizes[c] < fewest)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"The cohort of {Cohorts[c].DoseMg} mg has {sizes[c]} of {Participants} participants, which at {Allocation} may leave an arm with nobody; at least {fewest} are needed."),
                    nameof(Participants));
            }
        }

        if (Arms.Skip(1).FirstOrDefault(a => a.Name == ControlName) is { } namesake)
        {
            throw new ArgumentException($"Two arms are called '{namesake.Name}'; names must differ.", nameof(ControlName));
        }
    }

    private static ValueList<DoseCohort> Checked(ValueList<DoseCohort>? cohorts)
    {
        ValueList<DoseCohort> list = Require.NotEmpty(cohorts, nameof(Cohorts));
        if (list.Count > 20)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Holds {list.Count} cohorts; must hold from 1 to 20."), nameof(Cohorts));
        }

        IGrouping<double, DoseCohort>? twice = list.GroupBy(c => c.DoseMg).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? list
            : throw new ArgumentException(
                FormattableString.Invariant($"Two cohorts have {twice.Key} mg; doses must differ."), nameof(Cohorts));
    }
}
