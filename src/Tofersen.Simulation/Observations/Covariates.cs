namespace Tofersen.Simulation.Observations;

/// <summary>Names of the baseline columns of simulated trials; every trial has them but where said.</summary>
public static class Covariates
{
    /// <summary>Observed ALSFRS-R total at baseline, in points.</summary>
    public const string Baseline = "baseline";

    /// <summary>Randomisation stratum; a factor.</summary>
    public const string Stratum = "stratum";

    /// <summary>Age at randomisation, in years.</summary>
    public const string Age = "age";

    /// <summary>1 for male, 0 for female.</summary>
    public const string Male = "male";

    /// <summary>1 for bulbar onset, 0 otherwise.</summary>
    public const string BulbarOnset = "bulbarOnset";

    /// <summary>1 for riluzole at baseline, 0 otherwise.</summary>
    public const string Riluzole = "riluzole";

    /// <summary>1 for edaravone at baseline, 0 otherwise.</summary>
    public const string Edaravone = "edaravone";

    /// <summary>Months from symptom onset to randomisation.</summary>
    public const string MonthsSinceOnset = "monthsSinceOnset";

    /// <summary>Rate of decline before randomisation, in points per month.</summary>
    public const string PreRandomisationSlope = "preRandomisationSlope";

    /// <summary>Natural logarithm of plasma neurofilament light at baseline (pg/mL).</summary>
    public const string LogNeurofilamentLight = "logNeurofilamentLight";

    /// <summary>Cohort of a dose-ranging trial; a factor with the doses as levels. Other trials have no such column.</summary>
    public const string Cohort = "cohort";
}
