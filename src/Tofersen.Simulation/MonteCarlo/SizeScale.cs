namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Numbers of participants, multiples of a number. The test statistic of nearly every analysis grows with √n, so that the probit of power is a
/// straight line in √n or close to one.</summary>
internal sealed class SizeScale(int from, int to, int multiple) : SearchScale(from, to)
{
    private const int PilotFactor = 4;

    internal override bool AlwaysRises => true;

    internal override IEnumerable<double> Pilots
    {
        get
        {
            for (double n = From; n < To; n = Math.Min(To, n * PilotFactor))
            {
                yield return Nearest(n);
            }

            yield return To;
        }
    }

    internal override double Place(double value) => Math.Sqrt(value);

    internal override double Value(double place) => place > 0 ? place * place : 0;

    internal override double Nearest(double value) => Math.Clamp(multiple * Math.Round(value / multiple), From, To);

    internal override double Beside(double value, double wanted)
    {
        double near = Nearest(wanted);
        return near == value ? Nearest(value + (wanted < value ? -multiple : multiple)) : near;
    }

    // Without participants there is no power.
    internal override double LongestClimb(double place) => place;

    internal override double Answer(double crossing) => multiple * Math.Ceiling(Math.Max(crossing, From) / multiple);

    internal override double Tolerance(double crossing, double precision) => precision * crossing;

    internal override bool Settles(double lower, double upper) => Answer(lower) == Answer(upper);
}
