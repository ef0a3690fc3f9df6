using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>The ALSFRS-R item by item: twelve items of 0 to 4 in four domains, whose sum is the total that is written down.</summary>
/// <remarks>
/// <para>Graded response in normal-ogive form (Samejima 1969). At a visit with latent total Y the ability in domain d is
/// θ = g(Y) + m + δ + ε: m is <see cref="BulbarOnsetShift"/> in the bulbar domain of those with bulbar onset and 0 otherwise, δ the participant's
/// deviation in the domain, normal, correlated between domains and the same at all visits, and ε a normal error of the visit, shared by all items.
/// Each item adds an error of its own; see <see cref="AlsfrsrItem"/>.</para>
/// <para>g is the inverse of the expected total given the onset, deviations and errors averaged out, so that over participants the observed total
/// has mean Y: to 0.002 points next to the ends of the scale, and to 0.00002 from 0.5 to 47.5. Latent totals outside 0–48 count as the
/// nearest end. A stratum's residual standard deviation does not count: the spread at a visit comes from the items and the visit.</para>
/// <para>The default parameters are assumptions, in units of about one point an item: thresholds one unit apart, domains ordered so that gross
/// motor function falls first and respiratory function last (PRO-ACT: the respiratory subscore declines least). They give the total a residual
/// standard deviation of 1.55 points at a total of 36, 1.72 at 30 and 1.76 at 24 (by quadrature). The domains' deviations are correlated
/// negatively because, given the total, one domain is better at the cost of the others.</para>
/// </remarks>
public sealed record ItemModel
{
    /// <summary>Number of items.</summary>
    public const int ItemCount = 12;

    /// <summary>Number of domains.</summary>
    public const int DomainCount = 4;

    /// <summary>Items in a domain.</summary>
    public const int ItemsPerDomain = ItemCount / DomainCount;

    /// <summary>Highest score of an item; the lowest is 0.</summary>
    public const int HighestItemScore = 4;

    private const double DefaultDiscrimination = 3;

    // Where the expected score of each item is 2: a score is lost the earlier the higher its threshold lies.
    private static readonly double[] DefaultCentres = [-0.3, -0.6, -0.9, 0, 0.2, 0.5, 0.3, 0.5, 1, -0.9, -1.2, -1.5];

    /// <summary>The items in the order of the form: bulbar 1–3, fine motor 4–6, gross motor 7–9, respiratory 10–12; twelve.</summary>
    /// <exception cref="ArgumentException">There are not twelve.</exception>
    public ValueList<AlsfrsrItem> Items { get; init => field = CheckedItems(value); } =
        [.. DefaultCentres.Select(c => new AlsfrsrItem
        {
            Discrimination = DefaultDiscrimination,
            Thresholds = [c - 1.5, c - 0.5, c + 0.5, c + 1.5],
        })];

    /// <summary>Standard deviation between participants of the deviation in the bulbar domain; from 0 to 20.</summary>
    public double BulbarSd { get; init => field = Require.InRange(value, 0, 20); } = 0.8;

    /// <summary>Standard deviation between participants of the deviation in the fine motor domain; from 0 to 20.</summary>
    public double FineMotorSd { get; init => field = Require.InRange(value, 0, 20); } = 0.65;

    /// <summary>Standard deviation between participants of the deviation in the gross motor domain; from 0 to 20.</summary>
    public double GrossMotorSd { get; init => field = Require.InRange(value, 0, 20); } = 0.65;

    /// <summary>Standard deviation between participants of the deviation in the respiratory domain; from 0 to 20.</summary>
    public double RespiratorySd { get; init => field = Require.InRange(value, 0, 20); } = 0.5;

    /// <summary>Correlations of the deviations; pairs that are not named are uncorrelated.</summary>
    /// <exception cref="ArgumentException">A pair is named twice or with itself, or the matrix is not positive definite.</exception>
    public ValueList<DomainCorrelation> Correlations { get; init => field = CheckedCorrelations(value); } =
    [
        Pair(AlsfrsrDomain.Bulbar, AlsfrsrDomain.FineMotor, -0.4),
        Pair(AlsfrsrDomain.Bulbar, AlsfrsrDomain.GrossMotor, -0.4),
        Pair(AlsfrsrDomain.Bulbar, AlsfrsrDomain.Respiratory, -0.2),
        Pair(AlsfrsrDomain.FineMotor, AlsfrsrDomain.GrossMotor, -0.1),
        Pair(AlsfrsrDomain.FineMotor, AlsfrsrDomain.Respiratory, -0.3),
        Pair(AlsfrsrDomain.GrossMotor, AlsfrsrDomain.Respiratory, -0.3),
    ];

