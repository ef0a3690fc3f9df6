using Gaussian = MathNet.Numerics.Distributions.Normal;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Finds where a power curve crosses a target from noisy figures of power.</summary>
/// <remarks>
/// <para>Pilots of few replicates go from the end of the range where power is lowest until one reaches the target. Then come sweeps of three
/// values around the present estimate of the crossing, half of the replicates in the middle and a quarter on either side, each followed by a
/// probit regression of the neighbourhood (<see cref="LocalProbit"/>). Half-distance and bandwidth shrink as the estimate gets better: the
/// wide sweeps at first give the slope, the narrow ones later keep a bent curve from biasing the crossing.</para>
/// <para>No decision rests on a single noisy figure: an end of the range decides only when its power is away from the target beyond doubt,
/// otherwise the sweeps do.</para>
/// </remarks>
internal sealed class PowerCurveSearch(PowerSampler sampler, SearchScale scale, PowerSearch search, double alpha)
{
    private const int PilotReplicates = 200;
    private const int MostAtAnEnd = 1_600;
    private const int FirstSweep = 600;
    private const int FewestInASweep = 400;
    private const int RoundNumber = 100;

    // A normal figure is beyond it once in a thousand times on either side together.
    private const double BeyondDoubt = 3.29;

    // Half-distances of the sweeps, relative to the distance over which power rises from the level to the target.
    private const double Widest = 0.2;
    private const double Narrowest = 0.05;
    private const double DistanceInErrors = 4;
    private const double BandwidthInDistances = 4;
    // The last sweep should do rather than nearly do.
    private const double Margin = 1.1;
    private const double Critical = 1.959963984540054;

    private double _weak;
    private double _strong;
    private int _sign;
    private double _unit;
    private LocalProbit? _fit;

    internal PowerCurveOutcome Find()
    {
        sampler.Planned = FirstSweep * 8;
        bool rises = scale.AlwaysRises || Pilot(scale.To).Rejected >= Pilot(scale.From).Rejected;
        _sign = rises ? 1 : -1;
        (_weak, _strong) = rises ? (scale.From, scale.To) : (scale.To, scale.From);
        SimulatedPower atWeak = Resolve(_weak);
        if (Excess(atWeak) > BeyondDoubt)
        {
            return AtTheEnd(PowerSearchStatus.AlreadyReached, _weak);
        }

        double below = _weak;
        double above = double.NaN;
        foreach (double value in (rises ? scale.Pilots : scale.Pilots.Reverse()).Skip(1))
        {
            if (Pilot(value).Power >= search.Power)
            {
                above = value;
                break;
            }

            if (value != _strong)
            {
                below = value;
            }
        }

        if (double.IsNaN(above))
        {
            if (Excess(Resolve(_strong)) < -BeyondDoubt)
            {
                return AtTheEnd(PowerSearchStatus.OutOfReach, _strong);
            }

            above = _strong;
        }

        return Refine(FirstEstimate(below, above));
    }

    private SimulatedPower Pilot(double value) =>
        sampler.At(value) is { Replicates: > 0 } known ? known : sampler.Run(value, PilotReplicates);

    // More replicates at an end of the range until it is clear on which side of the target its power lies, or they are many.
    private SimulatedPower Resolve(double value)
    {
        SimulatedPower power = Pilot(value);
        while (Math.Abs(Excess(power)) <= BeyondDoubt && power.Replicates < MostAtAnEnd)
        {
            power = sampler.Run(value, power.Replicates);
        }

        return power;
    }

    // How far a figure lies above the target, in the standard errors that it had if its power were the target.
    private double Excess(SimulatedPower power) =>
        (power.Power - search.Power) / Math.Sqrt(search.Power * (1 - search.Power) / power.Replicates);

    // The line through two figures on the probit scale, and the distance over which power rises from the level to the target, which is the
    // measure of all distances from here on.
    private double FirstEstimate(double below, double above)
    {
        (double place0, double place1) = (scale.Place(below), scale.Place(above));
        double probit0 = Probit(sampler.At(below));
        double probit1 = Probit(sampler.At(above));
        double target = Gaussian.InvCDF(0, 1, search.Power);
        double slope = (probit1 - probit0) / (place1 - place0);
        bool isClear = _sign * slope > 0;
        double estimate = Inside(isClear ? place0 + ((target - probit0) / slope) : place1);
        double climb = target - Gaussian.InvCDF(0, 1, alpha / 2);
        _unit = scale.LongestClimb(estimate);
        _unit = isClear ? Math.Min(_unit, climb / Math.Abs(slope)) : _unit;
        return estimate;
    }

    // Half a rejection more on either side, so that none and all have a probit.
    private static double Probit(SimulatedPower power) =>
        Gaussian.InvCDF(0, 1, (power.Rejected + 0.5) / (power.Replicates + 1));

    private double Inside(double place) => Math.Clamp(place, scale.Place(scale.From), scale.Place(scale.To));

