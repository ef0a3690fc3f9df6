using System.Text.Json.Nodes;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Json;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>The cells of a sweep with their scenarios, all checked.</summary>
internal sealed class SweepCells
{
    private readonly Scenario _scenario;
    private readonly Sweep _sweep;
    private readonly ScenarioProperties? _properties;

    /// <param name="scenario">The scenario as it is, checked.</param>
    /// <param name="sweep">The sweep.</param>
    /// <param name="cancellation">Ends the work early; cells may be many.</param>
    internal SweepCells(Scenario scenario, Sweep sweep, CancellationToken cancellation)
    {
        (_scenario, _sweep) = (scenario, sweep);
        int count = sweep.CountCells();
        _properties = sweep.Axes.Any(a => a.Paths.Count > 0) ? Properties(scenario) : null;
        Settings = sweep.Layout == SweepLayout.OneAtATime ? OneAtATime() : Grid(count);
        Scenarios = new Scenario[count];
        for (int c = 0; c < count; c++)
        {
            cancellation.ThrowIfCancellationRequested();
            Scenarios[c] = Make(Settings[c]);
        }

        Reference = FindReference();
    }

    /// <summary>The scenario as it is.</summary>
    internal Scenario Unchanged => _scenario;

    /// <summary>The values of each cell.</summary>
    internal ValueList<SweepSetting>[] Settings { get; }

    /// <summary>The scenario of each cell.</summary>
    internal Scenario[] Scenarios { get; }

    /// <summary>Position of the cell that the others are compared with.</summary>
    internal int Reference { get; }

    /// <summary>Value of an axis in the scenario as it is; null where it has none, or not one alone.</summary>
    internal PropertyValue? Present(SweepAxis axis)
    {
        JsonNode?[] values = [.. axis.Paths.Select(path => _properties!.Find(path))];
        bool isOne = values.Length > 0 && values.All(v => JsonNode.DeepEquals(v, values[0]));
        return isOne && values[0] is { } value ? PropertyValue.Parse(value.ToJsonString()) : default(PropertyValue?);
    }

    private static ScenarioProperties Properties(Scenario scenario)
    {
        try
        {
            return new ScenarioProperties(scenario);
        }
        catch (NotSupportedException exception)
        {
            throw new ArgumentException($"{exception.Message} A sweep of such a scenario changes it by functions, not by paths.", nameof(scenario), exception);
        }
    }

    private ValueList<SweepSetting>[] OneAtATime() =>
        [[], .. _sweep.Axes.SelectMany(axis => axis.Values.Select(value => (ValueList<SweepSetting>)[new SweepSetting(axis.Name, value)]))];

    private ValueList<SweepSetting>[] Grid(int count)
    {
        var cells = new ValueList<SweepSetting>[count];
        for (int c = 0; c < count; c++)
        {
            var settings = new SweepSetting[_sweep.Axes.Count];
            int rest = c;
            for (int a = settings.Length - 1; a >= 0; a--)
            {
                SweepAxis axis = _sweep.Axes[a];
                settings[a] = new SweepSetting(axis.Name, axis.Values[rest % axis.Values.Count]);
                rest /= axis.Values.Count;
            }

            cells[c] = ValueList.Create<SweepSetting>(settings);
        }

        return cells;
    }

    // Properties first and all together, so that a value may need another; then the functions.
    private Scenario Make(ValueList<SweepSetting> settings)
    {
        try
        {
            (SweepAxis Axis, PropertyValue Value)[] changes =
                [.. settings.Select(s => (_sweep.Axes.First(a => a.Name == s.Axis), s.Value))];
            (string, PropertyValue)[] values = [.. changes.SelectMany(c => c.Axis.Paths.Select(path => (path, c.Value)))];
            Scenario scenario = values.Length > 0 ? _properties!.With(values) : _scenario;
            foreach ((SweepAxis axis, PropertyValue value) in changes)
            {
                scenario = axis.Change is { } change
                    ? change(scenario, value.Number!.Value) ?? throw new ArgumentException($"The function of axis '{axis.Name}' gave no scenario.")
                    : scenario;
            }

            scenario = PowerAnalysis.Complete(scenario);
            return scenario.Analyses.Count > 0 ? scenario : throw new ArgumentException("It has no analyses.");
        }
        catch (Exception exception) when (exception is ArgumentException or ScenarioFormatException)
        {
            string problem = exception is ArgumentException argument ? Texts.Problem(argument) : exception.Message;
            throw new ArgumentException($"Cell {SweepCell.Describe(settings)} is no valid scenario: {problem}", nameof(Sweep), exception);
        }
    }

    private int FindReference()
    {
        if (_sweep.Layout == SweepLayout.OneAtATime)
        {
            return _sweep.Reference is null
                ? 0
                : throw new ArgumentException("Cells that change one thing at a time are compared with the scenario as it is; there can be no other reference.", nameof(Sweep.Reference));
        }

        if (_sweep.Reference is not { } wanted)
        {
            // Scenarios that say the same are equal.
            return Math.Max(0, Array.FindIndex(Scenarios, s => s.Equals(_scenario)));
        }

        int position = Array.FindIndex(Settings, s => s.Select(x => x.Value).SequenceEqual(wanted));
        return position >= 0
            ? position
            : throw new ArgumentException(
                $"There is no cell {string.Join(", ", wanted)}; the reference must have one value of each axis, in order: {string.Join(", ", _sweep.Axes.Select(a => a.Name))}.",
                nameof(Sweep.Reference));
    }
}
