using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Two-stage analysis of slopes: a straight line for each participant by least squares, then a comparison of the slopes
/// between arms by analysis of covariance.</summary>
/// <remarks>Slopes are in points per month against the actual visit times. Every slope counts the same, however many visits it has;
/// the random-slope model weighs them and is the better analysis, this one its plain check.</remarks>
public sealed record SlopeAnalysis : TwoArmAnalysis
{
    /// <summary>Last visit that counts, in weeks since randomisation.</summary>
    public required double ThroughWeek { get; init => field = Require.Above(value, 0, 2_000); }

    /// <summary>First visit that counts, in weeks since randomisation; the baseline by default.</summary>
    public double FromWeek { get; init => field = Require.InRange(value, 0, 2_000); }

    /// <summary>Fewest visits at different times that make a slope, from 2 to 200.</summary>
    public int MinimumVisits { get; init => field = Require.InRange(value, 2, 200); } = 2;

    /// <summary>Names of covariates and factors of the second stage; none by default.</summary>
    public ValueList<string> Covariates { get; init => field = Require.NotNull(value); } = [];

    private protected override string DefaultName =>
        FormattableString.Invariant($"slopes-{ThroughWeek}");

    /// <inheritdoc/>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new SlopeWorker(this, layout);
    }

    /// <inheritdoc/>
    /// <remarks>The slope that least squares finds in the mean course at all scheduled visits.</remarks>
    public override LatentContrast? Estimand(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        (int first, int last) = VisitRange(layout);
        return SlopeContrast.Of(layout, first, last, Strata);
    }

    internal (int First, int Last) VisitRange(TrialLayout layout)
    {
        int first = layout.VisitAt(FromWeek);
        int last = layout.VisitAt(ThroughWeek);
        return last - first + 1 >= MinimumVisits
            ? (first, last)
            : throw new ArgumentException(
                FormattableString.Invariant(
                    $"From week {FromWeek} to week {ThroughWeek} there are {Math.Max(0, last - first + 1)} visits; {MinimumVisits} are needed for a slope."),
                nameof(layout));
    }
}
