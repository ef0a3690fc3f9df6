using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Observations;

/// <summary>The data of one trial as a statistician would get them, in columns. Latent values never appear here.</summary>
/// <remarks>
/// <para>Participants are numbered from 0. Scores lie participant by participant: those of participant p at visit v are at
/// p · V + v. Times are months since randomisation.</para>
/// <para>The simulator writes each replicate into the same object: a reader that wants to keep it copies what it needs.</para>
/// </remarks>
public sealed partial class TrialData
{
    /// <summary>Most intervals on drug that are kept for a participant.</summary>
    public const int MaximumExposureIntervals = 4;

    private const byte NoArm = byte.MaxValue;

    internal readonly byte[] ArmColumn;
    internal readonly byte[] StratumColumn;
    internal readonly double[][] CovariateColumns;
    internal readonly double[] ScoreMatrix;
    internal readonly bool[] ObservedMatrix;
    internal readonly double[] VisitMonthsMatrix;
    internal readonly double[] FollowUpColumn;
    internal readonly EventKind[] FollowUpEndColumn;
    internal readonly double[] PhenoconversionColumn;
    internal readonly ExposureInterval[] ExposureMatrix;
    internal readonly byte[] ExposureCounts;
    internal readonly double[] TreatmentStopColumn;
    internal readonly double[] RescueColumn;
    internal readonly double[] EntryColumn;

    // Items of participant p at visit v from (p · visits + v) · items on; empty without items.
    internal readonly byte[] ItemMatrix;

    private readonly TrialData[] _endpoints;
    private readonly TrialData? _whole;
    private readonly int _baselineColumn = -1;
    private int _participants;
    private double _cutMonths = double.PositiveInfinity;
    private StreamKey? _streams;

    internal TrialData(TrialLayout layout)
    {
        Layout = layout;
        int n = layout.Participants;
        int cells = n * layout.VisitWeeks.Count;
        _participants = n;
        ArmColumn = new byte[n];
        StratumColumn = new byte[n];
        CovariateColumns = [.. layout.Covariates.Select(_ => new double[n])];
        ScoreMatrix = new double[cells];
        ObservedMatrix = new bool[cells];
        VisitMonthsMatrix = new double[cells];
        FollowUpColumn = new double[n];
        FollowUpEndColumn = new EventKind[n];
        PhenoconversionColumn = new double[n];
        PhenoconversionColumn.AsSpan().Fill(double.NaN);
        ExposureMatrix = new ExposureInterval[n * MaximumExposureIntervals];
        ExposureCounts = new byte[n];
        TreatmentStopColumn = new double[n];
        RescueColumn = new double[n];
        EntryColumn = new double[n];
        TreatmentStopColumn.AsSpan().Fill(double.NaN);
        RescueColumn.AsSpan().Fill(double.NaN);
        ItemMatrix = new byte[layout.HasItems ? cells * ItemModel.ItemCount : 0];
        AdverseEvents = new AdverseEventData(layout);
        TrialLayout endpointLayout = layout with { Endpoints = [] };
        _endpoints = [.. layout.Endpoints.Select(_ => new TrialData(this, endpointLayout))];
    }

    // The same trial with another endpoint in the place of the scores, and its baseline in that of theirs.
    private TrialData(TrialData whole, TrialLayout layout)
        : this(
            whole,
            layout,
            whole.ArmColumn,
            new double[whole.ScoreMatrix.Length],
            new bool[whole.ObservedMatrix.Length],
            layout.Covariates.Select(c => c.Name).ToList().IndexOf(Covariates.Baseline))
    {
    }

    private TrialData(
        TrialData whole, TrialLayout layout, byte[] arms, double[] scores, bool[] observed, int baselineColumn)
    {
        Layout = layout;
        _whole = whole;
        _baselineColumn = baselineColumn;
        ArmColumn = arms;
        StratumColumn = whole.StratumColumn;
        CovariateColumns = [.. layout.Covariates.Select((_, i) => i == _baselineColumn
            ? new double[layout.Participants]
            : whole.CovariateColumns[i])];
        ScoreMatrix = scores;
        ObservedMatrix = observed;
        VisitMonthsMatrix = whole.VisitMonthsMatrix;
        FollowUpColumn = whole.FollowUpColumn;
        FollowUpEndColumn = whole.FollowUpEndColumn;
        PhenoconversionColumn = whole.PhenoconversionColumn;
        ExposureMatrix = whole.ExposureMatrix;
        ExposureCounts = whole.ExposureCounts;
        TreatmentStopColumn = whole.TreatmentStopColumn;
        RescueColumn = whole.RescueColumn;
        EntryColumn = whole.EntryColumn;
        ItemMatrix = whole.ItemMatrix;
        AdverseEvents = whole.AdverseEvents;
        _endpoints = [];
    }

    /// <summary>What stays the same in every replicate: visits, arms, strata, covariates.</summary>
    public TrialLayout Layout { get; }

