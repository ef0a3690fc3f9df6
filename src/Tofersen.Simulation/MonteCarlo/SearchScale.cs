namespace Tofersen.Simulation.MonteCarlo;

/// <summary>The values of a search: their range, which of them can be simulated, and the scale on which the probit of power is nearly a straight
/// line.</summary>
internal abstract class SearchScale(double from, double to)
{
    internal double From => from;

    internal double To => to;

    /// <summary>Whether power is known to rise with the value.</summary>
    internal abstract bool AlwaysRises { get; }

    /// <summary>Values at which the search looks first, from <see cref="From"/> to <see cref="To"/>.</summary>
    internal abstract IEnumerable<double> Pilots { get; }

    /// <summary>The value on the scale.</summary>
    internal abstract double Place(double value);

    /// <summary>The value at a place of the scale.</summary>
    internal abstract double Value(double place);

    /// <summary>The nearest value in the range that can be simulated.</summary>
    internal abstract double Nearest(double value);

    /// <summary>A value that can be simulated on one side of another such value, near what is wanted, different where the range has room.</summary>
    internal abstract double Beside(double value, double wanted);

    /// <summary>The longest distance on the scale over which power may be thought to rise from the level to the target at a place.</summary>
    internal abstract double LongestClimb(double place);

    /// <summary>The answer that a crossing leads to.</summary>
    internal abstract double Answer(double crossing);

    /// <summary>Half-width of an interval of a crossing that is as narrow as asked for.</summary>
    internal abstract double Tolerance(double crossing, double precision);

    /// <summary>Whether an interval of the crossing leaves one answer only.</summary>
    internal abstract bool Settles(double lower, double upper);
}
