using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Benchmarks.Observations;

/// <summary>Kinds of hazards.</summary>
public enum Hazard
{
    Constant,
    Progression,
    DropoutByRecord,
    DropoutByCourse,
    Valor,
}

/// <summary>Time and kind of the first event of 108 participants in 52 weeks by kind of hazard: VALOR's are three that follow progression
/// and a constant one. The plain version integrates every hazard on its own. Times are for one participant.</summary>
public class EventBenchmarks
{
    private readonly ValorCourses _courses = new();
    private double[][] _scores = [];
    private double[][] _losses = [];
    private double[] _visitMonths = [];
    private double[] _visitWeeks = [];
    private double[] _logRates = [];
    private double[] _rates = [];
    private ValueList<EventHazard> _hazards = [];
    private EventSampler _sampler = null!;
    private int _lastWeek;

    [Params(Hazard.Constant, Hazard.Progression, Hazard.DropoutByRecord, Hazard.DropoutByCourse, Hazard.Valor)]
    public Hazard Events { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _lastWeek = _courses.Times.GridPoints - 1;
        _scores = _courses.Rows();
        _rates = [.. _courses.Months.Select(m => 1 / (1 + (0.2 * m)))];
        _logRates = [.. _rates.Select(r => Math.Log(r))];
        _visitMonths = _courses.VisitMonths;
        _visitWeeks = [.. _courses.Scenario.Design.VisitWeeks];
        _losses = [.. Enumerable.Range(0, ValorCourses.Participants).Select(_ => new double[_visitWeeks.Length])];
        for (int p = 0; p < ValorCourses.Participants; p++)
        {
            TrialRandom random = _courses.Key.Open(p, DrawPurpose.Trajectory);
            PlainCourses.Fill(
                _courses.Scenario.Trajectory, _courses.All[p], _courses.Months, _courses.Months, ref random, _scores[p]);
            for (int v = 1; v < _visitWeeks.Length; v++)
            {
                _losses[p][v] = Math.Round(_scores[p][0] - _scores[p][(int)_visitWeeks[v]]);
            }
        }

        _hazards = Hazards(Events);
        _sampler = new EventSampler(_hazards, _courses.Times);
        for (int p = 0; p < ValorCourses.Participants; p++)
        {
            (double week, EventKind kind) = DrawPlain(p);
            (double ours, EventKind ourKind) = Draw(p);
            bool isInTrial = ours <= _lastWeek || week <= _lastWeek;
            Agreement.Check(isInTrial ? ours : 0, isInTrial ? week : 0, $"week of the event of participant {p}", 1);
            Agreement.Check(isInTrial ? (int)ourKind : 0, isInTrial ? (int)kind : 0, $"kind of the event of participant {p}");
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = ValorCourses.Participants)]
    public double Plain()
    {
        double sum = 0;
        for (int p = 0; p < ValorCourses.Participants; p++)
        {
            sum += DrawPlain(p).Week;
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = ValorCourses.Participants)]
    public double Library()
    {
        double sum = 0;
        for (int p = 0; p < ValorCourses.Participants; p++)
        {
            sum += Draw(p).Week;
        }

        return sum;
    }

    private (double Week, EventKind Kind) DrawPlain(int p)
    {
        TrialRandom random = _courses.Key.Open(p, DrawPurpose.Events);
        return PlainEvents.Draw(_hazards, _courses.All[p], _scores[p], _rates, _lastWeek, (_visitWeeks, _losses[p]), ref random);
    }

    private (double Week, EventKind Kind) Draw(int p)
    {
        TrialRandom random = _courses.Key.Open(p, DrawPurpose.Events);
        double week = _sampler.Draw(
            _courses.All[p],
            new HazardCourse(_scores[p], _logRates, [], 0),
            new RecordedLosses(_visitMonths, _losses[p]),
            ref random,
            out EventKind kind);
        return (week, kind);
    }

    private ValueList<EventHazard> Hazards(Hazard kind)
    {
        ValueList<EventHazard> valor = _courses.Scenario.Observation.Events;
        DropoutHazard Dropout(MissingnessMechanism mechanism) =>
            new() { Kind = EventKind.OtherWithdrawal, PerWeek = 0.004, Mechanism = mechanism, Strength = 0.1 };
        return kind switch
        {
            Hazard.Constant => [valor[^1]],
            Hazard.Progression => [valor[0]],
            Hazard.DropoutByRecord => [Dropout(MissingnessMechanism.Mar)],
            Hazard.DropoutByCourse => [Dropout(MissingnessMechanism.Mnar)],
            _ => valor,
        };
    }
}
