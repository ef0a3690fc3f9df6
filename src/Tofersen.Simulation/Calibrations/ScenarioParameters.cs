using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Reads and sets the numbers of a scenario that a calibration may move.</summary>
internal sealed class ScenarioParameters
{
    private readonly ScenarioProperties _properties;
    private readonly ValueList<CalibrationParameter> _parameters;

    internal ScenarioParameters(Scenario scenario, ValueList<CalibrationParameter> parameters)
    {
        _properties = new ScenarioProperties(scenario);
        _parameters = parameters;
        foreach (CalibrationParameter parameter in parameters)
        {
            Check(parameter);
        }
    }

    /// <summary>Values in the scenario as it is: 1 for a factor.</summary>
    internal double[] Values =>
        [.. _parameters.Select(p => p.IsFactor ? 1 : _properties.Number(p.Paths[0]))];

    /// <summary>The scenario with other values.</summary>
    internal Scenario With(double[] values) => _properties.With(
        from entry in _parameters.Zip(values)
        from path in entry.First.Paths
        select (path, PropertyValue.FromNumber(entry.First.IsFactor ? entry.Second * _properties.Number(path) : entry.Second)));

    private void Check(CalibrationParameter parameter)
    {
        foreach (string path in parameter.Paths)
        {
            _properties.Number(path);
        }

        double start = parameter.IsFactor ? 1 : _properties.Number(parameter.Paths[0]);
        if (!(parameter.Minimum < parameter.Maximum) || start < parameter.Minimum || start > parameter.Maximum)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The range of '{parameter.Name}', {parameter.Minimum} to {parameter.Maximum}, must hold the value that the calibration begins at, {start}."),
                nameof(parameter));
        }
    }
}
