using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>What is written down at one participant's visits, visit after visit.</summary>
internal static class PlainVisits
{
    /// <summary>Writes down times and scores, and which visits are missed.</summary>
    /// <param name="model">Jitter, window, rounding, and a probability of missing a visit that depends on nothing.</param>
    /// <param name="key">The replicate's key.</param>
    /// <param name="p">Number of the participant.</param>
    /// <param name="participant">The participant.</param>
    /// <param name="course">Latent scores by week.</param>
    /// <param name="weeks">Scheduled visits in weeks; whole numbers.</param>
    /// <param name="months">Receives the times of the visits.</param>
    /// <param name="scores">Receives the scores; NaN where a visit is missed.</param>
    internal static void Fill(
        ObservationModel model, StreamKey key, int p, in Participant participant, double[] course, double[] weeks, double[] months, double[] scores)
    {
        TrialRandom timing = key.Open(p, DrawPurpose.VisitTiming);
        TrialRandom errors = key.Open(p, DrawPurpose.RaterError);
        TrialRandom missing = key.Open(p, DrawPurpose.Missingness);
        for (int v = 0; v < weeks.Length; v++)
        {
            months[v] = StudyTime.MonthsFromWeeks(weeks[v]);
            double latent = course[(int)weeks[v]];
            if (v > 0 && model.VisitJitterSdDays > 0)
            {
                months[v] += VisitJitter.Draw(
                    ref timing, model.VisitJitterSdDays / StudyTime.DaysPerMonth, model.VisitWindowDays / StudyTime.DaysPerMonth);
                double week = Math.Max(0, StudyTime.WeeksFromMonths(months[v]));
                latent = course[(int)week] + ((week - (int)week) * (course[(int)week + 1] - course[(int)week]));
            }

            double score = latent + (participant.ResidualSd * errors.NextNormal());
            score = model.Rounding == ScoreRounding.WholePoints ? Math.Clamp(Math.Round(score), 0, 48) : score;
            bool isMissed = v > 0 && model.IntermittentMissingProbability > 0 && missing.NextUniform() < model.IntermittentMissingProbability;
            scores[v] = isMissed ? double.NaN : score;
        }
    }
}
