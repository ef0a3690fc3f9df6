using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>A trial as tests write it down: an entry a participant in every list.</summary>
internal sealed class PlainTrial
{
    internal double[] VisitWeeks { get; set; } = [0, 28];

    internal string[] StratumNames { get; set; } = ["all"];

    internal byte[] Arms { get; set; } = [];

    /// <summary>Scores by participant and visit; NaN where missing.</summary>
    internal double[][] Scores { get; set; } = [];

    /// <summary>Stratum of each participant; the first where null.</summary>
    internal byte[]? Strata { get; set; }

    /// <summary>Visit times by participant and visit, in months; as scheduled where null.</summary>
    internal double[][]? VisitMonths { get; set; }

    /// <summary>Ends of follow-up in months; the last visit where null.</summary>
    internal double[]? FollowUpMonths { get; set; }

    internal EventKind[]? Ends { get; set; }

    /// <summary>Intervals on drug of each participant; none where null.</summary>
    internal ExposureInterval[][]? Exposure { get; set; }

    internal List<PlainColumn> Columns { get; set; } = [];

    internal int Participants => Arms.Length;

    /// <summary>Times of the scheduled visits, in months.</summary>
    internal double[] ScheduledMonths => [.. VisitWeeks.Select(StudyTime.MonthsFromWeeks)];

    internal static PlainTrial OfChanges(byte[] arms, double[] changes) =>
        new() { Arms = arms, Scores = [.. changes.Select(change => new[] { 0, change })] };

    internal static PlainTrial OfTimes(byte[] arms, double[] months, EventKind[] ends) => new()
    {
        Arms = arms,
        Scores = [.. arms.Select(_ => new double[2])],
        FollowUpMonths = months,
        Ends = ends,
    };

    /// <summary>A copy whose lists are its own, in another order of participants.</summary>
    internal PlainTrial Reordered(int[] order) => new()
    {
        VisitWeeks = VisitWeeks,
        StratumNames = StratumNames,
        Arms = [.. order.Select(p => Arms[p])],
        Scores = [.. order.Select(p => (double[])Scores[p].Clone())],
        Strata = Strata is null ? null : [.. order.Select(p => Strata[p])],
        VisitMonths = VisitMonths is null ? null : [.. order.Select(p => (double[])VisitMonths[p].Clone())],
        FollowUpMonths = FollowUpMonths is null ? null : [.. order.Select(p => FollowUpMonths[p])],
        Ends = Ends is null ? null : [.. order.Select(p => Ends[p])],
        Exposure = Exposure is null ? null : [.. order.Select(p => Exposure[p])],
        Columns = [.. Columns.Select(column => column with { Values = [.. order.Select(p => column.Values[p])] })],
    };

    internal PlainTrial Copy() => Reordered([.. Enumerable.Range(0, Participants)]);

    internal PlainTrial WithArmsSwapped()
    {
        PlainTrial copy = Copy();
        copy.Arms = [.. Arms.Select(arm => (byte)(1 - arm))];
        return copy;
    }

    internal TrialData ToData()
    {
        var layout = new TrialLayout
        {
            Participants = Participants,
            VisitWeeks = [.. VisitWeeks],
            ArmNames = ["control", "active"],
            StratumNames = [.. StratumNames],
            Covariates = [.. Columns.Select(c => new CovariateColumn { Name = c.Name, Levels = [.. c.Levels] })],
        };
        var records = new ParticipantRecord[Participants];
        for (int p = 0; p < records.Length; p++)
        {
            int participant = p;
            records[p] = new ParticipantRecord
            {
                Arm = Arms[p],
                Stratum = Strata?[p] ?? 0,
                Scores = [.. Scores[p]],
                VisitMonths = VisitMonths is null ? null : [.. VisitMonths[p]],
                Covariates = [.. Columns.Select(column => column.Values[participant])],
                FollowUpMonths = FollowUpMonths?[p],
                FollowUpEnd = Ends?[p] ?? EventKind.Completed,
                Exposure = Exposure is null ? [] : [.. Exposure[p]],
            };
        }

        return TrialData.FromRecords(layout, records);
    }
}

/// <summary>A covariate, or a factor where there are levels.</summary>
internal sealed record PlainColumn(string Name, string[] Levels, double[] Values)
{
    /// <summary>A factor from the names of its levels, which are put in alphabetical order.</summary>
    internal static PlainColumn Factor(string name, string[] values)
    {
        string[] levels = [.. values.Distinct().Order(StringComparer.Ordinal)];
        return new PlainColumn(name, levels, [.. values.Select(value => (double)Array.IndexOf(levels, value))]);
    }
}
