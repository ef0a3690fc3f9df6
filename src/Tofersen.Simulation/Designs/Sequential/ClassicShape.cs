namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>A shape whose critical values before the last look follow a formula.</summary>
/// <remarks>Planned looks: the constant, or the last critical value, is what makes the probability of a rejection under no effect equal
/// to the level. Looks off the plan: the planned formula gives the critical values of the looks before the last at the fractions that
/// arrive (never spending more than is left), and the last look spends what is left of the level, so that the level is kept whatever
/// the fractions.</remarks>
public abstract record ClassicShape : BoundaryShape
{
    private protected ClassicShape()
    {
    }

    /// <summary>Whether the last critical value follows the formula too, which then holds a constant to be solved for.</summary>
    internal abstract bool HasConstant { get; }

    /// <summary>Critical value of a look before the last.</summary>
    internal abstract double CriticalValue(double informationFraction, double constant);
}
