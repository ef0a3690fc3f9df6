using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>One thing that a sweep changes, and the values that it takes: a property of the scenario, several that move together, or a function
/// for models of one's own.</summary>
public sealed record SweepAxis
{
    /// <summary>Name in results; the first path unless another is given.</summary>
    public string Name
    {
        get => field ?? (Paths.Count > 0 ? string.Join('+', Paths) : "");
        init => field = Require.Text(value);
    }

    /// <summary>Paths of the properties that take each value together, as in the scenario's JSON: <c>effect.maxReduction</c>,
    /// <c>population.strata.fast.share</c>, <c>design.visitWeeks</c>. Empty where <see cref="Change"/> is set.</summary>
    public ValueList<string> Paths { get; init => field = Checked(value); } = [];

    /// <summary>What makes a scenario of another and a number, for what has no path. Null where there are paths.</summary>
    public Func<Scenario, double, Scenario>? Change { get; init; }

    /// <summary>The values, at least one, all different; numbers where <see cref="Change"/> is set.</summary>
    public required ValueList<PropertyValue> Values { get; init => field = Require.NotEmpty(value); }

    /// <summary>An axis of one property.</summary>
    /// <param name="path">Path of the property.</param>
    /// <param name="values">Its values.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="ArgumentException">The path is blank or there are no values.</exception>
    public static SweepAxis Of(string path, params ReadOnlySpan<PropertyValue> values) =>
        new() { Paths = [path], Values = ValueList.Create(values) };

    /// <summary>An axis of a function of the scenario and a number.</summary>
    /// <param name="name">Name in results.</param>
    /// <param name="change">Makes the scenario of a cell.</param>
    /// <param name="values">The numbers.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="ArgumentException">The name is blank or there are no values.</exception>
    public static SweepAxis OfFunction(string name, Func<Scenario, double, Scenario> change, params ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(change);
        var list = new PropertyValue[values.Length];
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = values[i];
        }

        return new SweepAxis { Name = name, Change = change, Values = ValueList.Create<PropertyValue>(list) };
    }

    /// <summary>Reads an axis as the command line has it: <c>path=values</c>, or <c>path+path=values</c> for properties that move together.</summary>
    /// <remarks>Values are a list, <c>60,108,200</c> or <c>mar,mcar</c>; a range from : to : step, <c>0.2:0.6:0.1</c>, counted in decimal numbers
    /// and with its end where a step falls on it; both together; or JSON, <c>["a","b"]</c>, for texts with commas, colons or plus signs and for
    /// whole lists and objects. A lone <c>[0,4,8]</c> is three values; <c>[[0,4,8]]</c> is one list.</remarks>
    /// <param name="text">The text.</param>
    /// <returns>The axis.</returns>
    /// <exception cref="ArgumentException">It is none; the message says what is valid.</exception>
    public static SweepAxis Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string paths = equals < 0 ? "" : text[..equals].Trim();
        if (paths.Length == 0)
        {
            throw new ArgumentException($"'{text}' is no axis; write path=values, such as effect.maxReduction=0.2:0.6:0.1.", nameof(text));
        }

        return new SweepAxis
        {
            Paths = [.. paths.Split('+').Select(path => path.Trim())],
            Values = SweepValues.Parse(text[(equals + 1)..], paths),
        };
    }

    /// <summary>Checks what no property can check alone.</summary>
    internal void Validate()
    {
        if (Paths.Count > 0 == Change is not null)
        {
            throw new ArgumentException($"Axis '{Name}' must have either paths or a function.", nameof(Paths));
        }

        Require.Text(Name, nameof(Name));
        var seen = new HashSet<PropertyValue>();
        foreach (PropertyValue value in Values)
        {
            if (!seen.Add(value))
            {
                throw new ArgumentException($"Axis '{Name}' has the value {value} twice; values must differ.", nameof(Values));
            }

            if (Change is not null && value.Number is null)
            {
                throw new ArgumentException($"Axis '{Name}' is a function of a number; '{value}' is none.", nameof(Values));
            }
        }
    }

    private static ValueList<string> Checked(ValueList<string> paths)
    {
        foreach (string path in Require.Entries(paths, nameof(Paths)))
        {
            Require.Text(path, nameof(Paths));
        }

        return paths.Distinct(StringComparer.Ordinal).Count() == paths.Count
            ? paths
            : throw new ArgumentException($"{paths} has a path twice.", nameof(Paths));
    }
}
