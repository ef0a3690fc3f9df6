using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Calibrations;

/// <summary>Published beside simulated.</summary>
public sealed class PresetCheckTests
{
    private static readonly RunOptions Few = new() { Replicates = 2, Seed = 7 };

    private static IEnumerable<TestCaseData> Stratified =>
        Presets.All.Where(p => p.Scenario.Layout.StratumNames.Count > 1).Select(p => new TestCaseData(p).SetArgDisplayNames(p.Name));

    private static IEnumerable<TestCaseData> All => Presets.All.Select(p => new TestCaseData(p).SetArgDisplayNames(p.Name));

    // ATLAS has no results yet that compare the arms.
    private static IEnumerable<TestCaseData> WithEffect =>
        Presets.All.Where(p => p.Scenario.Effect is not NoEffect && p != Atlas.Preset).Select(p => new TestCaseData(p).SetArgDisplayNames(p.Name));

    // Tolerances are a standard error of the published trial; with 4,000 trials the Monte Carlo error is a hundredth of that.
    [Category("Statistical")]
    [TestCaseSource(nameof(All))]
    public void Check_Preset_IsInsideEveryTolerance(Preset preset)
    {
        ValueList<CalibrationResult> results = preset.Check(options: new RunOptions { Replicates = 4_000, Seed = 20_260_101 });

        Assert.That(results.Select(r => r.Target), Is.EqualTo(preset.Targets));
        Assert.That(
            results.Where(r => !r.IsInside).Select(r => FormattableString.Invariant(
                $"{r.Target.Name}: {r.Simulated.Value:F3} ± {r.Simulated.MonteCarloError:F3} is not in [{r.Target.Minimum}, {r.Target.Maximum}]")),
            Is.Empty);
    }

    [Category("Statistical")]
    [TestCaseSource(nameof(WithEffect))]
    public void Check_NoEffect_FailsWhereTheArmsAreCompared(Preset preset)
    {
        ValueList<CalibrationResult> results = preset.Check(
            preset.Scenario with { Effect = new NoEffect() }, new RunOptions { Replicates = 1_000, Seed = 20_260_101 });

        Assert.That(
            results.Where(r => !r.IsInside).Select(r => r.Target.Name), Has.Some.Matches("tofersen|early|riluzole|edaravone −|mg over placebo"));
    }

    [TestCaseSource(nameof(All))]
    public void Check_ThreadsAndBlocks_DoNotChangeTheResult(Preset preset)
    {
        ValueList<CalibrationResult> one = preset.Check(options: Few with { Replicates = 20, Parallelism = 1, BlockSize = 7 });
        ValueList<CalibrationResult> five = preset.Check(options: Few with { Replicates = 20, Parallelism = 5, BlockSize = 1 });

        Assert.That(five, Is.EqualTo(one));
    }

    [TestCaseSource(nameof(Stratified))]
    public void Check_OtherStrata_Throws(Preset preset)
    {
        var population = (PopulationModel)preset.Scenario.Population;
        Refuses(preset, preset.Scenario with { Population = population with { Strata = [population.Strata[0]] } });
        Refuses(preset, preset.Scenario with
        {
            Population = population with { Strata = [population.Strata[1], population.Strata[0]] },
        });
    }

    [Test]
    public void Check_OtherSwitchOrDesign_Throws()
    {
        Preset preset = ValorOpenLabelExtension.ToWeek52;
        var design = (DelayedStart)preset.Scenario.Design;

        Refuses(preset, preset.Scenario with { Design = design with { SwitchWeeks = 24 } });
        Refuses(preset, Valor.Preset.Scenario);
        Refuses(Valor.Preset, preset.Scenario);
    }

    [Test]
    public void Check_OtherDoses_Throws()
    {
        Preset preset = PhaseOneTwo.Preset;
        var design = (DoseRanging)preset.Scenario.Design;

        Refuses(preset, preset.Scenario with { Design = design with { Cohorts = [design.Cohorts[3], .. design.Cohorts.Take(3)] } });
        Refuses(preset, preset.Scenario with { Design = design with { Cohorts = [design.Cohorts[3]] } });
    }

    [Test]
    public void Check_OtherParticipantsVisitsAndAnalyses_AreAllowed()
    {
        Scenario scenario = Valor.Preset.Scenario with
        {
            Analyses = [],
            Design = Valor.Preset.Scenario.Design with { Participants = 36, VisitWeeks = [0, 12] },
        };

        ValueList<CalibrationResult> results = Valor.Preset.Check(scenario, Few);

        Assert.That(results, Has.Count.EqualTo(Valor.Preset.Targets.Count));
        Assert.That(results.Select(r => r.Simulated.Value), Is.All.Not.NaN);
    }

    [Test]
    public void Check_Cancelled_Throws() =>
        Assert.That(
            () => Valor.Preset.Check(cancellation: new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void IsInside_Limits_AreInside()
    {
        CalibrationTarget target = Valor.Preset.Targets[0] with { Minimum = 1, Maximum = 2 };
        bool IsInside(double value) => new CalibrationResult(target, new MonteCarloValue(value, 0.1)).IsInside;

        Assert.That(IsInside(1) && IsInside(2), Is.True);
        Assert.That(IsInside(Math.BitDecrement(1)) || IsInside(Math.BitIncrement(2)) || IsInside(double.NaN), Is.False);
    }

    private static void Refuses(Preset preset, Scenario scenario) =>
        Assert.That(
            () => preset.Check(scenario with { Analyses = [] }, Few),
            Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("scenario"));
}