    private PowerCurveOutcome Refine(double start)
    {
        double centre = start;
        double distance = Widest;
        int replicates = FirstSweep;
        while (true)
        {
            Sweep(centre, distance * _unit, replicates);
            _fit = LocalProbit.Fit(
                [.. sampler.Tried.Select(t => new LocalPoint(scale.Place(t.Value), t.Replicates, t.Rejected))],
                centre,
                BandwidthInDistances * distance * _unit,
                _unit,
                search.Power,
                _sign);
            (double lower, double upper) = _fit?.Interval() ?? (double.NegativeInfinity, double.PositiveInfinity);
            bool isBounded = double.IsFinite(lower) && double.IsFinite(upper);
            double local = Math.Max(FewestInASweep, _fit?.Replicates ?? replicates);
            double whole = 2 * local;
            if (isBounded)
            {
                double crossing = scale.Value(_fit!.Root);
                double half = (scale.Value(upper) - scale.Value(lower)) / 2;
                double tolerance = scale.Tolerance(crossing, search.Precision);
                if (half <= tolerance || scale.Settles(scale.Value(lower), scale.Value(upper)) || IsBeyondTheRange(lower, upper))
                {
                    return Crossed(isPrecise: true);
                }

                distance = Math.Clamp(DistanceInErrors * (upper - lower) / (2 * Critical * _unit), Narrowest, Widest);
                whole = Margin * local * half * half / (tolerance * tolerance);
            }

            // At most twice as many, since the errors are known no better than the replicates so far allow.
            double allowed = Left(centre);
            if (allowed < FewestInASweep)
            {
                return isBounded ? Crossed(isPrecise: false) : AtTheEnd(PowerSearchStatus.Undecided, _strong);
            }

            double wanted = RoundNumber * Math.Ceiling(Math.Clamp(whole - local, FewestInASweep, Math.Max(FirstSweep, local)) / RoundNumber);
            replicates = (int)Math.Min(allowed, wanted);
            sampler.Planned = sampler.Replicates + Math.Max(replicates, (int)Math.Min(allowed, whole - local));
            centre = Inside(_fit is null ? centre : Math.Clamp(_fit.Root, centre - (2 * distance * _unit), centre + (2 * distance * _unit)));
        }
    }

    // Replicates at the present estimate that the largest cost still allows.
    private double Left(double centre)
    {
        double participants = sampler.ScenarioAt(scale.Nearest(scale.Value(centre))).Design.Participants;
        return Math.Min((search.MaximumCost * PowerSampler.FigureReplicates) - (sampler.Participants / participants), 1e9 - sampler.Replicates);
    }

    private void Sweep(double centre, double distance, int replicates)
    {
        double middle = scale.Nearest(scale.Value(centre));
        int side = replicates / 4;
        int left = replicates;
        foreach (double wanted in (ReadOnlySpan<double>)[scale.Value(centre - distance), scale.Value(centre + distance)])
        {
            double value = scale.Beside(middle, wanted);
            if (value != middle)
            {
                sampler.Run(value, side);
                left -= side;
            }
        }

        sampler.Run(middle, left);
    }

    private bool IsBeyondTheRange(double lower, double upper) =>
        upper < scale.Place(scale.From) || lower > scale.Place(scale.To);

    private PowerCurveOutcome Crossed(bool isPrecise)
    {
        double crossing = scale.Value(_fit!.Root);
        (double lower, double upper) = _fit.Interval();
        if (crossing < scale.From || crossing > scale.To)
        {
            bool isAtWeak = _sign > 0 ? crossing < scale.From : crossing > scale.To;
            return AtTheEnd(
                isAtWeak ? PowerSearchStatus.AlreadyReached : PowerSearchStatus.OutOfReach, isAtWeak ? _weak : _strong) with
            {
                IsPrecise = isPrecise,
            };
        }

        double answer = Math.Min(scale.Answer(crossing), scale.To);
        (double distance, double error) = _fit.At(scale.Place(answer));
        double probit = Gaussian.InvCDF(0, 1, search.Power) + distance;
        return new PowerCurveOutcome(
            PowerSearchStatus.Found,
            answer,
            crossing,
            scale.Value(lower),
            scale.Value(upper),
            isPrecise,
            new MonteCarloValue(Gaussian.CDF(0, 1, probit), Gaussian.PDF(0, 1, probit) * error),
            StillRises: false,
            _sign > 0);
    }

    private PowerCurveOutcome AtTheEnd(PowerSearchStatus status, double end)
    {
        SimulatedPower power = Pilot(end);
        return new PowerCurveOutcome(
            status,
            end,
            double.NaN,
            double.NaN,
            double.NaN,
            IsPrecise: status != PowerSearchStatus.Undecided,
            new MonteCarloValue(power.Power, power.MonteCarloError),
            status == PowerSearchStatus.OutOfReach && StillRises(power),
            _sign > 0);
    }

    // Against the figure half way back to the other end of the range, or the nearest to it.
    private bool StillRises(SimulatedPower last)
    {
        double half = 0.5 * (scale.Place(_weak) + scale.Place(_strong));
        SimulatedPower earlier = sampler.Tried.MinBy(t => Math.Abs(scale.Place(t.Value) - half));
        return last.Power - earlier.Power > 2 * double.Hypot(last.MonteCarloError, earlier.MonteCarloError);
    }
}
