using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>What is believed about a number of a scenario before the trial: a distribution over one property, over several that move together, or
/// over the argument of a function for models of one's own.</summary>
public sealed record Prior
{
    /// <summary>Name in results, and of the prior's random numbers; the first path unless another is given.</summary>
    public string Name
    {
        get => field ?? (Paths.Count > 0 ? string.Join('+', Paths) : "");
        init => field = Require.Text(value);
    }

    /// <summary>Paths of the properties that take each drawn value together, as in the scenario's JSON: <c>effect.maxReduction</c>. Not of analyses.
    /// Empty where <see cref="Change"/> is set.</summary>
    public ValueList<string> Paths { get; init => field = Require.Entries(value); } = [];

    /// <summary>What makes a scenario of another and a drawn value, for what has no path; it leaves the analyses as they are, and is called from
    /// several threads. Null where there are paths.</summary>
    public Func<Scenario, double, Scenario>? Change { get; init; }

    /// <summary>What is believed.</summary>
    public required IPriorDistribution Distribution { get; init => field = Require.NotNull(value); }

    /// <summary>A prior of one property.</summary>
    /// <param name="path">Path of the property.</param>
    /// <param name="distribution">What is believed.</param>
    /// <returns>The prior.</returns>
    public static Prior Of(string path, IPriorDistribution distribution) => new() { Paths = [path], Distribution = distribution };

    /// <summary>Reads a prior as the command line has it: <c>path~distribution</c>, or <c>path+path~distribution</c> for properties that move
    /// together.</summary>
    /// <remarks>Distributions: <c>normal(mean,sd)</c> and <c>logNormal(median,logSd)</c>, cut off with <c>min=</c> and <c>max=</c>;
    /// <c>uniform(min,max)</c>; <c>triangular(min,mode,max)</c>; <c>beta(a,b)</c>, on another interval with <c>min=</c> and <c>max=</c>;
    /// <c>discrete(value:weight,…)</c>. Numbers may be named: <c>normal(mean=0.4,sd=0.1)</c>.</remarks>
    /// <param name="text">The text.</param>
    /// <returns>The prior.</returns>
    /// <exception cref="ArgumentException">It is none; the message says what is valid.</exception>
    public static Prior Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int tilde = text.IndexOf('~', StringComparison.Ordinal);
        string paths = tilde < 0 ? "" : text[..tilde].Trim();
        if (paths.Length == 0)
        {
            throw new ArgumentException(
                $"'{text}' is no prior; write path~distribution, such as effect.maxReduction~normal(0.4,0.1,min=0,max=1).", nameof(text));
        }

        return new Prior
        {
            Paths = [.. paths.Split('+').Select(path => path.Trim())],
            Distribution = PriorText.Parse(text[(tilde + 1)..], paths),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ~ {Distribution}";

    /// <summary>Checks what no property can check alone.</summary>
    internal void Validate()
    {
        if (Paths.Count > 0 == Change is not null)
        {
            throw new ArgumentException($"Prior '{Name}' must have either paths or a function.", nameof(Paths));
        }

        Require.Text(Name, nameof(Name));
        foreach (string path in Paths)
        {
            Require.Text(path, nameof(Paths));
            if (path.Split('.', '[')[0] == "analyses")
            {
                throw new ArgumentException($"Prior '{Name}' is over {path}; a prior is over what is not known, not over the analyses.", nameof(Paths));
            }
        }
    }

    /// <summary>Quantile of the distribution, checked: the distribution may be somebody's own.</summary>
    internal double Quantile(double probability)
    {
        try
        {
            double value = Distribution.Quantile(probability);
            return !double.IsNaN(value) ? value : throw new ArgumentException("A quantile is not a number.");
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"Prior {this}: {Scenarios.Json.Texts.Problem(exception)}", nameof(Distribution), exception);
        }
    }
}
