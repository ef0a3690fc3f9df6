using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Restricted means, piecewise hazards and rank-preserving models of random trials against their definitions. The seed of a
/// trial is in the message of a failure.</summary>
public sealed class SurvivalAgainstPlainTests
{
    private const int Seeds = 10;
    private const int TrialsPerSeed = 100;

    [Test]
    public void RestrictedMean_RandomTrials_EqualsPlain([Range(1, Seeds)] int seed)
    {
        foreach ((int trialSeed, Random random, PlainTrial trial) in RandomTrials(seed))
        {
            var analysis = new RestrictedMeanSurvival
            {
                Events = [EventKind.Death],
                ThroughWeek = Math.Round(0.1 + (trial.VisitWeeks[^1] * 1.1 * random.NextDouble()), 2),
                Strata = [.. RandomTrial.Strata(random)],
            };
            double horizon = StudyTime.MonthsFromWeeks(analysis.ThroughWeek);
            (double Mean, double Variance)[] arms = [.. Enumerable.Range(0, 2).Select(arm => PlainMean(trial, analysis, arm, horizon))];
            double variance = arms[0].Variance + arms[1].Variance;
            int participants = Enumerable.Range(0, trial.Participants)
                .Count(p => PlainAncova.Counts(trial, p, [], [.. analysis.Strata]));
            PlainResult plain = variance > 0
                ? new PlainResult(participants, arms[1].Mean - arms[0].Mean, Math.Sqrt(variance), double.PositiveInfinity)
                : PlainResult.NotEstimable(participants);
            TrialData data = trial.ToData();
            plain.Check(analysis.CreateWorker(data.Layout).Run(data), $"random trial {trialSeed}, {analysis}");
        }
    }

    [Test]
    public void PiecewiseHazard_RandomTrials_AddsUpToTheWhole([Range(1, Seeds)] int seed)
    {
        foreach ((int trialSeed, Random random, PlainTrial trial) in RandomTrials(seed))
        {
            double[] times = trial.FollowUpMonths!;
            bool[] events = [.. trial.Ends!.Select(e => e == EventKind.Death)];
            double end = trial.ScheduledMonths[^1];
            ValueList<double> cuts = [end * (0.1 + (0.3 * random.NextDouble())), end * (0.5 + (0.4 * random.NextDouble()))];
            ValueList<HazardRate> rates = PiecewiseHazard.Estimate(times, events, cuts);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(rates.Sum(r => r.Events), Is.EqualTo(events.Count(e => e)), $"random trial {trialSeed}");
                Assert.That(rates.Sum(r => r.Exposure), Nearly.Equal(times.Sum(), 1e-12), $"random trial {trialSeed}");
                Assert.That(
                    rates.All(r => double.IsNaN(r.Rate) || (r.Lower <= r.Rate && r.Rate <= r.Upper)), $"random trial {trialSeed}");
            }
        }
    }

    [Test]
    public void RankPreserving_RandomTrials_EqualsPlain([Range(1, Seeds)] int seed)
    {
        foreach ((int trialSeed, Random random, PlainTrial trial) in RandomTrials(seed))
        {
            SwitchingEntry[] entries = Entries(random, trial);
            var recensoring = (Recensoring)random.Next(3);
            var test = (RankPreservingTest)random.Next(2);
            string message = $"random trial {trialSeed}, {recensoring}, {test}";
            var engine = new RankPreservingEngine(entries.Length, 2, test, recensoring);
            foreach (SwitchingEntry entry in entries)
            {
                engine.Add(entry);
            }

            engine.FindSwitching();
            foreach (double psi in (double[])[-3, -0.7, 0, 0.4, 2.1])
            {
                double plain = PlainRankPreserving.Statistic(entries, psi, test, recensoring);
                Assert.That(engine.Statistic(psi), Nearly.Equal(plain, 1e-8, 1), $"psi {psi} of {message}");
            }

            engine.Solve(-3, 3, 1.96);
            foreach (double root in engine.Roots)
            {
                double before = PlainRankPreserving.Statistic(entries, root - 1e-6, test, recensoring);
                double after = PlainRankPreserving.Statistic(entries, root + 1e-6, test, recensoring);
                Assert.That(before * after, Is.LessThan(1e-12), $"root {root} of {message}");
            }
        }
    }

    private static (double Mean, double Variance) PlainMean(
        PlainTrial trial, RestrictedMeanSurvival analysis, int arm, double horizon)
    {
        int[] inArm =
        [
            .. Enumerable.Range(0, trial.Participants)
                .Where(p => trial.Arms[p] == arm && PlainAncova.Counts(trial, p, [], [.. analysis.Strata])),
        ];
        if (inArm.Length == 0)
        {
            return (double.NaN, double.NaN);
        }

        double[] times = [.. inArm.Select(p => trial.FollowUpMonths![p])];
        bool[] events = [.. inArm.Select(p => trial.Ends![p] == EventKind.Death)];
        bool endsInCensoring = times.Zip(events).Any(t => t.First == times.Max() && !t.Second);
        var plain = new PlainKaplanMeier(times, events);
        return times.Max() < horizon && endsInCensoring
            ? (double.NaN, double.NaN)
            : (plain.RestrictedMean(horizon), plain.RestrictedMeanVariance(horizon));
    }

    private static SwitchingEntry[] Entries(Random random, PlainTrial trial)
    {
        double switchShare = random.Next(3) / 2.0;
        double stopShare = random.Next(3) / 4.0;
        double end = trial.ScheduledMonths[^1];
        return
        [
            .. Enumerable.Range(0, trial.Participants).Select(p =>
            {
                double time = trial.FollowUpMonths![p];
                bool isActive = trial.Arms[p] == 1;
                double departs = Math.Round(random.NextDouble(), 2);
                double fraction = isActive
                    ? (random.NextDouble() < stopShare ? departs : 1)
                    : (random.NextDouble() < switchShare ? departs : 0);
                return new SwitchingEntry(
                    new EventTime(time, trial.Ends![p] == EventKind.Death, trial.Strata![p]), fraction, isActive, end);
            }),
        ];
    }

    private static IEnumerable<(int Seed, Random Random, PlainTrial Trial)> RandomTrials(int seed)
    {
        for (int t = 0; t < TrialsPerSeed; t++)
        {
            int trialSeed = (seed * 1000) + t;
            var random = new Random(trialSeed);
            yield return (trialSeed, random, RandomTrial.Draw(random));
        }
    }
}
