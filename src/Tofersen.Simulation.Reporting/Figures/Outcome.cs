using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>How an endpoint is shown: changes in its unit, or ratios where the data hold logarithms.</summary>
internal sealed record Outcome(string Label, string Unit, bool IsRatio)
{
    internal static Outcome Of(TrialLayout layout, string? endpoint)
    {
        if (endpoint is null)
        {
            return new Outcome("ALSFRS-R", "points", IsRatio: false);
        }

        EndpointColumn column = layout.Endpoints[layout.EndpointAt(endpoint)];
        return new Outcome(column.Label, column.Unit, column.IsLogarithmic);
    }

    /// <summary>A change or difference of the data as it is drawn.</summary>
    internal double Show(double change) => IsRatio ? Math.Exp(change) : change;

    /// <summary>A change or difference of the data in words.</summary>
    internal string Write(double change) => IsRatio
        ? FigureText.Percent(Math.Exp(change))
        : $"{TextTable.Number(change, 2)}{(Unit.Length > 0 ? " " + Unit : "")}";

    internal FigureAxis ChangeAxis() => IsRatio
        ? new FigureAxis { Label = "Relative to baseline (%)", IsLogarithmic = true, IsPercentage = true }
        : new FigureAxis { Label = $"Change from baseline{InUnit}" };

    internal FigureAxis DifferenceAxis() => IsRatio
        ? new FigureAxis { Label = "Ratio (%)", IsLogarithmic = true, IsPercentage = true }
        : new FigureAxis { Label = $"Difference in change{InUnit}" };

    private string InUnit => Unit.Length > 0 ? $" ({Unit})" : "";
}
