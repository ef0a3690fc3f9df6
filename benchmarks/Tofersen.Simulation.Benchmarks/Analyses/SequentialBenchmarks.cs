using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.MonteCarlo.Sequential;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Sequential;
using Tofersen.Simulation.Tests.MonteCarlo.Sequential;

namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>The looks of a trial like VALOR with its extension, 240 participants who enrol over two years: one at the end of the
/// placebo-controlled period and one at the end. The plain version makes the trial of each look anew from records.</summary>
public class SequentialBenchmarks
{
    private const int Trials = 20;

    private readonly TrialData[] _trials = new TrialData[Trials];
    private Scenario _scenario = null!;
    private SequentialWorker _worker = null!;
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        Scenario valor = ValorOpenLabelExtension.ToWeek52.Scenario with { Endpoints = [], AdverseEvents = [] };
        _scenario = valor with
        {
            Design = (DelayedStart)valor.Design with { Participants = 240, Enrolment = new UniformEnrolment { Weeks = 104 } },
            Analyses =
            [
                new Ancova { Name = "week 28", Week = 28, Covariates = [Covariates.Baseline, Covariates.Stratum] },
                new Ancova { Name = "week 52", Week = 52, Covariates = [Covariates.Baseline, Covariates.Stratum] },
            ],
            Sequential = new SequentialPlan
            {
                Boundaries = new GroupSequentialDesign
                {
                    InformationFractions = [0.6, 1],
                    Efficacy = new LanDeMetsObrienFleming(),
                    Futility = new FixedFutility { Z = [0] },
                },
                Looks = [new SequentialLook { Timing = new FirstPeriodTiming(), Analysis = "week 28" }],
                Analysis = "week 52",
            },
        };
        for (int i = 0; i < Trials; i++)
        {
            _trials[i] = new TrialSimulator(_scenario).Simulate(1, i);
        }

        _worker = new SequentialWorker(_scenario, _scenario.Sequential, _scenario.Layout);
        foreach (TrialData trial in _trials)
        {
            SequentialOutcome ours = _worker.Run(trial);
            PlainSequentialTrial plain = Follow(trial);
            Agreement.Check(ours.Estimate, plain.Estimate, "estimate at the last look", 1);
            Agreement.Check((int)ours.Status[ours.Last], (int)plain.Status[^1], "end of the trial");
        }
    }

    [Benchmark(Baseline = true)]
    public double Plain() => Follow(Next()).Estimate;

    [Benchmark]
    public double Library() => _worker.Run(Next()).Estimate;

    private PlainSequentialTrial Follow(TrialData trial)
    {
        var plain = new PlainSequentialTrial(_scenario, trial);
        plain.Run();
        return plain;
    }

    private TrialData Next() => _trials[_next = (_next + 1) % Trials];
}
