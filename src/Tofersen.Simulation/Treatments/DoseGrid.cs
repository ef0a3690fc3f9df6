namespace Tofersen.Simulation.Treatments;

/// <summary>Doses on a grid of equal steps: what each leaves in the cerebrospinal fluid and in tissue at the first point of the grid at or
/// after it. Between points both compartments are linear, so that nothing is lost.</summary>
/// <param name="rates">Rates of the compartments.</param>
/// <param name="jumps">Doses at the points, in mg; added to.</param>
/// <param name="csf">What doses between the points leave in the fluid at the next, in mg; added to.</param>
/// <param name="tissue">What they leave in tissue at the next, in mg; added to.</param>
/// <param name="endWeeks">End of the time that is asked for; at most the last point.</param>
internal ref struct DoseGrid(in ChainRates rates, Span<double> jumps, Span<double> csf, Span<double> tissue, double endWeeks)
{
    private readonly ChainRates _rates = rates;
    private readonly Span<double> _jumps = jumps;
    private readonly Span<double> _csf = csf;
    private readonly Span<double> _tissue = tissue;

    internal double EndWeeks { get; } = endWeeks;

    /// <summary>First point that a dose above 0 has reached; the number of points where there is none.</summary>
    internal int First { get; private set; } = csf.Length;

    internal void Add(double weeks, double mg)
    {
        double position = weeks * _rates.StepsPerWeek;
        double point = Math.Ceiling(position - ChainGrid.SamePoint);
        if (mg == 0 || point >= _csf.Length)
        {
            return;
        }

        int g = (int)point;
        double steps = point - position;
        First = Math.Min(First, g);
        if (steps <= ChainGrid.SamePoint)
        {
            _jumps[g] += mg;
            return;
        }

        _csf[g] += mg * Math.Exp(-_rates.Csf * steps);
        _tissue[g] += mg * _rates.TissueShare(steps);
    }
}
