using Tofersen.Simulation.Analyses.Ranks;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.Survival;

/// <summary>Reads a participant's time, event and stratum of the test from a trial.</summary>
internal sealed class EventSelection
{
    private readonly bool[] _isEvent;
    private readonly AnalysedStrata _strata;
    private readonly FactorStrata _factors;

    internal EventSelection(
        TimeToEventAnalysis analysis, double? throughWeek, ValueList<string> stratifyBy, TrialLayout layout)
    {
        _strata = new AnalysedStrata(layout, analysis.Strata);
        HorizonMonths = throughWeek is { } week ? StudyTime.MonthsFromWeeks(week) : double.PositiveInfinity;
        _isEvent = TrialData.EventFlags(analysis.Events);
        _factors = new FactorStrata(layout, stratifyBy);
    }

    /// <summary>Months from randomisation until which events count; infinite where there is no limit.</summary>
    internal double HorizonMonths { get; }

    /// <summary>Number of combinations of the levels of the factors; 1 without factors.</summary>
    internal int StratumCount => _factors.Count;

    /// <summary>Reads one participant.</summary>
    /// <returns>Whether the participant counts: is of an analysed stratum, and has a level of each factor.</returns>
    internal bool TryRead(TrialData data, int participant, out EventTime entry)
    {
        entry = default;
        int stratum = _strata.Include(data, participant) ? _factors.Of(data, participant) : -1;
        if (stratum < 0)
        {
            return false;
        }

        (double time, bool isEvent) = data.FirstEvent(participant, _isEvent);
        entry = new EventTime(Math.Min(time, HorizonMonths), isEvent && time <= HorizonMonths, stratum);
        return true;
    }
}

/// <summary>Time to event or censoring, which of the two it is, and the stratum.</summary>
internal readonly record struct EventTime(double Time, bool IsEvent, int Stratum);
