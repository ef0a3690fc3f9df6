using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Scenarios.Endpoints;

/// <summary>Draws the course of a <see cref="FunctionEndpoint"/>.</summary>
internal sealed class FunctionSimulator : EndpointSimulator
{
    private readonly FunctionStratum[] _strata;
    private readonly double _errorSd;
    private readonly double _minimum;
    private readonly double _maximum;

    internal FunctionSimulator(FunctionEndpoint endpoint, Scenario scenario)
        : base(endpoint, scenario.Design.VisitWeeks)
    {
        _strata = [.. endpoint.Positions(scenario.Population.StratumNames).Select(at => endpoint.Strata[at])];
        _errorSd = endpoint.ResidualSd;
        (_minimum, _maximum) = (endpoint.Minimum, endpoint.Maximum);
    }

    private protected override void FillLatent(
        ref TrialRandom random, in Participant participant, in EndpointVisits visits, Span<double> latent)
    {
        FunctionStratum stratum = _strata[participant.Stratum];
        double baseline = Correlated(participant.BaselineNormalScore, random.NextNormal(), stratum.ScoreCorrelation);
        double loss = Correlated(participant.DeclineNormalScore, random.NextNormal(), stratum.RateCorrelation);
        double start = stratum.BaselineMean is { } mean ? mean + (stratum.BaselineSd * baseline) : participant.VitalCapacityPercent;
        double perMonth = stratum.LossPerMonth + (stratum.LossSdPerMonth * loss);
        for (int v = 0; v < latent.Length; v++)
        {
            latent[v] = start - (perMonth * Math.Max(0, visits.DiseaseMonths[v] - participant.MonthsToOnset));
        }
    }

    private protected override void Record(ReadOnlySpan<double> latent, Span<double> values)
    {
        for (int v = 0; v < values.Length; v++)
        {
            values[v] = Bounded(latent[v] + (_errorSd * values[v]));
        }
    }

    // After recording: a line that has passed the limit by far leaves no room for the error.
    private protected override void Bound(Span<double> latent)
    {
        foreach (ref double value in latent)
        {
            value = Bounded(value);
        }
    }

    private double Bounded(double value) => value < _minimum ? _minimum : value > _maximum ? _maximum : value;

    private static double Correlated(double score, double own, double correlation) =>
        (correlation * score) + (Math.Sqrt(1 - (correlation * correlation)) * own);
}
