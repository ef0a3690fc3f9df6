using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;

namespace Tofersen.Simulation.Scenarios;

/// <summary>The baseline columns of a simulated trial, in order.</summary>
internal static class SimulatedCovariates
{
    internal static ValueList<CovariateColumn> Columns(ValueList<string> strata, TrialDesign design) =>
    [
        new() { Name = Covariates.Baseline },
        new() { Name = Covariates.Stratum, Levels = strata },
        new() { Name = Covariates.Age },
        new() { Name = Covariates.Male },
        new() { Name = Covariates.BulbarOnset },
        new() { Name = Covariates.Riluzole },
        new() { Name = Covariates.Edaravone },
        new() { Name = Covariates.MonthsSinceOnset },
        new() { Name = Covariates.PreRandomisationSlope },
        new() { Name = Covariates.LogNeurofilamentLight },
        .. design is DoseRanging ranging
            ? [new CovariateColumn { Name = Covariates.Cohort, Levels = [.. ranging.Arms.Skip(1).Select(a => a.Name)] }]
            : Array.Empty<CovariateColumn>(),
    ];

    /// <summary>Writes a participant's columns; <paramref name="baseline"/> is the observed score.</summary>
    internal static void Write(
        double[][] columns, int p, in Participant participant, double baseline, ReadOnlySpan<byte> cohorts)
    {
        columns[0][p] = baseline;
        columns[1][p] = participant.Stratum;
        columns[2][p] = participant.AgeYears;
        columns[3][p] = participant.IsMale ? 1 : 0;
        columns[4][p] = participant.HasBulbarOnset ? 1 : 0;
        columns[5][p] = participant.TakesRiluzole ? 1 : 0;
        columns[6][p] = participant.TakesEdaravone ? 1 : 0;
        columns[7][p] = participant.MonthsSinceOnset < 0 ? double.NaN : participant.MonthsSinceOnset;
        columns[8][p] = participant.PreRandomisationSlopePerMonth;
        columns[9][p] = participant.LogNeurofilamentLight;
        if (!cohorts.IsEmpty)
        {
            columns[10][p] = cohorts[p];
        }
    }
}
