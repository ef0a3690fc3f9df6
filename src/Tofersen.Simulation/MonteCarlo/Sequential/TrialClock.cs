using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo.Sequential;

/// <summary>The calendar of one trial: who enters when, who has come to a visit by when, when events happen.</summary>
/// <remarks>All days are months since enrolment opened. Not thread-safe; allocates nothing once made.</remarks>
internal sealed class TrialClock
{
    private readonly EntryOrder _order;
    private readonly bool[] _enrols;
    private readonly double[] _days;
    private TrialData? _data;

    internal TrialClock(TrialLayout layout)
    {
        _order = new EntryOrder(layout.Participants);
        _enrols = new bool[layout.Participants];
        _days = new double[layout.Participants];
    }

    /// <summary>Number of participants who enrol.</summary>
    internal int Enrolling { get; private set; }

    /// <summary>Whether each participant enrols.</summary>
    internal ReadOnlySpan<bool> Enrols => _enrols;

    /// <summary>Day on which the last visit of the last participant takes place, or would have.</summary>
    internal double EndMonths => ArrivalOf(Enrolling, Data.Visits - 1);

    private TrialData Data => _data!;

    /// <summary>Begins a trial in which everybody enrols.</summary>
    internal void Begin(TrialData data)
    {
        _data = data;
        _order.Fill(data.EntryMonths);
        Enrolling = _enrols.Length;
        _enrols.AsSpan().Fill(true);
    }

    /// <summary>Ends enrolment with the participant of a number in the order of entry.</summary>
    internal void EndEnrolment(int participants)
    {
        Enrolling = participants;
        foreach (int p in _order.Numbers[participants..])
        {
            _enrols[p] = false;
        }
    }

    /// <summary>Number of those who enrol that have entered by a day.</summary>
    internal int EnteredBy(double months)
    {
        int entered = 0;
        while (entered < Enrolling && _order.Months[entered] <= months)
        {
            entered++;
        }

        return entered;
    }

    /// <summary>Number of those who enrol that have come to a visit by a day, or would have had they stayed.</summary>
    internal int ReachedBy(double months, int visit)
    {
        int reached = 0;
        for (int p = 0; p < _enrols.Length; p++)
        {
            reached += _enrols[p] && DayOf(p, visit) <= months ? 1 : 0;
        }

        return reached;
    }

    /// <summary>Day by which a number of those who enrol have come to a visit, or would have; infinite where fewer enrol.</summary>
    internal double ArrivalOf(int count, int visit)
    {
        int n = 0;
        for (int p = 0; p < _enrols.Length; p++)
        {
            if (_enrols[p])
            {
                _days[n++] = DayOf(p, visit);
            }
        }

        return Smallest(count, n);
    }

    /// <summary>Day of the event that brings the number of participants with one to a count; infinite where fewer have one.</summary>
    internal double EventOf(int count, bool[] isEvent)
    {
        int n = 0;
        for (int p = 0; p < _enrols.Length; p++)
        {
            (double months, bool happens) = Data.FirstEvent(p, isEvent);
            if (_enrols[p] && happens)
            {
                _days[n++] = Data.EntryColumn[p] + months;
            }
        }

        return Smallest(count, n);
    }

    // Added up as the cut of the data adds it up, so that a look on the day of a visit sees it.
    private double DayOf(int p, int visit) => Data.EntryColumn[p] + Data.VisitMonthsMatrix[(p * Data.Visits) + visit];

    private double Smallest(int count, int n)
    {
        if (count > n)
        {
            return double.PositiveInfinity;
        }

        Span<double> days = _days.AsSpan(0, n);
        days.Sort();
        return days[count - 1];
    }
}
