using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>The course of the simulated trials: mean scores by visit, events and retention by week, for an arm and a stratum or all
/// strata together.</summary>
public sealed class CourseSummary
{
    private readonly CourseTally _tally;

    internal CourseSummary(TrialLayout layout, CourseTally tally)
    {
        Layout = layout;
        _tally = tally;
    }

    /// <summary>Shape of the trials.</summary>
    public TrialLayout Layout { get; }

    /// <summary>Number of simulated trials.</summary>
    public int Replicates => _tally.Replicates;

    /// <summary>Share of the screened candidates who did not meet the inclusion criteria.</summary>
    public double ScreenFailureRate => 1 - (_tally.Participants.Sum() / (double)_tally.CandidatesScreened);

    /// <summary>Change from baseline of everybody's latent score, whatever ended follow-up (hypothetical strategy).</summary>
    /// <param name="arm">Position of the arm.</param>
    /// <param name="week">A scheduled visit.</param>
    /// <param name="stratum">Name of a stratum; all where null.</param>
    /// <param name="endpoint">Name of an endpoint; the ALSFRS-R total where null. Of a logarithmic one the change is the logarithm of the ratio.</param>
    /// <returns>Mean, standard deviation and number.</returns>
    public SampleSummary LatentChange(int arm, double week, string? stratum = null, string? endpoint = null)
    {
        double[] sums = _tally.At(Outcome(endpoint), Groups(arm, stratum), Layout.VisitAt(week));
        return SampleSummary.FromSums(Participants(arm, stratum), sums[0], sums[1]);
    }

    /// <summary>Change from baseline of the score as written down, for everybody, whatever ended follow-up.</summary>
    /// <param name="arm">Position of the arm.</param>
    /// <param name="week">A scheduled visit.</param>
    /// <param name="stratum">Name of a stratum; all where null.</param>
    /// <param name="endpoint">Name of an endpoint; the ALSFRS-R total where null. Of a logarithmic one the change is the logarithm of the ratio.</param>
    /// <returns>Mean, standard deviation and number.</returns>
    public SampleSummary CompleteChange(int arm, double week, string? stratum = null, string? endpoint = null)
    {
        double[] sums = _tally.At(Outcome(endpoint), Groups(arm, stratum), Layout.VisitAt(week));
        return SampleSummary.FromSums(Participants(arm, stratum), sums[2], sums[3]);
    }

    /// <summary>Change from baseline of the score where it was observed.</summary>
    /// <param name="arm">Position of the arm.</param>
    /// <param name="week">A scheduled visit.</param>
    /// <param name="stratum">Name of a stratum; all where null.</param>
    /// <param name="endpoint">Name of an endpoint; the ALSFRS-R total where null. Of a logarithmic one the change is the logarithm of the ratio.</param>
    /// <returns>Mean, standard deviation and number.</returns>
    public SampleSummary ObservedChange(int arm, double week, string? stratum = null, string? endpoint = null)
    {
        double[] sums = _tally.At(Outcome(endpoint), Groups(arm, stratum), Layout.VisitAt(week));
        return SampleSummary.FromSums((long)sums[4], sums[5], sums[6]);
    }

    /// <summary>The score as written down, for everybody, whatever ended follow-up.</summary>
    /// <param name="arm">Position of the arm.</param>
    /// <param name="week">A scheduled visit; 0 for the baseline.</param>
    /// <param name="stratum">Name of a stratum; all where null.</param>
    /// <param name="endpoint">Name of an endpoint; the ALSFRS-R total where null. Of a logarithmic one the change is the logarithm of the ratio.</param>
    /// <returns>Mean, standard deviation and number.</returns>
    public SampleSummary CompleteScore(int arm, double week, string? stratum = null, string? endpoint = null)
    {
        double[] sums = _tally.At(Outcome(endpoint), Groups(arm, stratum), Layout.VisitAt(week));
        return SampleSummary.FromSums(Participants(arm, stratum), sums[7], sums[8]);
    }

    /// <summary>Number of randomised participants over all replicates.</summary>
    /// <param name="arm">Position of the arm.</param>
    /// <param name="stratum">Name of a stratum; all where null.</param>
    /// <returns>The number.</returns>
    public long Participants(int arm, string? stratum = null)
    {
        long sum = 0;
        foreach (int group in Groups(arm, stratum))
        {
            sum += _tally.Participants[group];
        }

        return sum;
    }

    /// <summary>Probability of being free of some kinds of events, with the others as censoring: the life-table estimate with intervals
    /// of a week.</summary>
    /// <param name="arm">Position of the arm.</param>
    /// <param name="week">A whole week within follow-up.</param>
    /// <param name="kinds">Ends of follow-up that are the event.</param>
    /// <param name="stratum">Name of a stratum; all where null.</param>
    /// <returns>The probability and its Monte Carlo standard error (Greenwood; 0 where nobody is left).</returns>
    public MonteCarloValue EventFree(int arm, int week, ValueList<EventKind> kinds, string? stratum = null)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        Require.InRange(week, 0, _tally.Weeks, nameof(week));
        int[] groups = Groups(arm, stratum);
        double atRisk = Participants(arm, stratum);
        double survival = 1;
        double greenwood = 0;
        for (int w = 0; w <= week; w++)
        {
            double events = 0;
            double censored = 0;
            for (int k = 0; k < CourseTally.Kinds; k++)
            {
                long count = CountInWeek(groups, w, k);
                if (kinds.Contains((EventKind)k))
                {
                    events += count;
                }
                else if (k is not ((int)EventKind.ExtensionNotEntered or (int)EventKind.Completed))
                {
                    censored += count;
                }
            }

            // Those who leave in mid-week were at risk for half of it; those who leave on schedule, for all of it.
            double exposed = atRisk - (censored / 2);
            if (events > 0)
            {
                survival *= 1 - (events / exposed);
                greenwood += events / (exposed * (exposed - events));
            }

            atRisk -= events + censored + CountInWeek(groups, w, (int)EventKind.ExtensionNotEntered)
                + CountInWeek(groups, w, (int)EventKind.Completed);
        }

