namespace Tofersen.Simulation.Treatments;

/// <summary>Rates of the links of a <see cref="DoseToFunction"/> a step of its grid, and what follows from them alone.</summary>
internal readonly record struct ChainRates
{
    private const double Ln2 = 0.69314718055994531;

    internal ChainRates(
        double csfHalfLifeWeeks,
        double tissueHalfLifeWeeks,
        double sod1HalfLifeWeeks,
        double neurofilamentHalfLifeWeeks,
        int stepsPerWeek)
    {
        StepsPerWeek = stepsPerWeek;
        Csf = Ln2 / (csfHalfLifeWeeks * stepsPerWeek);
        Tissue = Ln2 / (tissueHalfLifeWeeks * stepsPerWeek);
        CsfKept = Math.Exp(-Csf);
        TissueKept = Math.Exp(-Tissue);
        TissueGain = TissueShare(1);
        Sod1 = new TurnoverStep(Ln2 / (sod1HalfLifeWeeks * stepsPerWeek));
        Neurofilament = new TurnoverStep(Ln2 / (neurofilamentHalfLifeWeeks * stepsPerWeek));
    }

    internal int StepsPerWeek { get; }

    /// <summary>Elimination from the cerebrospinal fluid.</summary>
    internal double Csf { get; }

    /// <summary>Equilibration of tissue.</summary>
    internal double Tissue { get; }

    internal double CsfKept { get; }

    internal double TissueKept { get; }

    /// <summary>What tissue has after a step of each mg in the fluid before it.</summary>
    internal double TissueGain { get; }

    internal TurnoverStep Sod1 { get; }

    internal TurnoverStep Neurofilament { get; }

    /// <summary>Amount in tissue some steps after a dose of 1 mg: k_e (e^(−k t) − e^(−k_e t)) / (k_e − k).</summary>
    /// <remarks>Written with sinh, so that equal rates are no special case and nearly equal ones lose no digits.</remarks>
    internal double TissueShare(double steps)
    {
        double half = (Tissue - Csf) * steps / 2;
        double ratio = half == 0 ? 1 : Math.Sinh(half) / half;
        return Tissue * steps * Math.Exp(-(Csf + Tissue) * steps / 2) * ratio;
    }
}
