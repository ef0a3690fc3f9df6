using System.Globalization;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Reads distributions as somebody types them: a name and numbers in brackets.</summary>
internal static class PriorText
{
    private static readonly Form[] Forms =
    [
        new("normal", ["mean", "sd"], ["min", "max"], a => new NormalDistribution
        {
            Mean = a[0],
            Sd = a[1],
            Minimum = Or(a[2], double.NegativeInfinity),
            Maximum = Or(a[3], double.PositiveInfinity),
        }),
        new("logNormal", ["median", "logSd"], ["min", "max"], a => new LogNormalDistribution
        {
            Median = a[0],
            LogSd = a[1],
            Minimum = Or(a[2], 0),
            Maximum = Or(a[3], double.PositiveInfinity),
        }),
        new("uniform", ["min", "max"], [], a => new UniformDistribution { Minimum = a[0], Maximum = a[1] }),
        new("triangular", ["min", "mode", "max"], [], a => new TriangularDistribution { Minimum = a[0], Mode = a[1], Maximum = a[2] }),
        new("beta", ["a", "b"], ["min", "max"], a => new BetaDistribution { A = a[0], B = a[1], Minimum = Or(a[2], 0), Maximum = Or(a[3], 1) }),
    ];

    private static string Help =>
        "write " + string.Join(", ", Forms.Select(f => f.ToString())) + " or discrete(value:weight,…)";

    /// <exception cref="ArgumentException">The text is no distribution; the message names the prior and says what is valid.</exception>
    internal static IPriorDistribution Parse(string text, string prior)
    {
        string trimmed = text.Trim();
        int bracket = trimmed.IndexOf('(', StringComparison.Ordinal);
        string name = bracket < 0 ? trimmed : trimmed[..bracket].Trim();
        string[] arguments = bracket >= 0 && trimmed.EndsWith(')')
            ? trimmed[(bracket + 1)..^1].Split(',', StringSplitOptions.TrimEntries)
            : throw Wrong(prior, $"'{text}' is no distribution; {Help}");
        try
        {
            IPriorDistribution distribution = IsCalled("discrete", name)
                ? new DiscreteDistribution { Points = [.. arguments.Select(a => Point(a, prior)).OrderBy(p => p.Value)] }
                : Array.Find(Forms, f => IsCalled(f.Name, name)) is { } form
                    ? form.Make(form.Numbers(arguments, prior))
                    : throw Wrong(prior, $"there is no distribution '{name}'; {Help}");

            // Numbers that do not go together are found out by the first quantile.
            _ = distribution.Quantile(0.5);
            return distribution;
        }
        catch (ArgumentException exception) when (exception.ParamName != nameof(Prior.Distribution))
        {
            throw Wrong(prior, $"{exception.ParamName} of {trimmed}: {Scenarios.Json.Texts.Problem(exception)}".TrimStart(' ').TrimEnd('.'));
        }
    }

    private static bool IsCalled(string name, string text) => name.Equals(text, StringComparison.OrdinalIgnoreCase);

    private static double Or(double value, double otherwise) => double.IsNaN(value) ? otherwise : value;

    private static PriorPoint Point(string text, string prior)
    {
        string[] parts = text.Split(':');
        return parts.Length == 2
            ? new PriorPoint(Number(parts[0], prior), Number(parts[1], prior))
            : throw Wrong(prior, $"'{text}' is no point with its weight; write value:weight, such as 0.3:0.5");
    }

    private static double Number(string text, string prior) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw Wrong(prior, $"'{text.Trim()}' is no number");

    private static ArgumentException Wrong(string prior, string problem) => new($"{prior}: {problem}.", nameof(Prior.Distribution));

    /// <summary>A distribution with the names of its numbers, of which the last may be left out.</summary>
    private sealed record Form(string Name, string[] Required, string[] Optional, Func<double[], IPriorDistribution> Make)
    {
        public override string ToString() => $"{Name}({string.Join(',', [.. Required, .. Optional.Select(o => $"[{o}=]")])})";

        /// <summary>The numbers in order; NaN for what is left out.</summary>
        internal double[] Numbers(string[] arguments, string prior)
        {
            string[] names = [.. Required, .. Optional];
            double[] numbers = [.. names.Select(_ => double.NaN)];
            for (int i = 0; i < arguments.Length; i++)
            {
                int equals = arguments[i].IndexOf('=', StringComparison.Ordinal);

                // What may be left out must be named, since one of two limits alone would not say which.
                int position = equals < 0
                    ? (i < Required.Length ? i : -1)
                    : Array.FindIndex(names, n => IsCalled(n, arguments[i][..equals].Trim()));
                if (position < 0)
                {
                    throw Wrong(prior, $"'{arguments[i]}' is not one of the numbers of {this}");
                }

                if (!double.IsNaN(numbers[position]))
                {
                    throw Wrong(prior, $"{names[position]} of {Name} is given twice");
                }

                numbers[position] = Number(arguments[i][(equals + 1)..], prior);
            }

            int missing = Array.FindIndex(numbers, 0, Required.Length, double.IsNaN);
            return missing < 0 ? numbers : throw Wrong(prior, $"{names[missing]} of {this} is missing");
        }
    }
}
