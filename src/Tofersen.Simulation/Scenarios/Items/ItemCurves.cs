using System.Runtime.CompilerServices;
using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Scenarios.Items;

/// <summary>Tables of an item model: the ability at which the expected total is a given one, and the expected score of a domain at an
/// ability.</summary>
/// <remarks>The probability of a score of k or more, deviations and errors averaged out, is Φ((g + m − b) / √(1/a² + σ² + τ²)) for threshold b,
/// deviation SD σ and visit error SD τ. Their sum is the expected total, which rises strictly with g, so that it has an inverse.</remarks>
internal sealed class ItemCurves
{
    /// <summary>Steps of the totals' table in a point.</summary>
    internal const int StepsPerPoint = 128;

    private const int DomainSteps = 4096;
    private const double HighestTotal = ItemModel.ItemCount * ItemModel.HighestItemScore;

    // Where abilities are infinite, the table holds those of a total as near to the end.
    private const double EndDistance = 1.0 / 1024;
    private const double Margin = 8;

    private static readonly ConditionalWeakTable<ItemModel, ItemCurves> Known = [];

    private readonly ItemModel _model;
    private readonly double[][] _abilities;
    private readonly double[][] _domainScores;
    private readonly double[] _domainStarts;
    private readonly double[] _domainStepsPerUnit;

    private ItemCurves(ItemModel model)
    {
        _model = model;
        _abilities = [Abilities(hasBulbarOnset: false), Abilities(hasBulbarOnset: true)];
        _domainScores = new double[ItemModel.DomainCount][];
        _domainStarts = new double[ItemModel.DomainCount];
        _domainStepsPerUnit = new double[ItemModel.DomainCount];
        for (int d = 0; d < ItemModel.DomainCount; d++)
        {
            FillDomain(d);
        }
    }

    /// <summary>The curves of a model, computed once however many simulators use it.</summary>
    internal static ItemCurves Of(ItemModel model) => Known.GetValue(model, m => new ItemCurves(m));

    /// <summary>The ability at which the expected total is <paramref name="total"/>; nearest end of the scale where it is outside.</summary>
    internal double Ability(double total, bool hasBulbarOnset)
    {
        double[] table = _abilities[hasBulbarOnset ? 1 : 0];
        return Interpolate(table, total * StepsPerPoint);
    }

    /// <summary>Expected score of a domain at an ability, with the items' errors and the visit's averaged out.</summary>
    internal double DomainScore(int domain, double ability) =>
        Interpolate(_domainScores[domain], (ability - _domainStarts[domain]) * _domainStepsPerUnit[domain]);

    /// <summary>Expected total at an ability before shifts, everything averaged out.</summary>
    internal double ExpectedTotal(double ability, bool hasBulbarOnset)
    {
        double sum = 0;
        for (int i = 0; i < ItemModel.ItemCount; i++)
        {
            int domain = i / ItemModel.ItemsPerDomain;
            sum += ExpectedItem(i, ability + _model.Shift(domain, hasBulbarOnset), _model.DomainSd(domain));
        }

        return sum;
    }

    private static double Interpolate(double[] table, double position)
    {
        double inside = Math.Clamp(position, 0, table.Length - 1);
        int at = Math.Min((int)inside, table.Length - 2);
        return table[at] + ((inside - at) * (table[at + 1] - table[at]));
    }

    private double ExpectedItem(int item, double ability, double deviationSd)
    {
        AlsfrsrItem parameters = _model.Items[item];
        double sd = Math.Sqrt(
            (1 / (parameters.Discrimination * parameters.Discrimination))
            + (deviationSd * deviationSd)
            + (_model.VisitErrorSd * _model.VisitErrorSd));
        double sum = 0;
        foreach (double threshold in parameters.Thresholds.AsSpan())
        {
            sum += Normal.CDF(0, 1, (ability - threshold) / sd);
        }

        return sum;
    }

    // Bisection from the solution before: slow, sure, and done once a model.
    private double[] Abilities(bool hasBulbarOnset)
    {
        var table = new double[(int)(HighestTotal * StepsPerPoint) + 1];
        double below = -1;
        while (ExpectedTotal(below, hasBulbarOnset) > EndDistance)
        {
            below *= 2;
        }

        for (int i = 0; i < table.Length; i++)
        {
            double total = Math.Clamp(i / (double)StepsPerPoint, EndDistance, HighestTotal - EndDistance);
            below = AbilityAbove(below, total, hasBulbarOnset);
            table[i] = below;
        }

        return table;
    }

    private double AbilityAbove(double below, double total, bool hasBulbarOnset)
    {
        double low = below;
        double step = 1.0 / StepsPerPoint;
        double high = low + step;
        while (ExpectedTotal(high, hasBulbarOnset) < total)
        {
            low = high;
            step *= 2;
            high += step;
        }

        double lowValue = ExpectedTotal(low, hasBulbarOnset) - total;
        double highValue = ExpectedTotal(high, hasBulbarOnset) - total;
        if (lowValue >= 0)
        {
            return low;
        }

        // False position with the Illinois rule: the curve is smooth, so few steps do.
        for (int tries = 0; tries < 200 && high - low > 1e-13 * (1 + Math.Abs(low)); tries++)
        {
            double middle = ((low * highValue) - (high * lowValue)) / (highValue - lowValue);
            double value = ExpectedTotal(middle, hasBulbarOnset) - total;
            if (Math.Abs(value) < 1e-13)
            {
                return middle;
            }

            if (value < 0)
            {
                (low, lowValue) = (middle, value);
                highValue /= 2;
            }
            else
            {
                (high, highValue) = (middle, value);
                lowValue /= 2;
            }
        }

        return low + ((high - low) / 2);
    }

    private void FillDomain(int domain)
    {
        double lowest = double.PositiveInfinity;
        double highest = double.NegativeInfinity;
        int first = domain * ItemModel.ItemsPerDomain;
        for (int i = first; i < first + ItemModel.ItemsPerDomain; i++)
        {
            AlsfrsrItem item = _model.Items[i];
            double margin = Margin * Math.Sqrt(
                (1 / (item.Discrimination * item.Discrimination)) + (_model.VisitErrorSd * _model.VisitErrorSd));
            lowest = Math.Min(lowest, item.Thresholds[0] - margin);
            highest = Math.Max(highest, item.Thresholds[^1] + margin);
        }

        var table = new double[DomainSteps + 1];
        for (int j = 0; j <= DomainSteps; j++)
        {
            double ability = lowest + ((highest - lowest) * j / DomainSteps);
            for (int i = first; i < first + ItemModel.ItemsPerDomain; i++)
            {
                table[j] += ExpectedItem(i, ability, deviationSd: 0);
            }
        }

        _domainScores[domain] = table;
        _domainStarts[domain] = lowest;
        _domainStepsPerUnit[domain] = DomainSteps / (highest - lowest);
    }
}
