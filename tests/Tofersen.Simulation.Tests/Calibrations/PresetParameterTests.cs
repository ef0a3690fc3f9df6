using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Calibrations;

/// <summary>The presets use the parameter set that was checked against the separate program.</summary>
public sealed class PresetParameterTests
{
    private static readonly Scenario Checked = CrossCheckParameters.All[0].Scenario;

    [Test]
    public void Presets_Model_IsTheOneThatWasCrossChecked([Values("valor", "valor-ole", "valor-ole-148")] string name)
    {
        Scenario preset = Presets.Find(name)!.Scenario;

        Assert.That(preset.Effect, Is.EqualTo(Checked.Effect));
        Assert.That(preset.Trajectory, Is.EqualTo(Checked.Trajectory));
        foreach ((Stratum ours, Stratum theirs) in Strata(preset).Zip(Strata(Checked)))
        {
            Assert.That(ours.Name, Is.EqualTo(theirs.Name));
            Assert.That(ours.Weight, Is.EqualTo(theirs.Weight));
            Assert.That(ours.BaselineScoreMean, Is.EqualTo(theirs.BaselineScoreMean));
            Assert.That(ours.BaselineScoreSd, Is.EqualTo(theirs.BaselineScoreSd));
            Assert.That(ours.DeclineRate, Is.EqualTo(theirs.DeclineRate));
            Assert.That(ours.ResidualSd, Is.EqualTo(theirs.ResidualSd));
            Assert.That(ours.FlatStartPoints, Is.EqualTo(theirs.FlatStartPoints));
            Assert.That(ours.EventHazardMultiplier, Is.EqualTo(theirs.EventHazardMultiplier));
            Assert.That(ours.Correlations, Has.Some.EqualTo(theirs.Correlations[0]));
            Assert.That(ours.Inclusion, Has.Some.EqualTo(theirs.Inclusion[0]));
        }
    }

    // Three kinds share the hazard of the composite; they differ in nothing but their level.
    [Test]
    public void Presets_Events_AddUpToTheCompositeThatWasCrossChecked([Values("valor", "valor-ole", "valor-ole-148")] string name)
    {
        ObservationModel observation = Presets.Find(name)!.Scenario.Observation;
        ProgressionHazard[] kinds = [.. observation.Events.OfType<ProgressionHazard>()];
        ProgressionHazard composite = Checked.Observation.Events.OfType<ProgressionHazard>().Single();

        Assert.That(kinds.Sum(k => k.PerWeek), Is.EqualTo(composite.PerWeek).Within(1e-15));
        foreach (ProgressionHazard kind in kinds)
        {
            Assert.That(kind with { Kind = composite.Kind, PerWeek = composite.PerWeek }, Is.EqualTo(composite));
        }

        Assert.That(
            observation.Events.OfType<ConstantHazard>().Single(),
            Is.EqualTo(Checked.Observation.Events.OfType<ConstantHazard>().Single()));
    }

    [Test]
    public void Find_UnknownName_IsNull() => Assert.That(Presets.Find("valour"), Is.Null);

    private static ValueList<Stratum> Strata(Scenario scenario) => ((PopulationModel)scenario.Population).Strata;
}
