using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios;

public sealed class ExtensionRefusalTests
{
    [Test]
    public void Simulate_NobodyEntersAndVisitsVary_NobodyIsSeenOnOpenLabelTreatment()
    {
        Scenario valor = ValorOpenLabelExtension.ToWeek52.Scenario;
        Scenario scenario = valor with
        {
            Analyses = [],
            Effect = new SymptomaticOffset { Points = 24 },
            Design = (DelayedStart)valor.Design with { EntryProbability = 0, VisitWeeks = [0, 14, 28, 52] },
            Observation = new ObservationModel
            {
                VisitJitterSdDays = 4,
                VisitWindowDays = 7,
                Rounding = ScoreRounding.None,
            },
        };
        var simulator = new TrialSimulator(scenario);
        TrialData data = simulator.Simulate(seed: 5, replicate: 0);
        TrialData untreated = new TrialSimulator(scenario with { Effect = new NoEffect() }).Simulate(seed: 5, replicate: 0);
        for (int p = 0; p < data.Participants; p++)
        {
            int cell = (p * data.Visits) + 2;
            if (data.Arms[p] == TrialDesign.ControlArm)
            {
                Assert.That(data.Scores[cell], Is.EqualTo(untreated.Scores[cell]).Within(1e-9), $"participant {p}");
            }
        }
    }
}
