using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Benchmarks.Populations;

/// <summary>Traits of 108 participants of a preset's population, streams opened and those who are not eligible drawn again; the plain version
/// multiplies by MathNet's Cholesky factor. Times are for one participant who is enrolled.</summary>
public class PopulationBenchmarks
{
    private const int Participants = 108;

    private IParticipantSampler _sampler = null!;
    private PlainPopulation? _plain;
    private PresymptomaticPopulation? _carriers;
    private int _strata;
    private long _replicate;

    [Params("phase-1-2", "valor-ole", "atlas", "sod1-natural-history", "general-als")]
    public string Preset { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        IPopulationModel population = Presets.Find(Preset)!.Scenario.Population;
        _sampler = population.CreateSampler();
        _strata = population.StratumNames.Count;
        _plain = population is PopulationModel model ? new PlainPopulation(model) : null;
        _carriers = population as PresymptomaticPopulation;
        double ours = Library();
        _replicate = 0;
        Agreement.Check(ours, Plain(), $"sum of traits of {Preset}", 0, 1e-6);
        _replicate = 0;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Participants)]
    public double Plain()
    {
        var key = new StreamKey(1, _replicate);
        double sum = 0;
        for (int p = 0; p < Participants; p++)
        {
            TrialRandom random = key.Open(p, DrawPurpose.Baseline);
            if (_plain is not null)
            {
                Participant participant = _plain.Draw(p % _strata, random);
                sum += participant.DeclinePerMonth + participant.LogNeurofilamentLight;
            }
            else
            {
                (double months, double neurofilament) = PlainRunInDraws.Draw(_carriers!, random);
                sum += months + neurofilament;
            }
        }

        _replicate++;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Participants)]
    public double Library()
    {
        var key = new StreamKey(1, _replicate);
        double sum = 0;
        for (int p = 0; p < Participants; p++)
        {
            TrialRandom random = key.Open(p, DrawPurpose.Baseline);
            _sampler.Draw(p % _strata, ref random, out Participant participant);
            sum += _plain is not null ? participant.DeclinePerMonth + participant.LogNeurofilamentLight
                : participant.LogNeurofilamentLight - participant.MonthsSinceOnset;
        }

        _replicate++;
        return sum;
    }
}