    // The trial that a view is of, views of views included.
    private TrialData Whole => _whole?.Whole ?? this;

    /// <summary>Streams of the simulated replicate, for analyses that draw random numbers; null for data of one's own.</summary>
    internal StreamKey? Streams
    {
        get => Whole._streams;
        set => _streams = value;
    }

    /// <summary>Number of participants: that of the layout, or fewer at a look before all have entered.</summary>
    public int Participants
    {
        get => Whole._participants;
        internal set => _participants = AdverseEvents.Participants = value;
    }

    /// <summary>Day of the calendar on which the data were cut, in months since enrolment opened; infinite for a whole trial.</summary>
    internal double CutMonths
    {
        get => Whole._cutMonths;
        set => _cutMonths = value;
    }

    /// <summary>Number of scheduled visits, the baseline included.</summary>
    public int Visits => Layout.VisitWeeks.Count;

    /// <summary>Arm of each participant: a position in the layout's arm names.</summary>
    public ReadOnlySpan<byte> Arms => ArmColumn.AsSpan(0, Participants);

    /// <summary>Stratum of each participant: a position in the layout's stratum names.</summary>
    public ReadOnlySpan<byte> Strata => StratumColumn.AsSpan(0, Participants);

    /// <summary>Observed scores, participant by participant; NaN where missing.</summary>
    public ReadOnlySpan<double> Scores => ScoreMatrix.AsSpan(0, Participants * Visits);

    /// <summary>Whether each score was observed, in the order of <see cref="Scores"/>.</summary>
    public ReadOnlySpan<bool> Observed => ObservedMatrix.AsSpan(0, Participants * Visits);

    /// <summary>When each visit took place, or would have, in months; in the order of <see cref="Scores"/>.</summary>
    public ReadOnlySpan<double> VisitMonths => VisitMonthsMatrix.AsSpan(0, Participants * Visits);

    /// <summary>End of each participant's follow-up, in months: the event, or the end of the trial.</summary>
    public ReadOnlySpan<double> FollowUpMonths => FollowUpColumn.AsSpan(0, Participants);

    /// <summary>How each participant's follow-up ended.</summary>
    public ReadOnlySpan<EventKind> FollowUpEnds => FollowUpEndColumn.AsSpan(0, Participants);

    /// <summary>When each participant's disease became clinically manifest within follow-up, in months since randomisation, in a trial of
    /// carriers without symptoms; NaN for who did not convert, and in other trials.</summary>
    public ReadOnlySpan<double> PhenoconversionMonths => PhenoconversionColumn.AsSpan(0, Participants);

    /// <summary>When each participant was randomised, in months of calendar time since enrolment opened; 0 where all were at once.</summary>
    public ReadOnlySpan<double> EntryMonths => EntryColumn.AsSpan(0, Participants);

    /// <summary>When each participant stopped the assigned treatment, active or placebo, while staying in the trial, in months; NaN for who
    /// did not. Stopping because follow-up ended does not count.</summary>
    public ReadOnlySpan<double> TreatmentStopMonths => TreatmentStopColumn.AsSpan(0, Participants);

    /// <summary>When each participant of the control arm began drug as a rescue, in months; NaN for who did not.</summary>
    public ReadOnlySpan<double> RescueMonths => RescueColumn.AsSpan(0, Participants);

    /// <summary>A baseline column: numbers, or positions of levels of a factor; NaN where missing.</summary>
    /// <param name="index">Position in the layout's covariates.</param>
    /// <returns>One value a participant.</returns>
    public ReadOnlySpan<double> Covariate(int index) => CovariateColumns[index].AsSpan(0, Participants);

    /// <summary>The same trial with an endpoint in the place of the ALSFRS-R total: its values are the scores, and its baseline is the covariate
    /// of that name. Values of a logarithmic endpoint are natural logarithms.</summary>
    /// <param name="index">Position in the layout's endpoints.</param>
    /// <returns>Data that share everything else with these, and like them hold the trial until the next is simulated.</returns>
    public TrialData OnEndpoint(int index) => _endpoints[index];

    /// <summary>A view that shares everything with these data but the arms, for <see cref="TakeArms"/> to fill.</summary>
    /// <param name="layout">The shape with the names of two arms.</param>
    internal TrialData OfTwoArms(TrialLayout layout) =>
        new(this, layout, new byte[ArmColumn.Length], ScoreMatrix, ObservedMatrix, baselineColumn: -1);

    /// <summary>Takes the arms of the trial that this is a view of: the active one and the control become the two arms, all others
    /// none.</summary>
    internal void TakeArms(TrialData source, byte active, byte control)
    {
        for (int p = 0; p < Participants; p++)
        {
            byte arm = source.ArmColumn[p];
            ArmColumn[p] = arm == active ? (byte)TrialDesign.ActiveArm : arm == control ? (byte)TrialDesign.ControlArm : NoArm;
        }
    }

    /// <summary>The adverse events; without classes where none are simulated.</summary>
    public AdverseEventData AdverseEvents { get; }

