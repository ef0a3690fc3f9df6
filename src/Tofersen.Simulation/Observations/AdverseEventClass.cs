using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>A class of adverse events: episodes at a rate that depends on being on drug and differs between participants.</summary>
/// <remarks>
/// <para>A participant's episodes are a Poisson process with rate m · <see cref="RatePerYearOffDrug"/> or m · <see cref="RatePerYearOnDrug"/>, from
/// randomisation to the end of follow-up. ln m = s · z − s²/2, with s = <see cref="LogRateSd"/> and z standard normal, so that the mean of m is 1.
/// z = l · f + √(1 − l²) · u: the frailty f is the participant's own and common to all classes, l is <see cref="FrailtyLoading"/> and u the class's
/// own. No rate exceeds one episode a day.</para>
/// <para>Each class has random streams of its own, fixed by its name: another class more or less moves nothing.</para>
/// </remarks>
public sealed record AdverseEventClass
{
    /// <summary>Highest rate, in episodes per year: one a day.</summary>
    internal const double HighestRate = 365.25;

    /// <summary>Name, unique in the scenario.</summary>
    public required string Name { get; init => field = Require.Text(value); }

    /// <summary>Whether the events are serious.</summary>
    public bool IsSerious { get; init; }

    /// <summary>Mean rate off drug, in episodes per participant and year; from 0 to 365.25.</summary>
    public required double RatePerYearOffDrug { get; init => field = Require.InRange(value, 0, HighestRate); }

    /// <summary>Mean rate on drug, in episodes per participant and year; from 0 to 365.25.</summary>
    public required double RatePerYearOnDrug { get; init => field = Require.InRange(value, 0, HighestRate); }

    /// <summary>Standard deviation of the logarithm of the rate between participants; from 0 to 3.</summary>
    public double LogRateSd { get; init => field = Require.InRange(value, 0, 3); }

    /// <summary>Correlation of the logarithm of the rate with the participant's frailty, which all classes share; from −1 to 1.</summary>
    public double FrailtyLoading { get; init => field = Require.InRange(value, -1, 1); }

    internal AdverseEventColumn Column => new() { Name = Name, IsSerious = IsSerious };
}
