using MathNet.Numerics.LinearAlgebra;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>Participants of a <see cref="PopulationModel"/>, drawn with MathNet's matrices from the same streams.</summary>
internal sealed class PlainPopulation
{
    private readonly Stratum[] _strata;
    private readonly Matrix<double>[] _factors;

    internal PlainPopulation(PopulationModel model)
    {
        _strata = [.. model.Strata];
        _factors = [.. _strata.Select(Factor)];
    }

    internal Participant Draw(int stratum, TrialRandom random)
    {
        TrialRandom further = random.Fork();
        while (true)
        {
            Participant candidate = Candidate(stratum, ref random, ref further);
            if (_strata[stratum].Inclusion.All(c => Value(c.Trait, candidate) >= c.Minimum && Value(c.Trait, candidate) <= c.Maximum))
            {
                return candidate;
            }
        }
    }

    private Participant Candidate(int number, ref TrialRandom random, ref TrialRandom further)
    {
        Stratum stratum = _strata[number];
        Vector<double> z = Vector<double>.Build.Dense(6);
        for (int i = 0; i < 5; i++)
        {
            z[i] = random.NextNormal();
        }

        double male = random.NextUniform(), bulbar = random.NextUniform(), riluzole = random.NextUniform(), edaravone = random.NextUniform();
        z[5] = further.NextNormal();
        double delay = stratum.DiagnosticDelayShareMinimum
            + ((stratum.DiagnosticDelayShareMaximum - stratum.DiagnosticDelayShareMinimum) * further.NextUniform());
        double definite = further.NextUniform(), dementia = further.NextUniform();

        Vector<double> scores = _factors[number] * z;
        double score = stratum.BaselineScoreMean + (stratum.BaselineScoreSd * scores[(int)Trait.BaselineScore]);
        double before = stratum.PreRandomisationSlope.AtNormalScore(scores[(int)Trait.PreRandomisationSlope]);
        double months = before > 0 ? Math.Max(0, 48 - score) / before : double.NaN;
        return new Participant
        {
            Stratum = number,
            BaselineScore = score,
            DeclinePerMonth = stratum.DeclineRate.AtNormalScore(scores[(int)Trait.DeclineRate]),
            PreRandomisationSlopePerMonth = before,
            LogNeurofilamentLight = Math.Log(stratum.NeurofilamentLightGeometricMean)
                + (stratum.NeurofilamentLightLogSd * scores[(int)Trait.NeurofilamentLight]),
            AgeYears = stratum.AgeMeanYears + (stratum.AgeSdYears * scores[(int)Trait.Age]),
            MonthsSinceOnset = months,
            IsMale = male < stratum.MaleProbability,
            HasBulbarOnset = bulbar < stratum.BulbarOnsetProbability,
            TakesRiluzole = riluzole < stratum.RiluzoleProbability,
            TakesEdaravone = edaravone < stratum.EdaravoneProbability,
            VitalCapacityPercent = Math.Max(
                10, stratum.VitalCapacityMeanPercent + (stratum.VitalCapacitySdPercent * scores[(int)Trait.SlowVitalCapacity])),
            DiagnosticDelayMonths = delay * months,
            HasDefiniteElEscorial = definite < stratum.DefiniteElEscorialProbability,
            HasFrontotemporalDementia = dementia < stratum.FrontotemporalDementiaProbability,
            BaselineNormalScore = scores[(int)Trait.BaselineScore],
            DeclineNormalScore = scores[(int)Trait.DeclineRate],
            ResidualSd = stratum.ResidualSd,
            EventHazardMultiplier = stratum.EventHazardMultiplier,
            FlatStartPoints = stratum.FlatStartPoints,
        };
    }

    private static Matrix<double> Factor(Stratum stratum)
    {
        Matrix<double> correlations = Matrix<double>.Build.DenseIdentity(6);
        foreach (TraitCorrelation pair in stratum.Correlations)
        {
            correlations[(int)pair.First, (int)pair.Second] = pair.Value;
            correlations[(int)pair.Second, (int)pair.First] = pair.Value;
        }

        return correlations.Cholesky().Factor;
    }

    private static double Value(Trait trait, in Participant participant) => trait switch
    {
        Trait.BaselineScore => participant.BaselineScore,
        Trait.DeclineRate => participant.DeclinePerMonth,
        Trait.PreRandomisationSlope => participant.PreRandomisationSlopePerMonth,
        Trait.NeurofilamentLight => Math.Exp(participant.LogNeurofilamentLight),
        Trait.Age => participant.AgeYears,
        Trait.SlowVitalCapacity => participant.VitalCapacityPercent,
        Trait.MonthsSinceOnset => participant.MonthsSinceOnset,
        Trait.TricalsRisk => TricalsRisk.Of(participant),
        _ => TricalsRisk.MedianAt(TricalsRisk.Of(participant)),
    };
}
