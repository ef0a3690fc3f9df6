using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Calibrations;

/// <summary>Rows of scores that tests change before they make data of them.</summary>
internal sealed record NaturalHistoryRows(string[] Participants, double[] Months, double[] Scores)
{
    internal const string Folder = "natural-history-fit";

    internal NaturalHistoryData Data => NaturalHistoryData.FromRows(Participants, Months, Scores);

    internal static NaturalHistoryRows Reference(string name)
    {
        var file = ReferenceFile.Read(Folder, name);
        return new NaturalHistoryRows(file.Texts("participant"), file.Numbers("month"), file.Numbers("score"));
    }

    /// <summary>The observed scores of all arms of a simulated trial, with how follow-up ended.</summary>
    internal static NaturalHistoryData Simulated(Scenario scenario, ulong seed) => Of(new TrialSimulator(scenario).Simulate(seed, 0));

    internal static NaturalHistoryData Of(TrialData trial)
    {
        int[] cells = [.. Enumerable.Range(0, trial.Participants * trial.Visits).Where(c => trial.Observed[c])];
        string[] names = [.. Enumerable.Range(0, trial.Participants).Select(p => $"P{p}")];
        string[] strata = [.. trial.Strata.ToArray().Select(s => trial.Layout.StratumNames[s])];
        var rows = new NaturalHistoryRows(
            [.. cells.Select(c => names[c / trial.Visits])],
            [.. cells.Select(c => trial.VisitMonths[c])],
            [.. cells.Select(c => trial.Scores[c])]);
        return NaturalHistoryData
            .FromRows(rows.Participants, rows.Months, rows.Scores, [.. cells.Select(c => strata[c / trial.Visits])])
            .WithFollowUp(names, trial.FollowUpMonths.ToArray(), trial.FollowUpEnds.ToArray());
    }
}
