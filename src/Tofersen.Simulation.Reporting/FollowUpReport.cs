using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Reporting;

/// <summary>Power by the end of follow-up as JSON.</summary>
public static class FollowUpReport
{
    /// <summary>Power by week as one JSON document, without anything that differs between two runs of the same question. What is not defined is
    /// null.</summary>
    /// <param name="result">The result.</param>
    /// <returns>Indented JSON, ending with a line feed.</returns>
    public static string ToJson(FollowUpResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return JsonText.OfObject(json =>
        {
            json.WriteString("scenario", result.Scenario.Name);
            json.WriteString("analysis", result.Analysis);
            json.WriteNumber("seed", result.Seed);
            json.WriteNumber("replicates", result.Replicates);
            json.WriteNumber("bestWeek", result.BestWeek);
            json.WriteNumber("longestUsefulWeek", result.LongestUsefulWeek);
            json.WriteNumber("comparisons", result.Comparisons);
            json.WriteStartArray("weeks");
            foreach (FollowUpWeek week in result.Weeks)
            {
                OperatingCharacteristics a = week.Characteristics;
                json.WriteStartObject();
                json.WriteNumber("week", week.Week);
                json.WriteBoolean("withoutExtension", week.IsWithoutExtension);
                json.WriteDefined("power", a.Power);
                json.WriteDefined("mcse", a.MonteCarloError);
                json.WriteDefined("lower", a.Lower);
                json.WriteDefined("upper", a.Upper);
                json.WriteDefined("meanEstimate", a.MeanEstimate);
                json.WriteDefined("empiricalSe", a.EmpiricalStandardError);
                json.WriteNumber("failed", a.Failed);
                json.WriteDefined("belowBest", week.BestAgainstThis.Difference);
                json.WriteDefined("belowBestMcse", week.BestAgainstThis.MonteCarloError);
                json.WriteDefined("belowBestP", week.BestAgainstThis.PValue);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
