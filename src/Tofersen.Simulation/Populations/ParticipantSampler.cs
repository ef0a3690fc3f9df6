using Tofersen.Simulation.Common;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Populations;

/// <summary>Draws participants of a <see cref="PopulationModel"/>.</summary>
internal sealed class ParticipantSampler(ValueList<Stratum> strata) : IParticipantSampler
{
    private const int MaximumCandidates = 100_000;

    private readonly StratumSampler[] _samplers = [.. strata.Select(s => new StratumSampler(s))];

    public void Draw(int stratum, ref TrialRandom random, out Participant participant)
    {
        StratumSampler sampler = _samplers[stratum];
        for (int screened = 1; screened <= MaximumCandidates; screened++)
        {
            if (sampler.TryDraw(stratum, screened, ref random, out participant))
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
        private readonly double _residualSd = stratum.ResidualSd;
        private readonly double _hazardMultiplier = stratum.EventHazardMultiplier;
        private readonly double _flatStartPoints = stratum.FlatStartPoints;

        internal string Name { get; } = stratum.Name;

        internal bool TryDraw(int stratum, int screened, ref TrialRandom random, out Participant participant)
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

            ReadOnlySpan<double> l = _factor;
            double score = _scoreMean + (_scoreSd * z0);
            double decline = _decline.AtNormalScore((l[5] * z0) + (l[6] * z1));
            double preSlope = _preSlope.AtNormalScore((l[10] * z0) + (l[11] * z1) + (l[12] * z2));
            double logNeurofilament = _logNeurofilament + (_neurofilamentLogSd
                * ((l[15] * z0) + (l[16] * z1) + (l[17] * z2) + (l[18] * z3)));
            double age = _ageMean + (_ageSd
                * ((l[20] * z0) + (l[21] * z1) + (l[22] * z2) + (l[23] * z3) + (l[24] * z4)));

            participant = new Participant
            {
                Stratum = stratum,
                BaselineScore = score,
                DeclinePerMonth = decline,
                PreRandomisationSlopePerMonth = preSlope,
                LogNeurofilamentLight = logNeurofilament,
                AgeYears = age,
                MonthsSinceOnset = preSlope > 0 ? Math.Max(0, 48 - score) / preSlope : double.NaN,
                IsMale = male < _male,
                HasBulbarOnset = bulbar < _bulbar,
                TakesRiluzole = riluzole < _riluzole,
                TakesEdaravone = edaravone < _edaravone,
                ResidualSd = _residualSd,
                EventHazardMultiplier = _hazardMultiplier,
                FlatStartPoints = _flatStartPoints,
                CandidatesScreened = screened,
            };
            foreach (InclusionCriterion criterion in _inclusion)
            {
                double value = criterion.Trait switch
                {
                    Trait.BaselineScore => score,
                    Trait.DeclineRate => decline,
                    Trait.PreRandomisationSlope => preSlope,
                    Trait.NeurofilamentLight => Math.Exp(logNeurofilament),
                    _ => age,
                };
                if (!(value >= criterion.Minimum && value <= criterion.Maximum))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
