namespace Tofersen.Simulation.Scenarios.Sequential;

/// <summary>A look when the information that the plan names has come to the look's fraction of what is planned.</summary>
/// <remarks>The fraction is the one of the look in the plan's boundaries. In a trial that never comes to it before its end the look does not
/// take place.</remarks>
public sealed record InformationTiming : LookTiming
{
    internal override void Validate(Scenario scenario, SequentialPlan plan)
    {
        if (plan.Information is null)
        {
            throw new ArgumentException(
                "A look by information needs the plan to say what information is: participants at a visit, events, or statistical information.",
                nameof(SequentialPlan.Information));
        }

        if (plan.Information is VisitInformation && scenario.Design.Enrolment is null)
        {
            throw new ArgumentException(
                "Without enrolment all participants come to a visit at the same time, and no share of them before the others: give the design an enrolment.",
                nameof(SequentialPlan.Information));
        }
    }
}
