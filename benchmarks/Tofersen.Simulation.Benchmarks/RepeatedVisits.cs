using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>Trials of eight visits in 28 weeks with random intercepts and slopes, 2:1 allocation, individual visit times, dropout and
/// missed visits.</summary>
internal static class RepeatedVisits
{
    internal static TrialLayout Layout(int participants) => new()
    {
        Participants = participants,
        VisitWeeks = [0, 4, 8, 12, 16, 20, 24, 28],
        ArmNames = ["control", "active"],
        StratumNames = ["all"],
        Covariates =
        [
            new CovariateColumn { Name = Covariates.Baseline }, new CovariateColumn { Name = "age" }, new CovariateColumn { Name = "male" },
        ],
    };

    internal static TrialData[] Draw(int trials, int participants, double dropout, double missed)
    {
        var random = new Random(20261122);
        return [.. Enumerable.Range(0, trials).Select(_ => Draw(Layout(participants), random, dropout, missed))];
    }

    private static TrialData Draw(TrialLayout layout, Random random, double dropout, double missed)
    {
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var records = new ParticipantRecord[layout.Participants];
        for (int p = 0; p < records.Length; p++)
        {
            byte arm = (byte)(p % 3 == 0 ? TrialDesign.ControlArm : TrialDesign.ActiveArm);
            double level = 37 + (5.5 * Normal());
            double slope = -1 + (0.3 * arm) + (0.6 * Normal());
            var scores = new double[layout.VisitWeeks.Count];
            var months = new double[scores.Length];
            bool isHere = true;
            for (int v = 0; v < scores.Length; v++)
            {
                isHere &= v == 0 || random.NextDouble() >= dropout;
                bool isMissed = v > 0 && random.NextDouble() < missed;
                months[v] = v == 0 ? 0 : StudyTime.MonthsFromWeeks(layout.VisitWeeks[v]) + (0.2 * (random.NextDouble() - 0.5));
                scores[v] = isHere && !isMissed ? Math.Round(level + (slope * months[v]) + (2 * Normal())) : double.NaN;
            }

            records[p] = new ParticipantRecord
            {
                Arm = arm,
                Stratum = 0,
                Scores = [.. scores],
                VisitMonths = [.. months],
                Covariates = [scores[0], Math.Round(55 + (11 * Normal()), 1), random.Next(2)],
            };
        }

        return TrialData.FromRecords(layout, records);
    }
}
