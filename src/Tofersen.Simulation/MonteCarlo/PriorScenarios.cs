using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Json;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Makes the scenario of a set of drawn values: first every property, then the functions.</summary>
/// <remarks>Immutable, and shared by the threads.</remarks>
internal sealed class PriorScenarios
{
    private readonly Scenario _scenario;
    private readonly ValueList<Prior> _priors;
    private readonly ScenarioNumber[][] _numbers;

    /// <param name="scenario">The scenario, checked.</param>
    /// <param name="priors">The priors, checked.</param>
    /// <exception cref="ArgumentException">A path leads nowhere, the scenario does not accept a value at the limits or the medians of the priors, or
    /// a function changes the analyses.</exception>
    internal PriorScenarios(Scenario scenario, ValueList<Prior> priors)
    {
        (_scenario, _priors) = (scenario, priors);
        ScenarioProperties? properties = priors.Any(p => p.Paths.Count > 0) ? Properties(scenario) : null;
        foreach (string path in priors.SelectMany(p => p.Paths))
        {
            properties!.CheckNumber(path);
        }

        _numbers = [.. priors.Select(p => p.Paths.Select(path => new ScenarioNumber(properties!, path)).ToArray())];
        Medians = [.. priors.Select(p => p.Quantile(0.5))];
        AtMedians = Checked([.. Medians]);
        for (int i = 0; i < priors.Count; i++)
        {
            // What can never be drawn would be refused for nothing; what has no limits is found out when it is drawn.
            if (double.IsFinite(priors[i].Quantile(0)) && double.IsFinite(priors[i].Quantile(1)))
            {
                Checked([.. Medians[..i], priors[i].Quantile(PriorDraws.Least), .. Medians[(i + 1)..]]);
                Checked([.. Medians[..i], priors[i].Quantile(1 - PriorDraws.Least), .. Medians[(i + 1)..]]);
            }
        }
    }

    /// <summary>Medians of the priors.</summary>
    internal double[] Medians { get; }

    /// <summary>The scenario with each prior at its median.</summary>
    internal Scenario AtMedians { get; }

    /// <summary>The scenario with drawn values; whether its parts fit together is not checked.</summary>
    /// <exception cref="ScenarioFormatException">The scenario does not accept a value; the message names it.</exception>
    internal Scenario With(ReadOnlySpan<double> values)
    {
        Scenario scenario = _scenario;
        for (int i = 0; i < values.Length; i++)
        {
            foreach (ScenarioNumber number in _numbers[i])
            {
                scenario = Set(number, scenario, i, values[i]);
            }
        }

        for (int i = 0; i < values.Length; i++)
        {
            scenario = _priors[i].Change is { } change ? Apply(change, scenario, i, values[i]) : scenario;
        }

        return scenario;
    }

    private static ScenarioProperties Properties(Scenario scenario)
    {
        try
        {
            return new ScenarioProperties(scenario);
        }
        catch (NotSupportedException exception)
        {
            throw new ArgumentException($"{exception.Message} Priors of such a scenario are functions, not paths.", nameof(scenario), exception);
        }
    }

    private Scenario Checked(double[] values)
    {
        Scenario scenario;
        try
        {
            scenario = PowerAnalysis.Complete(With(values));
        }
        catch (Exception exception) when (exception is ArgumentException or ScenarioFormatException)
        {
            string problem = exception is ArgumentException argument ? Texts.Problem(argument) : exception.Message;
            throw new ArgumentException($"The priors do not fit the scenario: {Describe(values)}: {problem}", nameof(JointPrior.Priors), exception);
        }

        return scenario;
    }

    private string Describe(double[] values) =>
        string.Join(", ", _priors.Zip(values).Select(p => FormattableString.Invariant($"{p.First.Name} = {p.Second}")));

    private Scenario Set(ScenarioNumber number, Scenario scenario, int prior, double value)
    {
        try
        {
            return number.Set(scenario, value);
        }
        catch (Exception exception) when (exception is ArgumentException or ScenarioFormatException)
        {
            throw Refused(exception, prior, value);
        }
    }

    private Scenario Apply(Func<Scenario, double, Scenario> change, Scenario scenario, int prior, double value)
    {
        try
        {
            Scenario changed = change(scenario, value) ?? throw new ArgumentException("The function gave no scenario.");
            return changed.Analyses.Equals(_scenario.Analyses)
                ? changed
                : throw new ArgumentException("The function changes the analyses; they must stay as they are.");
        }
        catch (ArgumentException exception)
        {
            throw Refused(exception, prior, value);
        }
    }

    private ScenarioFormatException Refused(Exception exception, int prior, double value)
    {
        (string path, string problem) = exception is ScenarioFormatException format
            ? (format.Path, format.Message[(format.Path.Length + 2)..])
            : (_priors[prior].Name, Texts.Problem((ArgumentException)exception));
        return new ScenarioFormatException(
            path,
            FormattableString.Invariant(
                $"the prior {_priors[prior]} gave {value}: {problem} Cut the prior off where the scenario ends, with a minimum and a maximum."),
            exception);
    }
}