    /// <summary>Shift of the bulbar domain of those with bulbar onset; negative is worse; from −20 to 20.</summary>
    public double BulbarOnsetShift { get; init => field = Require.InRange(value, -20, 20); } = -1.5;

    /// <summary>Standard deviation of the error of a visit that all items share (rater and day); from 0 to 20.</summary>
    public double VisitErrorSd { get; init => field = Require.InRange(value, 0, 20); } = 0.08;

    /// <summary>Names of the endpoints that hold the domain scores, in the order of <see cref="AlsfrsrDomain"/>.</summary>
    public static ValueList<string> DomainNames { get; } = ["bulbar", "fine-motor", "gross-motor", "respiratory"];

    /// <summary>Columns of the domain scores in a trial's data.</summary>
    internal static ValueList<EndpointColumn> DomainColumns { get; } =
    [
        Column(0, "ALSFRS-R bulbar score"),
        Column(1, "ALSFRS-R fine motor score"),
        Column(2, "ALSFRS-R gross motor score"),
        Column(3, "ALSFRS-R respiratory score"),
    ];

    internal double DomainSd(int domain) => domain switch
    {
        0 => BulbarSd,
        1 => FineMotorSd,
        2 => GrossMotorSd,
        _ => RespiratorySd,
    };

    internal double Shift(int domain, bool hasBulbarOnset) => domain == 0 && hasBulbarOnset ? BulbarOnsetShift : 0;

    /// <summary>Lower triangular factor of the correlation matrix of the deviations, row by row.</summary>
    internal double[] CorrelationFactor() => Factor(Correlations);

    private static ValueList<AlsfrsrItem> CheckedItems(ValueList<AlsfrsrItem>? items) =>
        Require.NotNull(items, nameof(Items)).Count == ItemCount
            ? items!
            : throw new ArgumentException(
                FormattableString.Invariant($"The ALSFRS-R has {ItemCount} items; there are {items!.Count}."), nameof(Items));

    private static ValueList<DomainCorrelation> CheckedCorrelations(ValueList<DomainCorrelation>? correlations)
    {
        _ = Factor(Require.NotNull(correlations, nameof(Correlations)));
        return correlations!;
    }

    private static double[] Factor(ValueList<DomainCorrelation> correlations)
    {
        var matrix = new double[DomainCount * DomainCount];
        var seen = new HashSet<(AlsfrsrDomain, AlsfrsrDomain)>();
        for (int d = 0; d < DomainCount; d++)
        {
            matrix[(d * DomainCount) + d] = 1;
        }

        foreach (DomainCorrelation correlation in correlations)
        {
            (AlsfrsrDomain first, AlsfrsrDomain second) = (correlation.First, correlation.Second);
            if (first == second || !seen.Add((first, second)) || seen.Contains((second, first)))
            {
                throw new ArgumentException(
                    $"{first} is correlated with {second} twice or with itself; each pair of different domains may appear once.",
                    nameof(Correlations));
            }

            matrix[((int)first * DomainCount) + (int)second] = correlation.Value;
            matrix[((int)second * DomainCount) + (int)first] = correlation.Value;
        }

        double[] factor = Common.CorrelationFactor.Factor(matrix, DomainCount, out int failedAt, out double pivot);
        return failedAt < 0
            ? factor
            : throw new ArgumentException(
                FormattableString.Invariant(
                    $"The correlations of the domains are not positive definite (pivot {pivot} at {(AlsfrsrDomain)failedAt}); they must be."),
                nameof(Correlations));
    }

    private static DomainCorrelation Pair(AlsfrsrDomain first, AlsfrsrDomain second, double value) =>
        new() { First = first, Second = second, Value = value };

    private static EndpointColumn Column(int domain, string label) =>
        new() { Name = DomainNames[domain], Label = label, Unit = "points" };
}
