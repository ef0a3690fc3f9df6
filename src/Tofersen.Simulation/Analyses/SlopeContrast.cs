using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>The true value of analyses of slopes.</summary>
internal static class SlopeContrast
{
    /// <summary>The slope, per month, that least squares finds in the mean course at scheduled visits.</summary>
    internal static LatentContrast Of(TrialLayout layout, int first, int last, ValueList<string> strata)
    {
        var months = new double[layout.VisitWeeks.Count];
        double mean = 0;
        for (int v = first; v <= last; v++)
        {
            months[v] = StudyTime.MonthsFromWeeks(layout.VisitWeeks[v]);
            mean += months[v] / (last - first + 1);
        }

        double squares = 0;
        for (int v = first; v <= last; v++)
        {
            squares += (months[v] - mean) * (months[v] - mean);
        }

        var weights = new double[months.Length];
        for (int v = first; v <= last; v++)
        {
            weights[v] = (months[v] - mean) / squares;
        }

        return new LatentContrast([.. weights], CovariateDesign.StratumPositions(layout, strata));
    }
}
