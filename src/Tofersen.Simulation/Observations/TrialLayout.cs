using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>The shape of a trial's data: what stays the same in every replicate.</summary>
public sealed record TrialLayout
{
    /// <summary>Number of participants; at least 1.</summary>
    public required int Participants { get; init => field = Require.InRange(value, 1, 10_000_000); }

    /// <summary>Scheduled visits in weeks since randomisation, rising; the first is the baseline, week 0.</summary>
    public required ValueList<double> VisitWeeks { get; init => field = Require.Rising(Require.NotEmpty(value), 0, 2_000); }

    /// <summary>Names of the arms: control or delayed start first, active or early start second, further active arms after them.</summary>
    public required ValueList<string> ArmNames { get; init => field = Require.NotEmpty(value); }

    /// <summary>Names of the strata; at least one.</summary>
    public required ValueList<string> StratumNames { get; init => field = Require.NotEmpty(value); }

    /// <summary>The baseline columns.</summary>
    public required ValueList<CovariateColumn> Covariates { get; init => field = Require.NotNull(value); }

    /// <summary>Endpoints besides the ALSFRS-R total; none by default.</summary>
    public ValueList<EndpointColumn> Endpoints { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Whether the items of the ALSFRS-R are known; only those of simulated trials are. The scores of the four domains are then
    /// endpoints.</summary>
    public bool HasItems { get; internal init; }

    /// <summary>Whether participants had no symptoms at randomisation, so that phenoconversion is an outcome.</summary>
    public bool HasPhenoconversion { get; init; }

    /// <summary>Classes of adverse events; none by default. Only those of simulated trials are known.</summary>
    public ValueList<AdverseEventColumn> AdverseEvents { get; internal init; } = [];

    /// <summary>End of planned follow-up, in months since randomisation.</summary>
    public double EndMonths => StudyTime.MonthsFromWeeks(VisitWeeks[^1]);

    /// <summary>Position of a scheduled visit.</summary>
    /// <param name="week">The visit's week.</param>
    /// <returns>Its position in <see cref="VisitWeeks"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no visit in that week.</exception>
    public int VisitAt(double week)
    {
        for (int i = 0; i < VisitWeeks.Count; i++)
        {
            if (Math.Abs(VisitWeeks[i] - week) < 1e-9)
            {
                return i;
            }
        }

        throw new ArgumentOutOfRangeException(
            nameof(week), week, FormattableString.Invariant($"Must be a scheduled visit: one of weeks {VisitWeeks}."));
    }

    /// <summary>Position of a baseline column.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its position in <see cref="Covariates"/>.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public int CovariateAt(string name)
    {
        int position = PositionOf(Covariates, static x => x.Name, name);
        return position >= 0
            ? position
            : throw new ArgumentException(
            $"There is no covariate '{name}'; there are {string.Join(", ", Covariates.Select(c => c.Name))}.", nameof(name));
    }

    /// <summary>Position of an endpoint besides the ALSFRS-R total.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its position in <see cref="Endpoints"/>.</returns>
    /// <exception cref="ArgumentException">There is no such endpoint.</exception>
    public int EndpointAt(string name)
    {
        int position = PositionOf(Endpoints, static x => x.Name, name);
        return position >= 0
            ? position
            : throw new ArgumentException(
            Endpoints.Count == 0
                ? $"There is no endpoint '{name}'; the trial has the ALSFRS-R total alone."
                : $"There is no endpoint '{name}'; there are {string.Join(", ", Endpoints.Select(e => e.Name))}.",
            nameof(name));
    }

    /// <summary>Position of a class of adverse events.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its position in <see cref="AdverseEvents"/>.</returns>
    /// <exception cref="ArgumentException">There is no such class.</exception>
    public int AdverseEventAt(string name)
    {
        int position = PositionOf(AdverseEvents, static x => x.Name, name);
        return position >= 0
            ? position
            : throw new ArgumentException(
            $"There is no class of adverse events '{name}'; there are {string.Join(", ", AdverseEvents.Select(e => e.Name))}.", nameof(name));
    }

    /// <summary>Position of an arm.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its position in <see cref="ArmNames"/>.</returns>
    /// <exception cref="ArgumentException">There is no such arm.</exception>
    public int ArmAt(string name)
    {
        int position = PositionOf(ArmNames, static x => x, name);
        return position >= 0
            ? position
            : throw new ArgumentException($"There is no arm '{name}'; there are {string.Join(", ", ArmNames)}.", nameof(name));
    }

    /// <summary>Position of a stratum.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its position in <see cref="StratumNames"/>.</returns>
    /// <exception cref="ArgumentException">There is no such stratum.</exception>
    public int StratumAt(string name)
    {
        int position = PositionOf(StratumNames, static x => x, name);
        return position >= 0
            ? position
            : throw new ArgumentException(
            $"There is no stratum '{name}'; there are {string.Join(", ", StratumNames)}.", nameof(name));
    }

    private static int PositionOf<T>(ValueList<T> items, Func<T, string> nameOf, string name)
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (nameOf(items[i]) == name)
            {
                return i;
            }
        }

        return -1;
    }
}
