namespace Tofersen.Simulation.Designs;

/// <summary>When participants are randomised, in calendar time since enrolment opened.</summary>
/// <remarks>The design says how many enrol, and this how they spread: given their number, the moments of a Poisson process are independent
/// draws with a density in proportion to its rate. So each participant has a moment of their own, whatever the others'.</remarks>
public abstract record Enrolment
{
    private protected Enrolment()
    {
    }

    /// <summary>The calendar week by which a share of the participants has been enrolled, on average.</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    /// <param name="participants">How many enrol in all.</param>
    internal abstract double WeekOf(double share, int participants);
}
