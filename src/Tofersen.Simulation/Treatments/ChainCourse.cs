using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Treatments;

/// <summary>A participant's course through the links of a <see cref="DoseToFunction"/>, week by week from randomisation: for tables and
/// figures.</summary>
public sealed record ChainCourse
{
    internal ChainCourse()
    {
    }

    /// <summary>Weeks since randomisation: 0, 1, 2, … The other lists have an entry for each.</summary>
    public required ValueList<double> Weeks { get; init; }

    /// <summary>Amount of drug in the cerebrospinal fluid, in mg; just after the dose where one is given.</summary>
    public required ValueList<double> CsfAmountMg { get; init; }

    /// <summary>Amount in the fluid that tissue is in equilibrium with, in mg.</summary>
    public required ValueList<double> TissueAmountMg { get; init; }

    /// <summary>SOD1 over what it would be without treatment.</summary>
    public required ValueList<double> Sod1Ratio { get; init; }

    /// <summary>Neurofilament light over what it would be without treatment.</summary>
    public required ValueList<double> NeurofilamentRatio { get; init; }

    /// <summary>Fraction of the natural rate of decline that remains.</summary>
    public required ValueList<double> RateMultiplier { get; init; }

    /// <summary>Disease age in months: time at the natural rate in which as much is lost.</summary>
    public required ValueList<double> DiseaseMonths { get; init; }
}
