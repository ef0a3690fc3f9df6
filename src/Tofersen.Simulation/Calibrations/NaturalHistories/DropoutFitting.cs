using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Calibrations.NaturalHistories;

/// <summary>Constant hazards of dropout.</summary>
internal static class DropoutFitting
{
    /// <summary>Competing hazards from recorded ends: events over weeks of follow-up, with the standard error √d/E. The end of the trial and of
    /// its first period censor.</summary>
    internal static ValueList<DropoutFit> FromFollowUp(FollowUp[] followUps)
    {
        double weeks = StudyTime.WeeksFromMonths(followUps.Sum(f => f.Months));
        return
        [
            .. followUps
                .Where(f => f.End is >= EventKind.Death and <= EventKind.OtherWithdrawal)
                .GroupBy(f => f.End)
                .OrderBy(group => group.Key)
                .Select(group => new DropoutFit(
                    group.Key,
                    group.Count(),
                    weeks,
                    weeks > 0
                        ? new NaturalHistoryEstimate(group.Count() / weeks, Math.Sqrt(group.Count()) / weeks)
                        : NaturalHistoryEstimate.None)),
        ];
    }

    /// <summary>One hazard from last scores: whoever has none from half a gap before the planned last visit on dropped out after the
    /// last one and before the next.</summary>
    /// <remarks>A gap is the median of the times between successive scores. With Lᵢ the last score of somebody who dropped out, of whom
    /// there are d, and gᵢ the time from there to the next visit, one gap later but not after the planned last one, the likelihood is
    /// Π exp(−λT) · Π exp(−λLᵢ)(1 − exp(−λgᵢ)); its maximum solves Σ gᵢ/(exp(λgᵢ) − 1) = Σ T + Σ Lᵢ.</remarks>
    internal static DropoutFit FromLastVisits(ParticipantScores[] participants, double plannedMonths)
    {
        double gap = StudyTime.WeeksFromMonths(MedianGap(participants));
        double planned = StudyTime.WeeksFromMonths(plannedMonths);
        double exposure = 0;
        var gaps = new List<double>();
        foreach (ParticipantScores participant in participants)
        {
            double last = Math.Max(0, StudyTime.WeeksFromMonths(participant.Months[^1]));
            exposure += Math.Min(last, planned);
            if (last < planned - (gap / 2))
            {
                gaps.Add(Math.Min(gap, planned - last));
            }
        }

        return new DropoutFit(EventKind.OtherWithdrawal, gaps.Count, exposure, Solve(gaps, exposure));
    }

    /// <summary>Median time between successive scores of a participant, in months; 0 where nobody has two.</summary>
    internal static double MedianGap(ParticipantScores[] participants)
    {
        double[] gaps = [.. participants.SelectMany(p => p.Months.Zip(p.Months.Skip(1), (a, b) => b - a)).Order()];
        return gaps.Length == 0 ? 0
            : gaps.Length % 2 == 1 ? gaps[gaps.Length / 2]
            : (gaps[(gaps.Length / 2) - 1] + gaps[gaps.Length / 2]) / 2;
    }

    // The left side falls from infinity to 0 and is convex, so that Newton's method from the left rises to the root without passing it.
    private static NaturalHistoryEstimate Solve(List<double> gaps, double exposure)
    {
        if (gaps.Count == 0 || !(exposure > 0))
        {
            return gaps.Count == 0 && exposure > 0 ? new NaturalHistoryEstimate(0, double.NaN) : NaturalHistoryEstimate.None;
        }

        // g/(exp(λg) − 1) is above 1/λ − g/2, so the root is not below this.
        double hazard = gaps.Count / (exposure + (gaps.Sum() / 2));
        double information = 0;
        for (int i = 0; i < 100; i++)
        {
            double value = -exposure;
            information = 0;
            foreach (double gap in gaps)
            {
                double growth = Math.Exp(hazard * gap) - 1;
                value += gap / growth;
                information += gap * gap * (growth + 1) / (growth * growth);
            }

            double step = value / information;
            hazard += step;
            if (Math.Abs(step) <= 1e-14 * hazard)
            {
                break;
            }
        }

        return new NaturalHistoryEstimate(hazard, 1 / Math.Sqrt(information));
    }
}