        return new MonteCarloValue(survival, survival > 0 ? survival * Math.Sqrt(greenwood) : 0);
    }

    /// <summary>Probability of being free of some kinds of events by time since symptom onset, with the others as
    /// censoring.</summary>
    /// <remarks>Participants are alive at entry, whatever their time since onset (left truncation). Counted from entry, they are at
    /// risk from there on: an estimate for all with the disease if entry tells nothing about survival, conditional on reaching
    /// the earliest entry. Counted from onset, they are at risk from onset on although nobody could die before entry: the
    /// survival of the cohort itself, as series of patients seen at clinics publish it, and longer. The estimate is
    /// exp(−Σ events / time at risk) over months since onset. Who has no months since onset does not count.</remarks>
    /// <param name="arm">Position of the arm.</param>
    /// <param name="months">Whole months since onset, from 0 to 1,200.</param>
    /// <param name="kinds">Ends of follow-up that are the event.</param>
    /// <param name="stratum">Name of a stratum; all where null.</param>
    /// <param name="fromEntry">Whether participants are at risk from entry, or as if they had been since onset.</param>
    /// <returns>The probability and its Monte Carlo standard error.</returns>
    public MonteCarloValue EventFreeSinceOnset(
        int arm, int months, ValueList<EventKind> kinds, string? stratum = null, bool fromEntry = true)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        Require.InRange(months, 0, OnsetTally.Months, nameof(months));
        return _tally.Onset.EventFree(Groups(arm, stratum), months, kinds, fromEntry);
    }

    /// <summary>Share of the randomised whose follow-up ended in one of some ways by a week.</summary>
    /// <param name="arm">Position of the arm.</param>
    /// <param name="week">A whole week within follow-up.</param>
    /// <param name="kinds">The ends.</param>
    /// <param name="stratum">Name of a stratum; all where null.</param>
    /// <returns>The share and its Monte Carlo standard error.</returns>
    public MonteCarloValue ShareEnded(int arm, int week, ValueList<EventKind> kinds, string? stratum = null)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        Require.InRange(week, 0, _tally.Weeks, nameof(week));
        int[] groups = Groups(arm, stratum);
        long ended = 0;
        for (int w = 0; w <= week; w++)
        {
            foreach (EventKind kind in kinds)
            {
                ended += CountInWeek(groups, w, (int)kind);
            }
        }

        return MonteCarloValue.OfShare(ended, Participants(arm, stratum));
    }

    /// <summary>Share of the randomised who had at least one adverse event of a class by a week, while in follow-up.</summary>
    /// <param name="arm">Position of the arm.</param>
    /// <param name="week">A whole week within follow-up.</param>
    /// <param name="name">Name of the class.</param>
    /// <param name="stratum">Name of a stratum; all where null.</param>
    /// <returns>The share and its Monte Carlo standard error.</returns>
    public MonteCarloValue ShareWithAdverseEvent(int arm, int week, string name, string? stratum = null)
    {
        Require.InRange(week, 0, _tally.Weeks, nameof(week));
        int first = Layout.AdverseEventAt(name) * (_tally.Weeks + 1);
        return MonteCarloValue.OfShare(CountThrough(_tally.FirstAdverseEvents, arm, first, week, stratum), Participants(arm, stratum));
    }

    /// <summary>Share of the randomised whose disease became clinically manifest by a week, while in follow-up.</summary>
    /// <param name="arm">Position of the arm.</param>
    /// <param name="week">A whole week within follow-up.</param>
    /// <param name="stratum">Name of a stratum; all where null.</param>
    /// <returns>The share and its Monte Carlo standard error.</returns>
    public MonteCarloValue SharePhenoconverted(int arm, int week, string? stratum = null)
    {
        Require.InRange(week, 0, _tally.Weeks, nameof(week));
        return MonteCarloValue.OfShare(CountThrough(_tally.Phenoconversions, arm, 0, week, stratum), Participants(arm, stratum));
    }

    // Sum of a table's entries of the weeks up to one, which begin at some position in each group's row.
    private long CountThrough(long[][] table, int arm, int first, int week, string? stratum)
    {
        long count = 0;
        foreach (int group in Groups(arm, stratum))
        {
            for (int w = 0; w <= week; w++)
            {
                count += table[group][first + w];
            }
        }

        return count;
    }

    private int Outcome(string? endpoint) => endpoint is null ? 0 : 1 + Layout.EndpointAt(endpoint);

    private int[] Groups(int arm, string? stratum)
    {
        Require.InRange(arm, 0, Layout.ArmNames.Count - 1, nameof(arm));
        int strata = Layout.StratumNames.Count;
        return stratum is null
            ? [.. Enumerable.Range(arm * strata, strata)]
            : [(arm * strata) + Layout.StratumAt(stratum)];
    }

    private long CountInWeek(int[] groups, int week, int kind)
    {
        long count = 0;
        foreach (int group in groups)
        {
            count += _tally.Exits[group][(week * CourseTally.Kinds) + kind];
        }

        return count;
    }
}
