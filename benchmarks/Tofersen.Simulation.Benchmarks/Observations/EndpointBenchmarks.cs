using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios.Endpoints;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Benchmarks.Observations;

/// <summary>Endpoints besides the ALSFRS-R in 108 participants on drug at eleven visits: two biomarkers, vital capacity and strength. Times are
/// for one participant.</summary>
public class EndpointBenchmarks
{
    private readonly ValorCourses _courses = new();
    private readonly double[] _latent = new double[16];
    private readonly double[] _values = new double[16];
    private readonly double[] _none = new double[16];
    private double[] _months = [];
    private double[] _disease = [];
    private ExposureInterval[] _exposure = [];
    private Endpoint _endpoint = null!;
    private int[] _positions = [];
    private EndpointSimulator _simulator = null!;

    [Params("sod1", "nfl", "svc", "hhd")]
    public string Measured { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _endpoint = _courses.Scenario.Endpoints.Single(e => e.Name == Measured);
        _positions = _endpoint.Positions(_courses.Scenario.Population.StratumNames);
        _simulator = EndpointSimulator.Create(_endpoint, _courses.Scenario);
        _months = _courses.VisitMonths;
        _disease = [.. _months.Select(m => 0.8 * m)];
        ValueList<ExposureInterval> planned = _courses.Scenario.Design.Arms[TrialDesign.ActiveArm].Exposure;
        _exposure = [.. planned];
        for (int p = 0; p < ValorCourses.Participants; p++)
        {
            Draw(p);
            Agreement.Check(_values.AsSpan(0, _months.Length), DrawPlain(p), $"{Measured} of participant {p}");
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = ValorCourses.Participants)]
    public double Plain()
    {
        double sum = 0;
        for (int p = 0; p < ValorCourses.Participants; p++)
        {
            sum += DrawPlain(p)[^1];
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = ValorCourses.Participants)]
    public double Library()
    {
        double sum = 0;
        for (int p = 0; p < ValorCourses.Participants; p++)
        {
            Draw(p);
            sum += _values[_months.Length - 1];
        }

        return sum;
    }

    private double[] DrawPlain(int p) => PlainEndpoints.Draw(
        _endpoint, _positions[_courses.All[p].Stratum], _courses.Key, p, _courses.All[p], _exposure[0], _months, _disease);

    private void Draw(int p)
    {
        int visits = _months.Length;
        var at = new EndpointVisits
        {
            Arm = TrialDesign.ActiveArm,
            Exposure = _exposure,
            IsPlanned = true,
            Months = _months,
            DiseaseMonths = _disease,
            LogSod1Ratio = _none.AsSpan(0, visits),
            LogNeurofilamentRatio = _none.AsSpan(0, visits),
        };
        _simulator.Fill(_courses.Key, p, _courses.All[p], at, _latent.AsSpan(0, visits), _values.AsSpan(0, visits));
    }
}
