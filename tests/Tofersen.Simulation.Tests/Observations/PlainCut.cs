using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Tests.Observations;

/// <summary>Data on a day of the calendar, participant by participant from records: slow and plain.</summary>
internal static class PlainCut
{
    /// <summary>The trial of some participants as it stands on a day.</summary>
    internal static TrialData Of(TrialData whole, int[] kept, double day)
    {
        TrialData data = TrialData.FromRecords(
            whole.Layout with { Participants = kept.Length }, [.. kept.Select(p => Record(whole, p, day))]);
        data.CutMonths = day;
        return data;
    }

    private static ParticipantRecord Record(TrialData whole, int p, double day)
    {
        int visits = whole.Visits;
        bool isCut = whole.EntryMonths[p] + whole.FollowUpMonths[p] > day;
        double end = isCut ? day - whole.EntryMonths[p] : whole.FollowUpMonths[p];
        double[] months = [.. whole.VisitMonths.Slice(p * visits, visits)];
        double[] Seen(ReadOnlySpan<double> scores) =>
            [.. scores.Slice(p * visits, visits).ToArray().Select((s, v) => whole.EntryMonths[p] + months[v] <= day ? s : double.NaN)];
        double[][] endpoints = [.. Enumerable.Range(0, whole.Layout.Endpoints.Count).Select(e => Seen(whole.OnEndpoint(e).Scores))];
        double? Before(double months) => months < end || (!isCut && !double.IsNaN(months)) ? months : null;
        return new ParticipantRecord
        {
            Arm = whole.Arms[p],
            Stratum = whole.Strata[p],
            Scores = [.. Seen(whole.Scores)],
            VisitMonths = [.. months],
            Covariates = [.. Enumerable.Range(0, whole.Layout.Covariates.Count).Select(c => whole.Covariate(c)[p])],
            Endpoints = [.. endpoints.Select(e => ValueList.Create<double>(e))],
            FollowUpMonths = end,
            FollowUpEnd = isCut ? EventKind.Completed : whole.FollowUpEnds[p],
            PhenoconversionMonths = whole.EntryMonths[p] + whole.PhenoconversionMonths[p] <= day ? whole.PhenoconversionMonths[p] : null,
            EntryMonths = whole.EntryMonths[p],
            TreatmentStopMonths = Before(whole.TreatmentStopMonths[p]),
            RescueMonths = Before(whole.RescueMonths[p]),
            Exposure =
            [
                .. whole.Exposure(p).ToArray().Where(i => i.StartMonths < end)
                    .Select(i => i with { StopMonths = Math.Min(i.StopMonths, end) }),
            ],
        };
    }
}
