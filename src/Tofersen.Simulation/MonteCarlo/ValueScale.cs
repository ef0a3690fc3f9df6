namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Values of a number of a scenario. The test statistic of a small effect is proportional to it, so that the probit of power is a straight line
/// or close to one.</summary>
internal sealed class ValueScale(double from, double to) : SearchScale(from, to)
{
    private const int Intervals = 4;

    // Below this share of the range an answer is not asked to be precise relative to itself: it may be 0.
    private const double SmallestShare = 0.1;

    internal override bool AlwaysRises => false;

    internal override IEnumerable<double> Pilots =>
        Enumerable.Range(0, Intervals + 1).Select(i => i == Intervals ? To : From + (i * (To - From) / Intervals));

    internal override double Place(double value) => value;

    internal override double Value(double place) => place;

    internal override double Nearest(double value) => Math.Clamp(value, From, To);

    internal override double Beside(double value, double wanted) => Nearest(wanted);

    internal override double LongestClimb(double place) => To - From;

    internal override double Answer(double crossing) => crossing;

    internal override double Tolerance(double crossing, double precision) =>
        precision * Math.Max(Math.Abs(crossing), SmallestShare * (To - From));

    internal override bool Settles(double lower, double upper) => false;
}
