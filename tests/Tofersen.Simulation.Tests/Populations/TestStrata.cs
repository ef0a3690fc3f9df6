using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Tests.Populations;

/// <summary>Strata for tests, and participants drawn from them.</summary>
internal static class TestStrata
{
    /// <summary>A stratum with spread in every trait and no correlations or criteria.</summary>
    internal static Stratum Plain { get; } = new()
    {
        Name = "plain",
        Weight = 1,
        BaselineScoreMean = 36,
        BaselineScoreSd = 6,
        DeclineRate = new LogNormalRate { Mean = 1.2, Sd = 0.8 },
        PreRandomisationSlope = new LogNormalRate { Mean = 0.9, Sd = 0.5 },
        NeurofilamentLightGeometricMean = 80,
        NeurofilamentLightLogSd = 0.6,
        AgeMeanYears = 55,
        AgeSdYears = 11,
        MaleProbability = 0.57,
        BulbarOnsetProbability = 0.13,
        RiluzoleProbability = 0.62,
        EdaravoneProbability = 0.08,
        ResidualSd = 1.5,
    };

    internal static PopulationModel Population(params Stratum[] strata) => new() { Strata = [.. strata] };

    internal static Participant[] Draw(Stratum stratum, int count, ulong seed)
    {
        IParticipantSampler sampler = Population(stratum).CreateSampler();
        var key = new StreamKey(seed, 0);
        var participants = new Participant[count];
        for (int p = 0; p < count; p++)
        {
            TrialRandom random = key.Open(p, DrawPurpose.Baseline);
            sampler.Draw(0, ref random, out participants[p]);
        }

        return participants;
    }

    /// <summary>A trait on the scale on which the copula is normal: the logarithm of log-normal traits.</summary>
    internal static double NormalScale(in Participant participant, Trait trait) => trait switch
    {
        Trait.BaselineScore => participant.BaselineScore,
        Trait.DeclineRate => Math.Log(participant.DeclinePerMonth),
        Trait.PreRandomisationSlope => Math.Log(participant.PreRandomisationSlopePerMonth),
        Trait.NeurofilamentLight => participant.LogNeurofilamentLight,
        Trait.SlowVitalCapacity => participant.VitalCapacityPercent,
        _ => participant.AgeYears,
    };
}
