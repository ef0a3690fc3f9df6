using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>An outcome besides the ALSFRS-R total that is measured at visits.</summary>
/// <remarks>Each endpoint has random streams of its own, fixed by its name: another endpoint more or less moves nothing.</remarks>
public abstract record Endpoint
{
    private protected Endpoint()
    {
    }

    /// <summary>Name, unique in the scenario; analyses and data sets know the endpoint by it.</summary>
    public required string Name { get; init => field = Require.Text(value); }

    /// <summary>What it is, for people; the name where empty.</summary>
    public string Label { get; init => field = Require.NotNull(value); } = "";

    /// <summary>Unit of the values; empty for none.</summary>
    public string Unit { get; init => field = Require.NotNull(value); } = "";

    /// <summary>Scheduled visits at which it is measured, in weeks, the baseline among them; all visits where empty.</summary>
    public ValueList<double> VisitWeeks { get; init => field = CheckedVisits(value); } = [];

    /// <summary>Whether values are natural logarithms.</summary>
    public abstract bool IsLogarithmic { get; }

    /// <summary>Names of the strata that have parameters of their own; the empty name stands for all others.</summary>
    internal abstract IReadOnlyList<string> StratumNames { get; }

    /// <summary>Checks what no single property can.</summary>
    /// <exception cref="ArgumentException">The properties contradict each other.</exception>
    internal abstract void Validate();

    internal EndpointColumn Column => new()
    {
        Name = Name,
        Label = Label.Length > 0 ? Label : Name,
        Unit = Unit,
        IsLogarithmic = IsLogarithmic,
    };

    /// <summary>Position of each of a population's strata in the endpoint's own: the entry of its name, or the one without a name.</summary>
    /// <exception cref="ArgumentException">A stratum has none, two entries have one name, or an entry is for a stratum that there is not while
    /// none is for all others.</exception>
    internal int[] Positions(ValueList<string> populationStrata)
    {
        string[] own = [.. StratumNames];
        int others = Array.IndexOf(own, "");
        int[] positions = [.. populationStrata.Select(name => Array.IndexOf(own, name) is >= 0 and var at ? at : others)];
        bool isUnknown = others < 0 && own.Any(name => !populationStrata.Contains(name));
        return isUnknown || own.Distinct().Count() < own.Length || positions.Contains(-1)
            ? throw new ArgumentException(
                $"Endpoint '{Name}' has parameters for {string.Join(", ", own.Select(n => n.Length == 0 ? "all others" : n))}; the population's strata are {string.Join(", ", populationStrata)}. Give one entry for each, or one without a stratum for all others.",
                nameof(Endpoint))
            : positions;
    }

    private static ValueList<double> CheckedVisits(ValueList<double>? visits)
    {
        if (Require.NotNull(visits, nameof(VisitWeeks)).Count == 0)
        {
            return visits!;
        }

        return visits![0] == 0
            ? Require.Rising(visits, 0, 2_000, nameof(VisitWeeks))
            : throw new ArgumentOutOfRangeException(nameof(VisitWeeks), visits[0], "The first visit must be the baseline, week 0.");
    }
}
