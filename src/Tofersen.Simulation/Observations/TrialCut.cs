using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Observations;

/// <summary>The data of a trial as they stand on a day of the calendar: who has entered by then, what has been seen by then.</summary>
/// <remarks>
/// <para>Whoever has entered keeps the order of numbers. A visit is there when its day, entry plus its month, is not after the cut; so are
/// its endpoints and items. Follow-up that runs on is cut there and counts as completed: censored, as at the end of a trial. Exposure,
/// stopping, rescue, phenoconversion and adverse events end with it.</para>
/// <para>Writes into data of its own, one cut after another, without allocating. A cut after everything is the whole trial, bit for
/// bit.</para>
/// </remarks>
internal sealed class TrialCut
{
    private readonly int _visits;

    internal TrialCut(TrialLayout layout)
    {
        Data = new TrialData(layout);
        _visits = layout.VisitWeeks.Count;
    }

    /// <summary>The data that were cut last; with fewer participants than the layout where not all had entered.</summary>
    internal TrialData Data { get; }

    /// <summary>Cuts a trial.</summary>
    /// <param name="source">The whole trial, of the layout of this.</param>
    /// <param name="cutMonths">The day, in months since enrolment opened; infinite for the end of the trial.</param>
    /// <param name="lastEntryMonths">Day by which a participant must have entered to count; no later than the cut.</param>
    /// <param name="enrols">Whether each participant enrols at all; empty where everybody does.</param>
    /// <returns><see cref="Data"/>.</returns>
    internal TrialData Fill(TrialData source, double cutMonths, double lastEntryMonths, ReadOnlySpan<bool> enrols)
    {
        int kept = 0;
        for (int p = 0; p < source.Participants; p++)
        {
            if (source.EntryColumn[p] <= lastEntryMonths && (enrols.IsEmpty || enrols[p]))
            {
                Copy(source, p, kept++, cutMonths);
            }
        }

        Data.Participants = kept;
        Data.CutMonths = cutMonths;
        Data.Streams = source.Streams;
        return Data;
    }

    private void Copy(TrialData source, int from, int to, double cutMonths)
    {
        Data.ArmColumn[to] = source.ArmColumn[from];
        Data.StratumColumn[to] = source.StratumColumn[from];
        Data.EntryColumn[to] = source.EntryColumn[from];
        for (int c = 0; c < Data.CovariateColumns.Length; c++)
        {
            Data.CovariateColumns[c][to] = source.CovariateColumns[c][from];
        }

        CopyVisits(source, from, to, cutMonths);

        // What happens on the day of the cut is seen: days are added up, as whoever sets the cut on one adds them up.
        double entry = source.EntryColumn[from];
        double followUp = source.FollowUpColumn[from];
        bool isCut = entry + followUp > cutMonths;
        double onset = entry + source.PhenoconversionColumn[from] <= cutMonths ? source.PhenoconversionColumn[from] : double.NaN;
        double available = double.IsNaN(onset) ? cutMonths - entry : Math.Max(cutMonths - entry, onset);
        double end = isCut ? Math.Min(available, followUp) : followUp;
        Data.PhenoconversionColumn[to] = onset;
        Data.FollowUpColumn[to] = end;
        Data.FollowUpEndColumn[to] = isCut ? EventKind.Completed : source.FollowUpEndColumn[from];
        CopyTreatment(source, from, to, isCut ? end : double.PositiveInfinity);
        CopyAdverseEvents(source, from, to, isCut ? end : double.PositiveInfinity);
    }

    private void CopyVisits(TrialData source, int from, int to, double cutMonths)
    {
        int row = from * _visits;
        int target = to * _visits;
        ReadOnlySpan<double> months = source.VisitMonthsMatrix.AsSpan(row, _visits);
        months.CopyTo(Data.VisitMonthsMatrix.AsSpan(target, _visits));
        if (Data.ItemMatrix.Length > 0)
        {
            source.ItemMatrix.AsSpan(row * ItemModel.ItemCount, _visits * ItemModel.ItemCount)
                .CopyTo(Data.ItemMatrix.AsSpan(target * ItemModel.ItemCount));
        }

        double entry = source.EntryColumn[from];
        CopyScores(source, Data, row, target, entry, cutMonths, months);
        for (int e = 0; e < Data.Layout.Endpoints.Count; e++)
        {
            TrialData endpoint = Data.OnEndpoint(e);
            CopyScores(source.OnEndpoint(e), endpoint, row, target, entry, cutMonths, months);
            endpoint.SetBaseline(to);
        }
    }

    private static void CopyScores(
        TrialData source, TrialData data, int row, int target, double entry, double cutMonths, ReadOnlySpan<double> months)
    {
        for (int v = 0; v < months.Length; v++)
        {
            bool isSeen = source.ObservedMatrix[row + v] && entry + months[v] <= cutMonths;
            data.ObservedMatrix[target + v] = isSeen;
            data.ScoreMatrix[target + v] = isSeen ? source.ScoreMatrix[row + v] : double.NaN;
        }
    }

    private void CopyTreatment(TrialData source, int from, int to, double end)
    {
        int kept = 0;
        int target = to * TrialData.MaximumExposureIntervals;
        foreach (ExposureInterval interval in source.Exposure(from))
        {
            if (interval.StartMonths < end)
            {
                Data.ExposureMatrix[target + kept++] = interval with { StopMonths = Math.Min(interval.StopMonths, end) };
            }
        }

        Data.ExposureCounts[to] = (byte)kept;
        Data.TreatmentStopColumn[to] = Before(source.TreatmentStopColumn[from], end);
        Data.RescueColumn[to] = Before(source.RescueColumn[from], end);
    }

    private void CopyAdverseEvents(TrialData source, int from, int to, double end)
    {
        if (Data.AdverseEvents.Classes == 0)
        {
            return;
        }

        Data.AdverseEvents.Begin(to);
        foreach (AdverseEvent episode in source.AdverseEvents.Episodes(from))
        {
            if (episode.Months <= end)
            {
                Data.AdverseEvents.Add(to, episode);
            }
        }
    }

    private static double Before(double months, double end) => months < end ? months : double.NaN;
}
