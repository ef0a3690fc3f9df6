using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Reporting;

/// <summary>A trial and the files that were written of it.</summary>
internal sealed class ReportedTrial
{
    private ReportedTrial(TrialData data, string folder)
    {
        Data = data;
        Participants = CsvFile.Read(folder, "adsl.csv");
        Scores = CsvFile.Read(folder, "adqs.csv");
        Laboratory = CsvFile.Read(folder, "adlb.csv");
        Times = CsvFile.Read(folder, "adtte.csv");
        HasFunction = File.Exists(Path.Combine(folder, "adfn.csv"));
        Function = HasFunction ? CsvFile.Read(folder, "adfn.csv") : Laboratory;
    }

    /// <summary>Everything that data can show: jitter, missed visits, a gap before the extension, refusals, all ends of
    /// follow-up.</summary>
    internal static Scenario Scenario { get; } = MakeScenario();

    internal TrialData Data { get; }

    internal CsvFile Participants { get; }

    internal CsvFile Scores { get; }

    internal CsvFile Laboratory { get; }

    internal CsvFile Times { get; }

    internal bool HasFunction { get; }

    /// <summary>Other measures of function, where there are any.</summary>
    internal CsvFile Function { get; }

    internal static ReportedTrial Of(Scenario scenario, string study = "study", ulong seed = 20_260_101)
    {
        using var folder = new TemporaryFolder();
        TrialData data = new TrialSimulator(scenario).Simulate(seed, 0);
        TrialDataSets.Write(data, study, folder.FullName);
        return new ReportedTrial(data, folder.FullName);
    }

    internal string Id(int participant) => Participants.Rows[participant]["USUBJID"];

    internal CsvFileRow Participant(string id) => Participants.Rows.Single(r => r["USUBJID"] == id);

    private static Scenario MakeScenario()
    {
        Scenario valor = ValorOpenLabelExtension.ToWeek52.Scenario;
        return valor with
        {
            Design = (DelayedStart)valor.Design with
            {
                Participants = 400,
                EntryProbability = 0.9,
                GapMinimumWeeks = 1,
                GapMaximumWeeks = 4,
            },
            Observation = valor.Observation with
            {
                VisitJitterSdDays = 2,
                VisitWindowDays = 5,
                IntermittentMissingProbability = 0.1,
                Events = [.. valor.Observation.Events.Select(e => e with { PerWeek = 4 * e.PerWeek })],
            },
        };
    }
}
