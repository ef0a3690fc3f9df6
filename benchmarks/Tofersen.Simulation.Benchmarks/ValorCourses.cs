using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>The participants of one VALOR trial and the times of their courses: what the stages after enrolment work on.</summary>
internal sealed class ValorCourses
{
    internal const int Participants = 108;

    internal ValorCourses()
    {
        Scenario = ValorOpenLabelExtension.ToWeek52.Scenario;
        Times = new CourseTimes(Scenario.Design, Scenario.Observation);
        Key = new StreamKey(1, 0);
        IParticipantSampler sampler = Scenario.Population.CreateSampler();
        for (int p = 0; p < Participants; p++)
        {
            TrialRandom random = Key.Open(p, DrawPurpose.Baseline);
            sampler.Draw(p % 2, ref random, out All[p]);
        }
    }

    internal Scenario Scenario { get; }

    internal CourseTimes Times { get; }

    internal StreamKey Key { get; }

    internal Participant[] All { get; } = new Participant[Participants];

    /// <summary>Times of the courses, in months: the weeks to the end, and padding that repeats the last.</summary>
    internal double[] Months => Times.Months;

    /// <summary>A row of times for each participant.</summary>
    internal double[][] Rows() => [.. Enumerable.Range(0, Participants).Select(_ => new double[Months.Length])];

    internal double[] VisitMonths => [.. Scenario.Design.VisitWeeks.Select(StudyTime.MonthsFromWeeks)];
}
