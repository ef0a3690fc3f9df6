using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Analyses;

public sealed class RankPreservingTests
{
    private const double End = 12;

    // Everybody in the active arm is treated all the time and lives 1 / 0.6 times as long as a partner in the control arm.
    [Test]
    public void RankPreserving_TimesStretchedExactly_FindsTheFactor()
    {
        double[] untreated = [.. Enumerable.Range(1, 40).Select(i => 0.15 * i)];
        PlainTrial trial = Trial([.. untreated.Select(u => (u, false)), .. untreated.Select(u => (u / 0.6, true))]);
        RankPreservingFit fit = new RankPreservingFailureTime().Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Psi.Status, Is.EqualTo(AnalysisStatus.Converged));
            Assert.That(fit.Psi.Estimate, Is.EqualTo(Math.Log(0.6)).Within(1e-6));
            Assert.That(fit.AccelerationFactor, Is.EqualTo(1 / 0.6).Within(1e-5));
            Assert.That(fit.Psi.Lower, Is.LessThan(Math.Log(0.6)));
            Assert.That(fit.Psi.Upper, Is.GreaterThan(Math.Log(0.6)));
            Assert.That(fit.Psi.Statistic, Is.EqualTo(new LogRank().Fit(trial.ToData()).Test.Statistic).Within(1e-12));
            Assert.That(fit.Psi.PValue, Is.EqualTo(new LogRank().Fit(trial.ToData()).Test.PValue));
        }
    }

    [TestCase(2)]
    [TestCase(0.25)]
    public void RankPreserving_TimesInAnotherUnit_GiveTheSamePsi(double unit)
    {
        PlainTrial trial = Switching(1, 60);
        AnalysisResult expected = Run(trial);
        trial.FollowUpMonths = [.. trial.FollowUpMonths!.Select(t => t * unit)];
        trial.VisitWeeks = [.. trial.VisitWeeks.Select(t => t * unit)];
        trial.Exposure =
        [
            .. trial.Exposure!.Select(e => e.Select(i => new ExposureInterval(i.StartMonths * unit, i.StopMonths * unit)).ToArray()),
        ];
        AnalysisResult actual = Run(trial);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(actual.Estimate, Nearly.Equal(expected.Estimate, 1e-7, 1));
            Assert.That(actual.Lower, Nearly.Equal(expected.Lower, 1e-7, 1));
            Assert.That(actual.Upper, Nearly.Equal(expected.Upper, 1e-7, 1));
            Assert.That(actual.Statistic, Nearly.Equal(expected.Statistic, 1e-10, 1));
        }
    }

    [Test]
    public void RankPreserving_ParticipantsReordered_GivesTheSame()
    {
        PlainTrial trial = Switching(2, 80);
        AnalysisResult expected = Run(trial);
        AnalysisResult actual = Run(trial.Reordered([.. Enumerable.Range(0, trial.Participants).Reverse()]));
        Assert.That(actual.Estimate, Nearly.Equal(expected.Estimate, 1e-8, 1));
        Assert.That(actual.Statistic, Nearly.Equal(expected.Statistic, 1e-10, 1));
    }

    [Test]
    public void RankPreserving_NobodyTreated_IsNotEstimable()
    {
        PlainTrial trial = Switching(3, 40);
        trial.Exposure = null;
        AnalysisResult result = new RankPreservingFailureTime { Recensoring = Recensoring.None }.Fit(trial.ToData()).Psi;
        Assert.That(result, Is.EqualTo(AnalysisResult.NotEstimable(40)));
    }

    [Test]
    public void RankPreserving_NoEvents_IsNotEstimable()
    {
        PlainTrial trial = Switching(4, 40);
        trial.Ends = new EventKind[40];
        RankPreservingFit fit = new RankPreservingFailureTime().Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Psi, Is.EqualTo(AnalysisResult.NotEstimable(40)));
            Assert.That(fit.LogHazardRatio.Status, Is.EqualTo(AnalysisStatus.NotEstimable));
            Assert.That(fit.Roots, Is.Empty);
        }
    }

    [Test]
    public void RankPreserving_NarrowRange_SaysThatALimitIsOutside()
    {
        PlainTrial trial = Switching(5, 60);
        AnalysisResult wide = Run(trial);
        AnalysisResult narrow = new RankPreservingFailureTime
        {
            LowestPsi = Math.Min(-0.01, wide.Estimate - 0.05),
            HighestPsi = Math.Max(0.01, wide.Estimate + 0.05),
        }.Fit(trial.ToData()).Psi;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(narrow.Estimate, Is.EqualTo(wide.Estimate).Within(1e-8));
            Assert.That(narrow.Status, Is.EqualTo(AnalysisStatus.Boundary));
            Assert.That(narrow.Lower, Is.EqualTo(double.NegativeInfinity));
        }
    }

    private static AnalysisResult Run(PlainTrial trial)
    {
        TrialData data = trial.ToData();
        return new RankPreservingFailureTime().CreateWorker(data.Layout).Run(data);
    }

    private static PlainTrial Trial((double Time, bool IsActive)[] people)
    {
        PlainTrial trial = PlainTrial.OfTimes(
            [.. people.Select(p => p.IsActive ? (byte)1 : (byte)0)],
            [.. people.Select(p => Math.Min(p.Time, End))],
            [.. people.Select(p => p.Time <= End ? EventKind.Death : EventKind.Completed)]);
        trial.VisitWeeks = [0, Simulation.Common.StudyTime.WeeksFromMonths(End)];
        trial.Exposure =
        [
            .. people.Select(p => p.IsActive ? [new ExposureInterval(0, double.PositiveInfinity)] : Array.Empty<ExposureInterval>()),
        ];
        return trial;
    }

    // The control arm is treated from month 4; treatment stretches time by 1 / 0.6.
    private static PlainTrial Switching(int seed, int participants)
    {
        var random = new Random(seed);
        var people = new (double Time, bool IsActive)[participants];
        for (int p = 0; p < participants; p++)
        {
            double untreated = -8 * Math.Log(1 - random.NextDouble());
            bool isActive = p % 2 == 0;
            double start = isActive ? 0 : 4;
            people[p] = (untreated <= start ? untreated : start + ((untreated - start) / 0.6), isActive);
        }

        PlainTrial trial = Trial(people);
        trial.Exposure = [.. people.Select(p => new[] { new ExposureInterval(p.IsActive ? 0 : 4, double.PositiveInfinity) })];
        return trial;
    }
}
