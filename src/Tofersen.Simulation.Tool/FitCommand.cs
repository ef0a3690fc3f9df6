using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Reporting;

namespace Tofersen.Simulation.Tool;

/// <summary>What <c>fit</c> was asked for.</summary>
internal sealed record FitRequest(
    string DataFile, string? EventsFile, NaturalHistoryReader Reader, NaturalHistoryFitter Fitter, bool IsJson);

/// <summary>The command <c>fit</c>.</summary>
internal static class FitCommand
{
    internal static int Run(FitRequest request, TextWriter output, TextWriter error)
    {
        NaturalHistoryReading reading = From(request.DataFile, () => request.Reader.Read(Table(request.DataFile)));
        if (request.EventsFile is { } events)
        {
            reading = From(events, () => request.Reader.ReadFollowUp(reading, Table(events)));
        }

        NaturalHistoryFit fit = From(request.DataFile, () => request.Fitter.Fit(reading.Data));
        output.Write(request.IsJson ? NaturalHistoryReport.ToJson(reading, fit) : FitText.Describe(reading, fit));
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
