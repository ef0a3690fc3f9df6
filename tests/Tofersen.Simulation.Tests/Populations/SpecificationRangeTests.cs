using System.Reflection;
using System.Runtime.CompilerServices;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Populations;

/// <summary>Ranges of every number in a specification. Values are set on an object that skipped its constructor, so that required
/// properties need no values of their own.</summary>
public sealed class SpecificationRangeTests
{
    private static readonly string[] Folders = ["Populations", "Treatments", "Trajectories", "Designs", "Observations"];

    private static IEnumerable<TestCaseData> EveryDouble =>
        from type in typeof(Stratum).Assembly.GetExportedTypes()
        where type.IsClass && !type.IsAbstract && Folders.Contains(type.Namespace!.Split('.')[^1])
        from property in type.GetProperties()
        where property.CanWrite && property.PropertyType is var t && (t == typeof(double) || t == typeof(double?))
        select new TestCaseData(type, property.Name).SetArgDisplayNames(type.Name, property.Name);

    [TestCaseSource(nameof(EveryDouble))]
    public void Double_NotANumberOrInfinite_ThrowsNamingPropertyAndValue(Type type, string property)
    {
        foreach (double value in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            AssertThrows(type, property, value, "Must lie in");
        }
    }

    [TestCase(typeof(Stratum), nameof(Stratum.Weight), 0, 1e6, true)]
    [TestCase(typeof(Stratum), nameof(Stratum.BaselineScoreMean), 0, 48, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.BaselineScoreSd), 0, 48, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.NeurofilamentLightGeometricMean), 0, 10_000, true)]
    [TestCase(typeof(Stratum), nameof(Stratum.NeurofilamentLightLogSd), 0, 5, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.AgeMeanYears), 18, 100, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.AgeSdYears), 0, 50, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.MaleProbability), 0, 1, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.BulbarOnsetProbability), 0, 1, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.RiluzoleProbability), 0, 1, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.EdaravoneProbability), 0, 1, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.ResidualSd), 0, 24, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.EventHazardMultiplier), 0, 1000, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.FlatStartPoints), -24, 24, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.VitalCapacityMeanPercent), 10, 200, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.VitalCapacitySdPercent), 0, 100, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.DiagnosticDelayShareMinimum), 0, 1, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.DiagnosticDelayShareMaximum), 0, 1, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.DefiniteElEscorialProbability), 0, 1, false)]
    [TestCase(typeof(Stratum), nameof(Stratum.FrontotemporalDementiaProbability), 0, 1, false)]
    [TestCase(typeof(RateClass), nameof(RateClass.Weight), 0, 1e6, true)]
    [TestCase(typeof(RateClass), nameof(RateClass.Mean), 0.001, 48, false)]
    [TestCase(typeof(RateClass), nameof(RateClass.Sd), 0.001, 48, false)]
    [TestCase(typeof(TricalsProfile), nameof(TricalsProfile.LossPerMonth), 0, 48, false)]
    [TestCase(typeof(TricalsProfile), nameof(TricalsProfile.DiagnosticDelayMonths), 0, 1_200, true)]
    [TestCase(typeof(TricalsProfile), nameof(TricalsProfile.AgeAtOnsetYears), 1, 120, false)]
    [TestCase(typeof(TricalsProfile), nameof(TricalsProfile.VitalCapacityPercent), 1, 300, false)]
    [TestCase(typeof(HazardReduction), nameof(HazardReduction.HazardRatio), 0.001, 1_000, false)]
    [TestCase(typeof(SigmoidDecline), nameof(SigmoidDecline.ShapeMinimumMonths), 0.1, 120, false)]
    [TestCase(typeof(QuadraticDecline), nameof(QuadraticDecline.AccelerationMean), -5, 5, false)]
    [TestCase(typeof(QuadraticDecline), nameof(QuadraticDecline.AccelerationSd), 0, 5, false)]
    [TestCase(typeof(QuadraticDecline), nameof(QuadraticDecline.AttenuationScore), 0, 48, false)]
    [TestCase(typeof(BrokenStickDecline), nameof(BrokenStickDecline.ChangeMonths), 0.01, 480, false)]
    [TestCase(typeof(BrokenStickDecline), nameof(BrokenStickDecline.ChangeSdMonths), 0, 480, false)]
    [TestCase(typeof(BrokenStickDecline), nameof(BrokenStickDecline.RateFactor), 0, 20, false)]
    [TestCase(typeof(BrokenStickDecline), nameof(BrokenStickDecline.AttenuationScore), 0, 48, false)]
    [TestCase(typeof(TrajectoryClass), nameof(TrajectoryClass.Weight), 0, 1e6, true)]
    [TestCase(typeof(TrajectoryClass), nameof(TrajectoryClass.RateMultiplier), 0, 20, false)]
    [TestCase(typeof(LogNormalRate), nameof(LogNormalRate.Mean), 0, 48, true)]
    [TestCase(typeof(LogNormalRate), nameof(LogNormalRate.Sd), 0, 48, false)]
    [TestCase(typeof(GammaRate), nameof(GammaRate.Mean), 0, 48, true)]
    [TestCase(typeof(GammaRate), nameof(GammaRate.Sd), 0, 48, true)]
    [TestCase(typeof(NormalRate), nameof(NormalRate.Mean), -48, 48, false)]
    [TestCase(typeof(NormalRate), nameof(NormalRate.Sd), 0, 48, false)]
    [TestCase(typeof(TraitCorrelation), nameof(TraitCorrelation.Value), -1, 1, false)]
    [TestCase(typeof(InclusionCriterion), nameof(InclusionCriterion.Minimum), -1e6, 1e6, false)]
    [TestCase(typeof(InclusionCriterion), nameof(InclusionCriterion.Maximum), -1e6, 1e6, false)]
    [TestCase(typeof(SlopeReduction), nameof(SlopeReduction.MaxReduction), -1, 1, false)]
    [TestCase(typeof(SlopeReduction), nameof(SlopeReduction.LagWeeks), 0, 520, false)]
    [TestCase(typeof(SlopeReduction), nameof(SlopeReduction.HalfTimeWeeks), 0, 520, false)]
    [TestCase(typeof(SlopeReduction), nameof(SlopeReduction.WashoutHalfTimeWeeks), 0, 520, false)]
    [TestCase(typeof(EffectFading), nameof(EffectFading.AfterWeeks), 0, 2000, false)]
    [TestCase(typeof(EffectFading), nameof(EffectFading.HalfTimeWeeks), 0, 2000, true)]
    [TestCase(typeof(SymptomaticOffset), nameof(SymptomaticOffset.Points), -24, 24, false)]
    [TestCase(typeof(SymptomaticOffset), nameof(SymptomaticOffset.HalfTimeWeeks), 0, 520, false)]
    [TestCase(typeof(SymptomaticOffset), nameof(SymptomaticOffset.WashoutHalfTimeWeeks), 0, 520, false)]
    [TestCase(typeof(AttenuatedDecline), nameof(AttenuatedDecline.AttenuationScore), 0, 48, true)]
    [TestCase(typeof(FlatStart), nameof(FlatStart.FullByWeeks), 0, 520, true)]
    [TestCase(typeof(FlatStart), nameof(FlatStart.GoneAfterWeeks), 0, 520, true)]
    [TestCase(typeof(DelayedStart), nameof(DelayedStart.SwitchWeeks), 0, 2000, true)]
    [TestCase(typeof(DelayedStart), nameof(DelayedStart.EntryProbability), 0, 1, false)]
    [TestCase(typeof(DelayedStart), nameof(DelayedStart.GapMinimumWeeks), 0, 520, false)]
    [TestCase(typeof(DelayedStart), nameof(DelayedStart.GapMaximumWeeks), 0, 520, false)]
    [TestCase(typeof(ParallelGroup), nameof(ParallelGroup.TreatmentWeeks), 0, 2000, true)]
    [TestCase(typeof(ObservationModel), nameof(ObservationModel.VisitJitterSdDays), 0, 100, false)]
    [TestCase(typeof(ObservationModel), nameof(ObservationModel.VisitWindowDays), 0, 100, false)]
    [TestCase(typeof(ObservationModel), nameof(ObservationModel.IntermittentMissingProbability), 0, 1, false)]
    [TestCase(typeof(ConstantHazard), nameof(ConstantHazard.PerWeek), 0, 10, false)]
    [TestCase(typeof(ProgressionHazard), nameof(ProgressionHazard.PerWeek), 0, 10, false)]
    [TestCase(typeof(ProgressionHazard), nameof(ProgressionHazard.RateExponent), 0, 5, false)]
    [TestCase(typeof(ProgressionHazard), nameof(ProgressionHazard.ScoreCoefficient), -1, 1, false)]
    [TestCase(typeof(ProgressionHazard), nameof(ProgressionHazard.ReferenceScore), 0, 48, false)]
    [TestCase(typeof(ProgressionHazard), nameof(ProgressionHazard.RateMinimum), 0, 48, true)]
    [TestCase(typeof(ProgressionHazard), nameof(ProgressionHazard.RateMaximum), 0, 48, true)]
    [TestCase(typeof(ParticipantRecord), nameof(ParticipantRecord.FollowUpMonths), 0, 1e4, false)]
    public void Double_DocumentedRange_IsTheOneThatHolds(
        Type type, string property, double minimum, double maximum, bool minimumIsOpen)
    {
        string range = FormattableString.Invariant($"Must lie in {(minimumIsOpen ? '(' : '[')}{minimum}, {maximum}].");

        AssertThrows(type, property, Math.BitDecrement(minimum), range);
        AssertThrows(type, property, Math.BitIncrement(maximum), range);
        Set(type, property, maximum);
        if (minimumIsOpen)
        {
            AssertThrows(type, property, minimum, range);
            Set(type, property, Math.BitIncrement(minimum));
        }
        else
        {
            Set(type, property, minimum);
        }
    }

    [TestCase(typeof(DelayedStart), nameof(DelayedStart.Participants), 2, 1_000_000)]
    [TestCase(typeof(DelayedStart), nameof(DelayedStart.BlockMultiple), 1, 100)]
    [TestCase(typeof(TrialLayout), nameof(TrialLayout.Participants), 1, 10_000_000)]
    [TestCase(typeof(RunOptions), nameof(RunOptions.Replicates), 1, 100_000_000)]
    [TestCase(typeof(RunOptions), nameof(RunOptions.Parallelism), 1, 1024)]
    [TestCase(typeof(RunOptions), nameof(RunOptions.BlockSize), 1, 1_000_000)]
    public void WholeNumber_DocumentedRange_IsTheOneThatHolds(Type type, string property, int minimum, int maximum)
    {
        string range = FormattableString.Invariant($"Must lie in [{minimum}, {maximum}].");

        AssertThrows(type, property, minimum - 1, range);
        AssertThrows(type, property, maximum + 1, range);
        Set(type, property, minimum);
        Set(type, property, maximum);
    }

    private static void AssertThrows(Type type, string property, object value, string range) =>
        Assert.That(
            () => Set(type, property, value),
            Throws.InstanceOf<ArgumentOutOfRangeException>()
                .With.Property(nameof(ArgumentOutOfRangeException.ParamName)).EqualTo(property)
                .And.Property(nameof(ArgumentOutOfRangeException.ActualValue)).EqualTo(value)
                .And.Message.Contains(range),
            $"{type.Name}.{property} = {value}");

    private static void Set(Type type, string property, object value) =>
        type.GetProperty(property)!.SetValue(
            RuntimeHelpers.GetUninitializedObject(type), value, BindingFlags.DoNotWrapExceptions, null, null, null);
}
