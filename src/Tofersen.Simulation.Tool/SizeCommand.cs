using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Reporting.Figures;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>A property and the values that it may have.</summary>
internal sealed record PropertyRange(string Path, double From, double To);

/// <summary>What <c>size</c> was asked for.</summary>
internal sealed record SizeRequest(string Scenario, SampleSizeQuery Query, PropertyRange? Vary, bool HasBounds, bool Json, string? Figure);

/// <summary>The command <c>size</c>.</summary>
internal static class SizeCommand
{
    internal static int Run(SizeRequest request, ProgressBar bar, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        if (request is { Vary: not null, HasBounds: true })
        {
            throw new BadInputException("--minimum and --maximum bound the number of participants; with --vary that number stays as it is.");
        }

        Scenario scenario = ScenarioFiles.FindWholeTrial(request.Scenario, error);
        try
        {
            return request.Vary is { } range
                ? Vary(scenario, range, request, bar, output, cancellation)
                : Size(scenario, request, bar, output, cancellation);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or ScenarioFormatException)
        {
            throw new BadInputException($"{request.Scenario}: {BadInput.MessageOf(exception)}");
        }
    }

    private static int Size(Scenario scenario, SizeRequest request, ProgressBar bar, TextWriter output, CancellationToken cancellation)
    {
        SampleSizeResult result = RunCommand.Drawn(
            request.Figure,
            () => bar.Show(progress => SampleSize.Find(scenario, request.Query, progress, cancellation)),
            PowerFigures.Search);
        output.Write(request.Json ? SizeReport.ToJson(result) : SizeText.Describe(result));
        return Code(result);
    }

    private static int Vary(
        Scenario scenario, PropertyRange range, SizeRequest request, ProgressBar bar, TextWriter output, CancellationToken cancellation)
    {
        SampleSizeQuery asked = request.Query;
        var query = new DetectableEffectQuery
        {
            From = range.From,
            To = range.To,
            Analysis = asked.Analysis,
            Power = asked.Power,
            Precision = asked.Precision,
            MaximumCost = asked.MaximumCost,
            Seed = asked.Seed,
            Parallelism = asked.Parallelism,
            BlockSize = asked.BlockSize,
        };
        DetectableEffectResult result = RunCommand.Drawn(
            request.Figure,
            () => bar.Show(progress => DetectableEffect.Find(scenario, range.Path, query, progress, cancellation)),
            PowerFigures.Search);
        output.Write(request.Json ? SizeReport.ToJson(result) : SizeText.Describe(result));
        return Code(result);
    }

    private static int Code(PowerSearchResult result) =>
        result.Status is PowerSearchStatus.AlreadyReached || result is { Status: PowerSearchStatus.Found, IsPrecise: true } ? ExitCode.Done : ExitCode.NotReached;
}
