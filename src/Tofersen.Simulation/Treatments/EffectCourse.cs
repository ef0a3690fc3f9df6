namespace Tofersen.Simulation.Treatments;

/// <summary>Where an <see cref="ITreatmentEffect"/> writes its result; each span has the length of the times, but those from
/// <see cref="LogHazardShift"/> on may be empty.</summary>
public readonly ref struct EffectCourse
{
    /// <summary>Disease age A(t) = ∫₀ᵗ (1 − E(s)) ds, in months.</summary>
    public required Span<double> DiseaseMonths { get; init; }

    /// <summary>Fraction of the natural rate that remains, 1 − E(t); 1 without effect.</summary>
    public required Span<double> RateMultiplier { get; init; }

    /// <summary>Shift of the latent score, in points; positive is better, 0 without effect.</summary>
    public required Span<double> ScoreOffset { get; init; }

    /// <summary>Shift of the logarithm of every hazard that depends on progression; below 0 favours treatment. Comes as zeros, or
    /// empty where nobody asks for it: effects on hazards add to it, all others leave it alone.</summary>
    public Span<double> LogHazardShift { get; init; }

    /// <summary>ln of SOD1 in the cerebrospinal fluid over what it would be without treatment. Comes as zeros, or empty where nobody asks for it;
    /// for effects that model the biomarker, all others leave it alone.</summary>
    public Span<double> LogSod1Ratio { get; init; }

    /// <summary>ln of plasma neurofilament light over what it would be without treatment; as <see cref="LogSod1Ratio"/>.</summary>
    public Span<double> LogNeurofilamentRatio { get; init; }

    /// <summary>Working memory of the library's own effects, of any content; empty where the caller keeps none.</summary>
    internal Span<double> Scratch { get; init; }

    /// <summary>Memory that stays as the effect leaves it while the exposure is the same, for what does not depend on the participant; begins as
    /// zeros. Empty where the caller keeps none.</summary>
    internal Span<double> Kept { get; init; }

    /// <summary>ln of <see cref="RateMultiplier"/>, for effects that have it anyway; its first comes as NaN, and stays so where the effect leaves
    /// it alone. Empty where nobody asks for it.</summary>
    internal Span<double> LogRateMultiplier { get; init; }

    /// <summary>The same course for one of several effects, which cannot share what is kept.</summary>
    internal EffectCourse OfOnePart() => new()
    {
        DiseaseMonths = DiseaseMonths,
        RateMultiplier = RateMultiplier,
        ScoreOffset = ScoreOffset,
        LogHazardShift = LogHazardShift,
        LogSod1Ratio = LogSod1Ratio,
        LogNeurofilamentRatio = LogNeurofilamentRatio,
        Scratch = Scratch,
    };
}
