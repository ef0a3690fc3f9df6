using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Scenarios.Sequential;

/// <summary>A new number of participants in the middle of a trial, from the standard deviation of the change from baseline of both arms
/// together, so that nobody learns who got what.</summary>
/// <remarks>
/// <para>With allocation r : 1 the number is (1 + r)²/r · (z₁₋α + z₁₋β)² · S² / Δ², divided by the share that is not missing, rounded up, and
/// kept between the minimum and the design's number of participants. Whoever has entered by then stays: the number is never below theirs.</para>
/// <para>S² is the variance of the pooled sample around its mean, or around the means of the strata. Under the planned difference it holds
/// the difference too, and is too large by about r/(1 + r)² · Δ²; <see cref="AdjustsForDifference"/> takes that off.</para>
/// <para>References: Kieser and Friede, Drug Information Journal 34 (2000) 455–460; Kieser and Friede, Statistics in Medicine 22 (2003)
/// 3571–3581.</para>
/// </remarks>
public sealed record BlindedReestimation
{
    /// <summary>Number of participants before anything is known of the standard deviation, from 2 to 1,000,000: at least the minimum, at most
    /// the design's. Shares and fractions are of it until there is a new one, and it stays where the data give none.</summary>
    public required int PlannedParticipants { get; init => field = Require.InRange(value, 2, 1_000_000); }

    /// <summary>Fewest participants that may come out, from 2 to 1,000,000. The most is the design's number of participants.</summary>
    public required int MinimumParticipants { get; init => field = Require.InRange(value, 2, 1_000_000); }

    /// <summary>Week of the calendar, since enrolment opened, in which the number is set; null where <see cref="CompletersShare"/>
    /// times it.</summary>
    public double? Weeks { get; init => field = value is { } weeks ? Require.Above(weeks, 0, 2e4) : null; }

    /// <summary>Share of the planned participants that must have come to the visit, above 0, at most 1; null where <see cref="Weeks"/>
    /// times it.</summary>
    public double? CompletersShare { get; init => field = value is { } share ? Require.Above(share, 0, 1) : null; }

    /// <summary>The visit of the change, in weeks since randomisation; a scheduled visit after baseline.</summary>
    public required double Week { get; init => field = Require.Above(value, 0, 2_000); }

    /// <summary>Name of the endpoint; the ALSFRS-R total where null. Of a logarithmic one the change is a difference of logarithms.</summary>
    public string? Endpoint { get; init => field = value is null ? null : Require.Text(value); }

    /// <summary>Planned difference Δ between the arms, in units of the change; above 0, at most 10⁶. Its direction does not matter.</summary>
    public required double Difference { get; init => field = Require.Above(value, 0, 1e6); }

    /// <summary>Power that the planned difference is to have, from 0.5 to 0.999.</summary>
    public required double Power { get; init => field = Require.InRange(value, 0.5, 0.999); }

    /// <summary>One-sided level, from 10⁻⁶ to 0.5; 0.025 by default.</summary>
    public double Alpha { get; init => field = Require.InRange(value, 1e-6, 0.5); } = 0.025;

    /// <summary>Share of the participants expected to be without the change, from 0 to 0.9; 0 by default.</summary>
    public double MissingShare { get; init => field = Require.InRange(value, 0, 0.9); }

    /// <summary>Whether the variance is around the means of the strata, not the mean of all.</summary>
    public bool PoolsWithinStrata { get; init; }

    /// <summary>Whether the part of the planned difference is taken off the variance.</summary>
    public bool AdjustsForDifference { get; init; }

    /// <summary>Checks that the number can be set in a scenario.</summary>
    /// <exception cref="ArgumentException">It cannot; the message says what is needed.</exception>
    internal void Validate(Scenario scenario, SequentialPlan plan)
    {
        int most = scenario.Design.Participants;
        if (MinimumParticipants > most)
        {
            throw new ArgumentOutOfRangeException(
                nameof(MinimumParticipants),
                MinimumParticipants,
                FormattableString.Invariant($"Is above the maximum, the design's {most} participants."));
        }

        if (PlannedParticipants < MinimumParticipants || PlannedParticipants > most)
        {
            throw new ArgumentOutOfRangeException(
                nameof(PlannedParticipants),
                PlannedParticipants,
                FormattableString.Invariant($"Must lie between the minimum, {MinimumParticipants}, and the design's {most} participants."));
        }

        if ((Weeks is null) == (CompletersShare is null))
        {
            throw new ArgumentException("Give either the week or the share of completers at which the number is set.", nameof(Weeks));
        }

        if (scenario.Design.Enrolment is null)
        {
            throw new ArgumentException(
                "A number of participants can be changed while they enrol: give the design an enrolment.", nameof(scenario.Design.Enrolment));
        }

        if (Weeks is { } weeks)
        {
            CalendarTiming.CheckWeek(weeks, scenario, plan);
        }

        if (scenario.Design.Arms.Count != 2)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The formula is for two arms; the design has {scenario.Design.Arms.Count}."), nameof(scenario.Design));
        }

        TrialLayout layout = scenario.Layout;
        layout.VisitAt(Week);
        if (Endpoint is { } endpoint)
        {
            layout.EndpointAt(endpoint);
        }
    }
}
