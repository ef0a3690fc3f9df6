namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A distribution of a number that is not known for sure. Implement it to bring one of your own.</summary>
/// <remarks>Draws are made by inversion, each from one uniform number, so that the draws of one prior do not depend on the others.</remarks>
public interface IPriorDistribution
{
    /// <summary>The quantile of a probability.</summary>
    /// <param name="probability">The probability, from 0 to 1. At 0 and 1 the limits of the distribution, which may be infinite.</param>
    /// <returns>The value that is not exceeded with this probability; rises, or stays, with the probability.</returns>
    double Quantile(double probability);
}
