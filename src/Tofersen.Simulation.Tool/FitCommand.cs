using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Calibrations.NaturalHistories;
using Tofersen.Simulation.Reporting;

namespace Tofersen.Simulation.Tool;

/// <summary>What <c>fit</c> was asked for.</summary>
internal sealed record FitRequest(
    string DataFile, string? EventsFile, NaturalHistoryReader Reader, NaturalHistoryFitter Fitter, bool IsJson);

/// <summary>The command <c>fit</c>.</summary>
internal static class FitCommand
{
    // Day or date on which treatment of the second period began, in simulated data and in ADaM.
    private static readonly string[] SecondPeriods = ["TRT2SDY", "TR02SDT", "TR02SDTM", "TR02SDY"];

    internal static int Run(FitRequest request, TextWriter output, TextWriter error)
    {
        AnalysisTable scores = Table(request.DataFile);
        NaturalHistoryReading reading = From(request.DataFile, () => request.Reader.Read(scores));
        string? doubt = request.Reader.UntilMonth is null ? DoubtOf(reading, scores) : null;
        if (request.EventsFile is { } events)
        {
            AnalysisTable followUp = Table(events);
            reading = From(events, () => request.Reader.ReadFollowUp(reading, followUp));
            doubt ??= request.Reader.UntilMonth is null ? DoubtOf(reading, followUp) : null;
        }

        NaturalHistoryFit fit = From(request.DataFile, () => request.Fitter.Fit(reading.Data));
        output.Write(request.IsJson ? NaturalHistoryReport.ToJson(reading, fit) : FitText.Describe(reading, fit));
        if (doubt is not null)
        {
            error.WriteLine($"tofersen-sim: {doubt}; all its rows were taken as without treatment. --until WEEK leaves out those from a switch on.");
        }

        foreach (StratumFit stratum in fit.Strata)
        {
            if (stratum.Status is AnalysisStatus.NotConverged or AnalysisStatus.NotEstimable)
            {
                // The answer says so too; whoever reads only the numbers shall not miss it.
                error.WriteLine($"tofersen-sim: stratum '{stratum.Name}': {AnalyseText.Explain(stratum.Status)}");
            }
        }

        return ExitCode.Done;
    }

    // Why the rows of the arm may be of time on treatment; null where nothing speaks for it.
    private static string? DoubtOf(NaturalHistoryReading reading, AnalysisTable table)
    {
        if (reading.Arm is not { } arm)
        {
            return null;
        }

        TableColumn? second = SecondPeriods.Select(name => ScoreColumns.Lookup(table, name)).FirstOrDefault(c => c is not null);
        TableColumn? arms = ScoreColumns.Lookup(table, reading.ArmColumn!);
        if (second is not null && arms is not null && Enumerable.Range(0, table.Rows).Any(i => arms.TextAt(i) == arm && !second.IsMissing(i)))
        {
            return $"column '{second.Name}' has starts of a second period of treatment in arm '{arm}'";
        }

        return ScoreColumns.IsUntreated(arm) ? null : $"arm '{arm}' is not called a control, and may start treatment later";
    }

    private static AnalysisTable Table(string file) => File.Exists(file)
        ? TableReader.ReadFile(file)
        : throw new BadInputException(Directory.Exists(file) ? $"'{file}' is a folder, not a file." : $"There is no file '{file}'.");

    private static T From<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (AnalysisDataException exception)
        {
            throw new BadInputException($"fit of {file}: {exception.Message}{Remedy(exception.Setting)}");
        }
    }

    private static string Remedy(string? setting) => setting switch
    {
        nameof(NaturalHistoryReader.Participant) => " Give --participant COL.",
        nameof(NaturalHistoryReader.Time) => " Give --time COL.",
        nameof(NaturalHistoryReader.Unit) => " Give --time-unit.",
        nameof(NaturalHistoryReader.Score) => " Give --score COL.",
        nameof(NaturalHistoryReader.Arm) => " Give --arm NAME.",
        _ => "",
    };
}
