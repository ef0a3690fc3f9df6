using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Benchmarks.Observations;

/// <summary>How visits are written down.</summary>
public enum Visits
{
    OnSchedule,
    OffSchedule,
    SomeMissed,
}

/// <summary>Scores of 108 participants at eleven visits: rater error, rounding, dates off the schedule, missed visits. Times are for one
/// participant.</summary>
public class VisitBenchmarks
{
    private readonly ValorCourses _courses = new();
    private double[][] _scores = [];
    private double[] _weeks = [];
    private double[] _schedule = [];
    private double[][] _months = [];
    private double[][] _complete = [];
    private ObservationModel _model = null!;
    private VisitRecorder _recorder = null!;

    [Params(Visits.OnSchedule, Visits.OffSchedule, Visits.SomeMissed)]
    public Visits Observed { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _model = Observed switch
        {
            Visits.OffSchedule => new ObservationModel { VisitJitterSdDays = 2, VisitWindowDays = 5 },
            Visits.SomeMissed => new ObservationModel { IntermittentMissingProbability = 0.05 },
            _ => new ObservationModel(),
        };
        _model = _model with { Events = _courses.Scenario.Observation.Events };
        var times = new CourseTimes(_courses.Scenario.Design, _model);
        _recorder = new VisitRecorder(_model, times, mayFillAgain: false);
        _scores = [.. Enumerable.Range(0, ValorCourses.Participants).Select(_ => new double[times.Months.Length])];
        _weeks = [.. _courses.Scenario.Design.VisitWeeks];
        _schedule = _courses.VisitMonths;
        _months = Rows();
        _complete = Rows();
        for (int p = 0; p < ValorCourses.Participants; p++)
        {
            TrialRandom random = _courses.Key.Open(p, DrawPurpose.Trajectory);
            PlainCourses.Fill(_courses.Scenario.Trajectory, _courses.All[p], times.Months, times.Months, ref random, _scores[p]);
            Record(p);
            double[] months = [.. _months[p]];
            double[] ours = [.. _complete[p].Select((s, v) => _recorder.Missed[v] ? double.NaN : s)];
            RecordPlain(p);
            Agreement.Check(months, _months[p], $"times of visits of participant {p}");
            Agreement.Check(ours, _complete[p], $"scores of participant {p}");
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = ValorCourses.Participants)]
    public void Plain()
    {
        for (int p = 0; p < ValorCourses.Participants; p++)
        {
            RecordPlain(p);
        }
    }

    [Benchmark(OperationsPerInvoke = ValorCourses.Participants)]
    public void Library()
    {
        for (int p = 0; p < ValorCourses.Participants; p++)
        {
            Record(p);
        }
    }

    private double[][] Rows() => [.. Enumerable.Range(0, ValorCourses.Participants).Select(_ => new double[_weeks.Length])];

    private void RecordPlain(int p) =>
        PlainVisits.Fill(_model, _courses.Key, p, _courses.All[p], _scores[p], _weeks, _months[p], _complete[p]);

    private void Record(int p)
    {
        _schedule.CopyTo(_months[p], 0);
        var record = new VisitRecord(_months[p], _complete[p], 0, []);
        _recorder.Fill(_courses.Key, p, _courses.All[p], _scores[p], double.PositiveInfinity, record);
    }
}
