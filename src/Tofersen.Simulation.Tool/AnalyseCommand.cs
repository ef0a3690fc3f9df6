using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>The command <c>analyse</c>.</summary>
internal static class AnalyseCommand
{
    internal static int Run(string dataFile, string specificationFile, bool json, TextWriter output, TextWriter error)
    {
        ITableAnalysis analysis = ReadSpecification(specificationFile);
        CheckFile(dataFile);
        AnalysisTable table = TableReader.ReadFile(dataFile);
        TableResult result;
        try
        {
            result = analysis.Analyse(table);
        }
        catch (AnalysisDataException exception)
        {
            throw new BadInputException($"{analysis.Method} of {dataFile}: {exception.Message}");
        }

        output.Write(json ? TableReport.ToJson(result) : AnalyseText.Describe(result));
        if (result.Status is AnalysisStatus.NotConverged or AnalysisStatus.NotEstimable)
        {
            // The answer says so too; whoever reads only the numbers shall not miss it.
            error.WriteLine($"tofersen-sim: {result.Method}: {AnalyseText.Explain(result)}");
        }
        else if (result.Estimates.Where(e => double.IsNaN(e.PValue)).ToArray() is { Length: > 0 } without)
        {
            string names = string.Join(", ", without.Select(e => e.Visit is null ? e.Name : $"{e.Name} at {e.Visit}"));
            error.WriteLine($"tofersen-sim: {result.Method}: the data do not determine {names}{AnalyseText.Confounding(result)}.");
        }

        return ExitCode.Done;
    }

    private static ITableAnalysis ReadSpecification(string file)
    {
        CheckFile(file);
        try
        {
            return AnalysisJson.Read(File.ReadAllText(file));
        }
        catch (ScenarioFormatException exception)
        {
            throw new BadInputException($"{file}: {exception.Message}");
        }
    }

    private static void CheckFile(string file)
    {
        if (!File.Exists(file))
        {
            throw new BadInputException(Directory.Exists(file) ? $"'{file}' is a folder, not a file." : $"There is no file '{file}'.");
        }
    }
}
