using Tofersen.Simulation.Common;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Populations;

/// <summary>Draws participants of a <see cref="PopulationModel"/>.</summary>
internal sealed class ParticipantSampler(ValueList<Stratum> strata) : IParticipantSampler
{
    private const int MaximumCandidates = 100_000;
    private const double LowestVitalCapacity = 10;

    private readonly StratumSampler[] _samplers = [.. strata.Select(s => new StratumSampler(s))];

    public void Draw(int stratum, ref TrialRandom random, out Participant participant)
    {
        StratumSampler sampler = _samplers[stratum];

        // Traits that came later have a stream of their own: behind the first draws of one candidate they would move those of
        // the next.
        TrialRandom further = random.Fork();
        for (int screened = 1; screened <= MaximumCandidates; screened++)
        {
            if (sampler.TryDraw(stratum, screened, ref random, ref further, out participant))
            {
                return;
            }
        }

        throw new ScreeningException(sampler.Name, MaximumCandidates);
    }

    /// <summary>One stratum with everything that can be computed before drawing.</summary>
    private sealed class StratumSampler(Stratum stratum)
    {
        private readonly double[] _factor = TraitCholesky.Factor(stratum);
        private readonly InclusionCriterion[] _inclusion = [.. stratum.Inclusion];
        private readonly RateSampler _decline = new(stratum.DeclineRate);
        private readonly RateSampler _preSlope = new(stratum.PreRandomisationSlope);
        private readonly double _logNeurofilament = Math.Log(stratum.NeurofilamentLightGeometricMean);

        // Copied, so that a draw reads fields and not a record.
        private readonly double _scoreMean = stratum.BaselineScoreMean;
        private readonly double _scoreSd = stratum.BaselineScoreSd;
        private readonly double _neurofilamentLogSd = stratum.NeurofilamentLightLogSd;
        private readonly double _ageMean = stratum.AgeMeanYears;
        private readonly double _ageSd = stratum.AgeSdYears;
        private readonly double _male = stratum.MaleProbability;
        private readonly double _bulbar = stratum.BulbarOnsetProbability;
        private readonly double _riluzole = stratum.RiluzoleProbability;
        private readonly double _edaravone = stratum.EdaravoneProbability;
        private readonly double _vitalCapacityMean = stratum.VitalCapacityMeanPercent;
        private readonly double _vitalCapacitySd = stratum.VitalCapacitySdPercent;
        private readonly double _delayShare = stratum.DiagnosticDelayShareMinimum;
        private readonly double _delayRange = stratum.DiagnosticDelayShareMaximum - stratum.DiagnosticDelayShareMinimum;
        private readonly double _definite = stratum.DefiniteElEscorialProbability;
        private readonly double _dementia = stratum.FrontotemporalDementiaProbability;
        private readonly double _residualSd = stratum.ResidualSd;
        private readonly double _hazardMultiplier = stratum.EventHazardMultiplier;
        private readonly double _flatStartPoints = stratum.FlatStartPoints;

        internal string Name { get; } = stratum.Name;

        internal bool TryDraw(
            int stratum, int screened, ref TrialRandom random, ref TrialRandom further, out Participant participant)
        {
            TrialRandom draws = random;
            double z0 = draws.NextNormal();
            double z1 = draws.NextNormal();
            double z2 = draws.NextNormal();
            double z3 = draws.NextNormal();
            double z4 = draws.NextNormal();
            double male = draws.NextUniform();
            double bulbar = draws.NextUniform();
            double riluzole = draws.NextUniform();
            double edaravone = draws.NextUniform();
            random = draws;

            TrialRandom later = further;
            double z5 = later.NextNormal();
            double delayShare = _delayShare + (_delayRange * later.NextUniform());
            double definite = later.NextUniform();
            double dementia = later.NextUniform();
            further = later;

            ReadOnlySpan<double> l = _factor;
            double score = _scoreMean + (_scoreSd * z0);
            double declineScore = (l[6] * z0) + (l[7] * z1);
            double decline = _decline.AtNormalScore(declineScore);
            double preSlope = _preSlope.AtNormalScore((l[12] * z0) + (l[13] * z1) + (l[14] * z2));
            double logNeurofilament = _logNeurofilament + (_neurofilamentLogSd
                * ((l[18] * z0) + (l[19] * z1) + (l[20] * z2) + (l[21] * z3)));
            double age = _ageMean + (_ageSd
                * ((l[24] * z0) + (l[25] * z1) + (l[26] * z2) + (l[27] * z3) + (l[28] * z4)));
            double vitalCapacity = _vitalCapacityMean + (_vitalCapacitySd
                * ((l[30] * z0) + (l[31] * z1) + (l[32] * z2) + (l[33] * z3) + (l[34] * z4) + (l[35] * z5)));
            double monthsSinceOnset = preSlope > 0 ? Math.Max(0, 48 - score) / preSlope : double.NaN;

            participant = new Participant
            {
                Stratum = stratum,
                BaselineScore = score,
                DeclinePerMonth = decline,
                PreRandomisationSlopePerMonth = preSlope,
                LogNeurofilamentLight = logNeurofilament,
                AgeYears = age,
                MonthsSinceOnset = monthsSinceOnset,
                IsMale = male < _male,
                HasBulbarOnset = bulbar < _bulbar,
                TakesRiluzole = riluzole < _riluzole,
                TakesEdaravone = edaravone < _edaravone,
                VitalCapacityPercent = Math.Max(LowestVitalCapacity, vitalCapacity),
                DiagnosticDelayMonths = delayShare * monthsSinceOnset,
                HasDefiniteElEscorial = definite < _definite,
                HasFrontotemporalDementia = dementia < _dementia,
                BaselineNormalScore = z0,
                DeclineNormalScore = declineScore,
                ResidualSd = _residualSd,
                EventHazardMultiplier = _hazardMultiplier,
                FlatStartPoints = _flatStartPoints,
                CandidatesScreened = screened,
            };
            foreach (InclusionCriterion criterion in _inclusion)
            {
                // A trait that is not defined, such as months since onset without decline, meets no criterion.
                double value = Value(criterion.Trait, participant);
                if (!(value >= criterion.Minimum && value <= criterion.Maximum))
                {
                    return false;
                }
            }

            return true;
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
}