    /// <summary>The twelve items of the ALSFRS-R at a visit, in the order of the form.</summary>
    /// <param name="participant">Number of the participant.</param>
    /// <param name="visit">Position of the visit.</param>
    /// <returns>Scores from 0 to 4; empty where the visit was missed or did not take place.</returns>
    /// <exception cref="InvalidOperationException">The trial has no items; see <see cref="TrialLayout.HasItems"/>.</exception>
    public ReadOnlySpan<byte> Items(int participant, int visit)
    {
        if (!Layout.HasItems)
        {
            throw new InvalidOperationException("The trial has no items; simulate a scenario whose observation model has them.");
        }

        int cell = (Require.InRange(participant, 0, Participants - 1, nameof(participant)) * Visits) + Require.InRange(visit, 0, Visits - 1, nameof(visit));
        return Whole.ObservedMatrix[cell] ? ItemMatrix.AsSpan(cell * ItemModel.ItemCount, ItemModel.ItemCount) : [];
    }

    /// <summary>Which kinds of events count, by number.</summary>
    internal static bool[] EventFlags(ValueList<EventKind> events)
    {
        var flags = new bool[Enum.GetValues<EventKind>().Length];
        foreach (EventKind kind in events)
        {
            flags[(int)kind] = true;
        }

        return flags;
    }

    /// <summary>Time of the first of some kinds of events, or else of the end of follow-up, and whether it is an event.</summary>
    internal (double Months, bool IsEvent) FirstEvent(int participant, bool[] isEvent)
    {
        double converted = PhenoconversionColumn[participant];
        return isEvent[(int)EventKind.Phenoconversion] && double.IsFinite(converted)
            ? (converted, true)
            : (FollowUpColumn[participant], isEvent[(int)FollowUpEndColumn[participant]]);
    }

    /// <summary>A participant's intervals on drug within follow-up, in order.</summary>
    /// <param name="participant">Number of the participant.</param>
    /// <returns>The intervals; empty for somebody who was never treated.</returns>
    public ReadOnlySpan<ExposureInterval> Exposure(int participant) =>
        ExposureMatrix.AsSpan(participant * MaximumExposureIntervals, ExposureCounts[participant]);

    /// <summary>Copies everything but the endpoints into data of the same shape.</summary>
    internal void CopyTo(TrialData target)
    {
        ArmColumn.CopyTo(target.ArmColumn, 0);
        StratumColumn.CopyTo(target.StratumColumn, 0);
        for (int c = 0; c < CovariateColumns.Length; c++)
        {
            CovariateColumns[c].CopyTo(target.CovariateColumns[c], 0);
        }

        ScoreMatrix.CopyTo(target.ScoreMatrix, 0);
        ObservedMatrix.CopyTo(target.ObservedMatrix, 0);
        VisitMonthsMatrix.CopyTo(target.VisitMonthsMatrix, 0);
        FollowUpColumn.CopyTo(target.FollowUpColumn, 0);
        FollowUpEndColumn.CopyTo(target.FollowUpEndColumn, 0);
        PhenoconversionColumn.CopyTo(target.PhenoconversionColumn, 0);
        ExposureMatrix.CopyTo(target.ExposureMatrix, 0);
        ExposureCounts.CopyTo(target.ExposureCounts, 0);
        TreatmentStopColumn.CopyTo(target.TreatmentStopColumn, 0);
        RescueColumn.CopyTo(target.RescueColumn, 0);
        EntryColumn.CopyTo(target.EntryColumn, 0);
        target.Participants = Participants;
        target.CutMonths = CutMonths;
        target.Streams = Streams;
    }

    /// <summary>Sets the values of a participant at all visits, and the baseline; missing where not finite.</summary>
    internal void SetValues(int p, ReadOnlySpan<double> values)
    {
        int row = p * Visits;
        for (int v = 0; v < values.Length; v++)
        {
            bool isObserved = double.IsFinite(values[v]);
            ObservedMatrix[row + v] = isObserved;
            ScoreMatrix[row + v] = isObserved ? values[v] : double.NaN;
        }

        SetBaseline(p);
    }

    /// <summary>Sets a participant's values where a visit was seen and the endpoint is measured.</summary>
    internal void SetObserved(int p, ReadOnlySpan<double> values, ReadOnlySpan<bool> seen, ReadOnlySpan<bool> measured)
    {
        int row = p * values.Length;
        for (int v = 0; v < values.Length; v++)
        {
            bool isObserved = seen[v] && measured[v];
            ObservedMatrix[row + v] = isObserved;
            ScoreMatrix[row + v] = isObserved ? values[v] : double.NaN;
        }

        SetBaseline(p);
    }

    /// <summary>Takes the baseline covariate of an endpoint from its first visit.</summary>
    internal void SetBaseline(int p)
    {
        if (_baselineColumn >= 0)
        {
            CovariateColumns[_baselineColumn][p] = ScoreMatrix[p * Visits];
        }
    }
}
