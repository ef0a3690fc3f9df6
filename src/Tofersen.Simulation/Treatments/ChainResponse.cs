namespace Tofersen.Simulation.Treatments;

/// <summary>One participant's strengths of the links of a <see cref="DoseToFunction"/>.</summary>
internal readonly record struct ChainResponse
{
    /// <summary>Factor on every dose.</summary>
    internal double Exposure { get; init; }

    internal double MaxInhibition { get; init; }

    internal double HillExponent { get; init; }

    internal double HalfMaximalAmountMg { get; init; }

    internal double NeurofilamentExponent { get; init; }

    internal double RateExponent { get; init; }

    internal int DelaySteps { get; init; }
}
