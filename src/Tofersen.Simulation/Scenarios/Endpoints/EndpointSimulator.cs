using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Scenarios.Endpoints;

/// <summary>Computes one endpoint of one participant after another.</summary>
/// <remarks>A participant's draws come first, then one for each visit, so that draws depend on neither arm nor times.</remarks>
internal abstract class EndpointSimulator
{
    private readonly ulong _stream;

    private protected EndpointSimulator(Endpoint endpoint, ValueList<double> visitWeeks)
    {
        _stream = TrialRandom.ForkWord(NameStream.Of(endpoint.Name));
        IsMeasured = [.. visitWeeks.Select(week => endpoint.VisitWeeks.Count == 0 || endpoint.VisitWeeks.Contains(week))];
    }

    /// <summary>Whether the endpoint is measured at each of the scheduled visits.</summary>
    internal bool[] IsMeasured { get; }

    internal static EndpointSimulator Create(Endpoint endpoint, Scenario scenario) => endpoint switch
    {
        BiomarkerEndpoint biomarker => new BiomarkerSimulator(biomarker, scenario),
        FunctionEndpoint function => new FunctionSimulator(function, scenario),
        _ => throw new NotSupportedException($"There is no simulator of {endpoint.GetType().Name}."),
    };

    /// <summary>Fills a participant's latent values, and values as they would be recorded had nobody left or missed a visit.</summary>
    internal void Fill(
        StreamKey key, int p, in Participant participant, in EndpointVisits visits, Span<double> latent, Span<double> complete)
    {
        TrialRandom random = key.Open(p, DrawPurpose.Endpoints).ForkAt(_stream);
        FillLatent(ref random, participant, visits, latent);
        TrialRandom errors = random;
        for (int v = 0; v < complete.Length; v++)
        {
            complete[v] = errors.NextNormal();
        }

        Record(latent, complete);
        Bound(latent);
    }

    /// <summary>Fills the latent values alone.</summary>
    internal void FillLatent(StreamKey key, int p, in Participant participant, in EndpointVisits visits, Span<double> latent)
    {
        TrialRandom random = key.Open(p, DrawPurpose.Endpoints).ForkAt(_stream);
        FillLatent(ref random, participant, visits, latent);
        Bound(latent);
    }

    private protected abstract void FillLatent(
        ref TrialRandom random, in Participant participant, in EndpointVisits visits, Span<double> latent);

    /// <summary>Turns standard normal errors into recorded values.</summary>
    private protected abstract void Record(ReadOnlySpan<double> latent, Span<double> values);

    /// <summary>Keeps latent values where the endpoint can be.</summary>
    private protected virtual void Bound(Span<double> latent)
    {
    }
}
