using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>Building data from records.</summary>
public sealed partial class TrialData
{
    /// <summary>Builds a trial's data from records, for analysing data of one's own; without items and adverse events.</summary>
    /// <param name="layout">The shape; its number of participants must be that of the records.</param>
    /// <param name="records">One record a participant.</param>
    /// <returns>The data.</returns>
    /// <exception cref="ArgumentException">A record does not fit the layout; the message names record and column.</exception>
    public static TrialData FromRecords(TrialLayout layout, IReadOnlyList<ParticipantRecord> records)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(records);
        Require.SameLength(records.Count, layout.Participants, nameof(records), nameof(layout.Participants));
        var data = new TrialData(layout with { HasItems = false, AdverseEvents = [] });
        for (int p = 0; p < records.Count; p++)
        {
            data.Set(p, records[p]);
        }

        return data;
    }

    private void Set(int p, ParticipantRecord record)
    {
        void Fail(string message) => throw new ArgumentException(
            FormattableString.Invariant($"Record {p}: {message}"), nameof(record));

        if (record.Arm >= Layout.ArmNames.Count || record.Stratum >= Layout.StratumNames.Count)
        {
            Fail($"there is no arm {record.Arm} or no stratum {record.Stratum}.");
        }

        if (record.Scores.Count != Visits)
        {
            Fail($"holds {record.Scores.Count} scores; there are {Visits} visits.");
        }

        if (record.Covariates.Count != Layout.Covariates.Count)
        {
            Fail($"holds {record.Covariates.Count} covariates; the layout has {Layout.Covariates.Count}.");
        }

        if (record.Endpoints.Count != Layout.Endpoints.Count || record.Endpoints.Any(values => values.Count != Visits))
        {
            Fail($"holds values of {record.Endpoints.Count} endpoints; the layout has {Layout.Endpoints.Count}, each with {Visits} visits.");
        }

        if (record.VisitMonths is { } months && months.Count != Visits)
        {
            Fail($"holds {months.Count} visit times; there are {Visits} visits.");
        }

        if (record.Exposure.Count > MaximumExposureIntervals)
        {
            Fail($"holds {record.Exposure.Count} intervals on drug; at most {MaximumExposureIntervals} are kept.");
        }

        ArmColumn[p] = record.Arm;
        StratumColumn[p] = record.Stratum;
        FollowUpColumn[p] = record.FollowUpMonths ?? Layout.EndMonths;
        FollowUpEndColumn[p] = record.FollowUpEnd;
        PhenoconversionColumn[p] = record.PhenoconversionMonths ?? double.NaN;
        if (PhenoconversionColumn[p] > FollowUpColumn[p])
        {
            Fail(FormattableString.Invariant(
                $"phenoconversion at month {PhenoconversionColumn[p]} is after the end of follow-up, month {FollowUpColumn[p]}."));
        }

        TreatmentStopColumn[p] = record.TreatmentStopMonths ?? double.NaN;
        RescueColumn[p] = record.RescueMonths ?? double.NaN;
        EntryColumn[p] = record.EntryMonths;
        for (int v = 0; v < Visits; v++)
        {
            int cell = (p * Visits) + v;
            ScoreMatrix[cell] = record.Scores[v];
            ObservedMatrix[cell] = double.IsFinite(record.Scores[v]);
            VisitMonthsMatrix[cell] = record.VisitMonths?[v] ?? StudyTime.MonthsFromWeeks(Layout.VisitWeeks[v]);
            if (ObservedMatrix[cell] && !double.IsFinite(VisitMonthsMatrix[cell]))
            {
                Fail($"the score at visit {v} has no time.");
            }
        }

        for (int c = 0; c < CovariateColumns.Length; c++)
        {
            CovariateColumn column = Layout.Covariates[c];
            double value = record.Covariates[c];
            if (column.IsFactor && double.IsFinite(value) && !(value >= 0 && value < column.Levels.Count && value == Math.Floor(value)))
            {
                Fail($"factor '{column.Name}' has no level at position {value.ToString(System.Globalization.CultureInfo.InvariantCulture)}.");
            }

            CovariateColumns[c][p] = value;
        }

        for (int e = 0; e < record.Endpoints.Count; e++)
        {
            _endpoints[e].SetValues(p, record.Endpoints[e].AsSpan());
        }

        for (int i = 0; i < record.Exposure.Count; i++)
        {
            ExposureMatrix[(p * MaximumExposureIntervals) + i] = record.Exposure[i];
        }

        ExposureCounts[p] = (byte)record.Exposure.Count;
    }
}
