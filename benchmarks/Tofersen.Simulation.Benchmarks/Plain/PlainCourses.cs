using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Trajectories;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>Natural histories, one time after another in plain arithmetic.</summary>
internal static class PlainCourses
{
    /// <summary>Fills one participant's latent scores.</summary>
    internal static void Fill(
        ITrajectoryModel model, Participant participant, double[] months, double[] diseaseMonths, ref TrialRandom random, double[] scores)
    {
        double baseline = participant.BaselineScore;
        double rate = participant.DeclinePerMonth;
        switch (model)
        {
            case LinearDecline:
                FillEach(diseaseMonths, scores, age => baseline - (rate * age));
                break;
            case AttenuatedDecline attenuated:
                FillEach(diseaseMonths, scores, age => Attenuated(baseline, attenuated.AttenuationScore, rate * age));
                break;
            case QuadraticDecline quadratic:
                double acceleration = quadratic.AccelerationMean + (quadratic.AccelerationSd * random.NextNormal());
                FillEach(diseaseMonths, scores, age => Attenuated(baseline, quadratic.AttenuationScore, Accelerated(rate, acceleration, age)));
                break;
            case BrokenStickDecline stick:
                double change = ChangePoint(stick, random.NextNormal());
                FillEach(diseaseMonths, scores, age => Attenuated(
                    baseline, stick.AttenuationScore, rate * (Math.Min(age, change) + (stick.RateFactor * Math.Max(0, age - change)))));
                break;
            case SigmoidDecline sigmoid:
                double start = Math.Clamp(baseline, 0.5, 47.5);
                double dx = Math.Max(sigmoid.ShapeMinimumMonths, start * (48 - start) / (48 * rate));
                double d50 = participant.MonthsSinceOnset + (dx * Math.Log(start / (48 - start)));
                FillEach(diseaseMonths, scores, age => 48 / (1 + Math.Exp((participant.MonthsSinceOnset + age - d50) / dx)));
                break;
            case FlatStart flat:
                Fill(flat.Underlying, participant, months, diseaseMonths, ref random, scores);
                for (int i = 0; i < scores.Length; i++)
                {
                    scores[i] += Gain(flat, participant.FlatStartPoints, months[i]);
                }

                break;
            case LatentClassTrajectory classes:
                double u = random.NextUniform() * classes.Classes.Sum(c => c.Weight);
                int k = 0;
                while (k < classes.Classes.Count - 1 && u >= classes.Classes[k].Weight)
                {
                    u -= classes.Classes[k++].Weight;
                }

                Participant own = participant with { DeclinePerMonth = rate * classes.Classes[k].RateMultiplier };
                Fill(classes.Classes[k].Underlying, own, months, diseaseMonths, ref random, scores);
                break;
            default:
                throw new NotSupportedException($"There is no plain version of {model.GetType().Name}.");
        }
    }

    private static void FillEach(double[] diseaseMonths, double[] scores, Func<double, double> course)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = course(diseaseMonths[i]);
        }
    }

    // Straight down to the attenuation score, in proportion to what is left from there.
    private static double Attenuated(double baseline, double knee, double lost)
    {
        double toKnee = Math.Max(0, baseline - knee);
        return lost <= toKnee ? baseline - lost : Math.Min(baseline, knee) * Math.Exp(-(lost - toKnee) / knee);
    }

    private static double Accelerated(double rate, double acceleration, double age)
    {
        double until = acceleration < 0 && rate > 0 ? Math.Min(age, -rate / acceleration) : age;
        double half = acceleration < 0 && rate <= 0 ? 0 : acceleration / 2;
        return (rate * until) + (half * until * until);
    }

    private static double ChangePoint(BrokenStickDecline stick, double z)
    {
        double variance = Math.Log(1 + Math.Pow(stick.ChangeSdMonths / stick.ChangeMonths, 2));
        return stick.ChangeMonths * Math.Exp((Math.Sqrt(variance) * z) - (variance / 2));
    }

    private static double Gain(FlatStart flat, double height, double month)
    {
        double full = StudyTime.MonthsFromWeeks(flat.FullByWeeks);
        double end = full + StudyTime.MonthsFromWeeks(flat.GoneAfterWeeks);
        return month < full ? height * month / full : month < end ? height * (end - month) / (end - full) : 0;
    }
}
