namespace Tofersen.Simulation.Observations;

/// <summary>One episode of an adverse event.</summary>
/// <param name="Class">Position of its class in the layout's adverse events.</param>
/// <param name="Months">When it began, in months since randomisation; within follow-up.</param>
/// <param name="IsOnDrug">Whether the participant was on drug then.</param>
public readonly record struct AdverseEvent(int Class, double Months, bool IsOnDrug);
