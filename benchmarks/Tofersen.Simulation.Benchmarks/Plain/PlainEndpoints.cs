using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>Other endpoints of one participant, visit after visit.</summary>
internal static class PlainEndpoints
{
    /// <summary>Values at the visits, on the scale of the endpoint's model: logarithms for a biomarker.</summary>
    internal static double[] Draw(
        Endpoint endpoint,
        int stratum,
        StreamKey key,
        int p,
        in Participant participant,
        ExposureInterval? exposure,
        double[] months,
        double[] diseaseMonths)
    {
        TrialRandom random = key.Open(p, DrawPurpose.Endpoints).ForkAt(TrialRandom.ForkWord(NameStream.Of(endpoint.Name)));
        double first = random.NextNormal(), second = random.NextNormal();
        return endpoint is FunctionEndpoint function
            ? Function(function, function.Strata[stratum], first, second, participant, diseaseMonths, ref random)
            : Biomarker((BiomarkerEndpoint)endpoint, stratum, first, second, participant, exposure, months, ref random);
    }

    private static double[] Function(
        FunctionEndpoint endpoint,
        FunctionStratum stratum,
        double first,
        double second,
        in Participant participant,
        double[] diseaseMonths,
        ref TrialRandom random)
    {
        double Correlated(double score, double own, double r) => (r * score) + (Math.Sqrt(1 - (r * r)) * own);

        double baseline = Correlated(participant.BaselineNormalScore, first, stratum.ScoreCorrelation);
        double start = stratum.BaselineMean is { } mean ? mean + (stratum.BaselineSd * baseline) : participant.VitalCapacityPercent;
        double loss = stratum.LossPerMonth
            + (stratum.LossSdPerMonth * Correlated(participant.DeclineNormalScore, second, stratum.RateCorrelation));
        var values = new double[diseaseMonths.Length];
        for (int v = 0; v < values.Length; v++)
        {
            double latent = start - (loss * diseaseMonths[v]);
            values[v] = Math.Clamp(latent + (endpoint.ResidualSd * random.NextNormal()), endpoint.Minimum, endpoint.Maximum);
        }

        return values;
    }

    private static double[] Biomarker(
        BiomarkerEndpoint endpoint,
        int number,
        double first,
        double second,
        in Participant participant,
        ExposureInterval? exposure,
        double[] months,
        ref TrialRandom random)
    {
        BiomarkerStratum stratum = endpoint.Strata[number];
        double third = random.NextNormal();
        double start = stratum.GeometricMean is { } mean ? Math.Log(mean) + (stratum.LogSd * first) : participant.LogNeurofilamentLight;
        double drift = stratum.DriftPerMonth + (stratum.DriftSdPerMonth * second);
        double logRatio = stratum.Response is { } response ? Math.Log(response.Ratio) + (response.LogSd * third) : 0;
        var values = new double[months.Length];
        for (int v = 0; v < values.Length; v++)
        {
            double share = exposure is { } onDrug && stratum.Response is { } r
                ? PlainEffect.Response(r.HalfTimeWeeks, r.WashoutHalfTimeWeeks, r.LagWeeks, onDrug, months[v])
                : 0;
            double latent = start + (drift * months[v]) + (logRatio * share);
            double value = latent + (endpoint.WithinParticipantLogSd * random.NextNormal());
            values[v] = endpoint.LowerLimit is { } lower && value < Math.Log(lower) ? Math.Log(lower / 2)
                : endpoint.UpperLimit is { } upper && value > Math.Log(upper) ? Math.Log(upper)
                : value;
        }

        return values;
    }
}
