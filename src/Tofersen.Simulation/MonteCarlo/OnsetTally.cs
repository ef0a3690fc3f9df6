using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Events and time at risk by month since symptom onset, for participants who enter at different times since onset.</summary>
/// <remarks>Times are whole thousandths of a month, so that sums are exact in any order.</remarks>
internal sealed class OnsetTally
{
    /// <summary>Months since onset that are kept; time and events after them do not count.</summary>
    internal const int Months = 1_200;

    private const int UnitsPerMonth = 1_000;
    private const int Kinds = CourseTally.Kinds;

    private readonly int _column;

    // By group and month: how many enter and how many leave, the time from there to the end of the month, and ends by kind.
    private readonly long[][] _enter;
    private readonly long[][] _enterRest;
    private readonly long[][] _leave;
    private readonly long[][] _leaveRest;
    private readonly long[][] _ends;

    internal OnsetTally(TrialLayout layout, int groups)
    {
        _column = layout.Covariates.ToList().FindIndex(c => c.Name == Covariates.MonthsSinceOnset);
        long[][] Make(int width) => [.. Enumerable.Range(0, groups).Select(_ => new long[(Months + 1) * width])];
        (_enter, _enterRest, _leave, _leaveRest, _ends) = (Make(1), Make(1), Make(1), Make(1), Make(Kinds));
    }

    internal void Add(TrialData data, int p, int group)
    {
        double onset = _column < 0 ? double.NaN : data.CovariateColumns[_column][p];
        if (!(onset >= 0 && onset < Months))
        {
            return;
        }

        long entry = (long)Math.Round(onset * UnitsPerMonth);
        long exit = (long)Math.Round(Math.Min(onset + data.FollowUpColumn[p], Months) * UnitsPerMonth);
        int enters = (int)(entry / UnitsPerMonth);
        int leaves = (int)(exit / UnitsPerMonth);
        _enter[group][enters]++;
        _enterRest[group][enters] += ((enters + 1) * (long)UnitsPerMonth) - entry;
        _leave[group][leaves]++;
        _leaveRest[group][leaves] += ((leaves + 1) * (long)UnitsPerMonth) - exit;
        if (leaves < Months)
        {
            _ends[group][(leaves * Kinds) + (int)data.FollowUpEndColumn[p]]++;
        }
    }

    internal void Visit(ITallyVisitor visitor)
    {
        foreach (long[][] table in (long[][][])[_enter, _enterRest, _leave, _leaveRest, _ends])
        {
            foreach (long[] counts in table)
            {
                visitor.Visit(counts);
            }
        }
    }

    internal void Merge(OnsetTally other)
    {
        foreach ((long[][] mine, long[][] theirs) in ((long[][], long[][])[])
            [(_enter, other._enter), (_enterRest, other._enterRest), (_leave, other._leave), (_leaveRest, other._leaveRest), (_ends, other._ends)])
        {
            for (int g = 0; g < mine.Length; g++)
            {
                for (int i = 0; i < mine[g].Length; i++)
                {
                    mine[g][i] += theirs[g][i];
                }
            }
        }
    }

    /// <summary>exp(−Σ events / time at risk) over the months up to one, with its standard error.</summary>
    internal MonteCarloValue EventFree(ReadOnlySpan<int> groups, int months, ValueList<EventKind> kinds, bool fromEntry)
    {
        long atRisk = 0;
        foreach (int g in groups)
        {
            atRisk += fromEntry ? 0 : _enter[g].Sum();
        }

        double cumulative = 0;
        double variance = 0;
        for (int m = 0; m < months; m++)
        {
            long units = atRisk * UnitsPerMonth;
            long events = 0;
            foreach (int g in groups)
            {
                units += (fromEntry ? _enterRest[g][m] : 0) - _leaveRest[g][m];
                atRisk += (fromEntry ? _enter[g][m] : 0) - _leave[g][m];
                foreach (EventKind kind in kinds)
                {
                    events += _ends[g][(m * Kinds) + (int)kind];
                }
            }

            if (events > 0)
            {
                double time = units / (double)UnitsPerMonth;
                cumulative += events / time;
                variance += events / (time * time);
            }
        }

        double free = Math.Exp(-cumulative);
        return new MonteCarloValue(free, free * Math.Sqrt(variance));
    }
}
