using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Scenarios.Endpoints;

/// <summary>Reads what endpoints need of a latent course at the visits, scheduled or moved.</summary>
/// <param name="course">The course of the participant at hand.</param>
/// <param name="times">Its times.</param>
/// <param name="visitsMove">Whether visits take place off their schedule, the baseline apart.</param>
internal sealed class EndpointCourse(LatentCourse course, CourseTimes times, bool visitsMove)
{
    private readonly double[] _disease = new double[times.VisitIndex.Length];
    private readonly double[] _sod1 = new double[times.VisitIndex.Length];
    private readonly double[] _neurofilament = new double[times.VisitIndex.Length];

    /// <summary>The visits of a participant; valid until the next.</summary>
    internal EndpointVisits At(int arm, ReadOnlySpan<ExposureInterval> exposure, ReadOnlySpan<double> months)
    {
        Read(course.DiseaseMonths, months, _disease);
        Read(course.LogSod1Ratio, months, _sod1);
        Read(course.LogNeurofilamentRatio, months, _neurofilament);
        return new EndpointVisits
        {
            Arm = arm,
            Exposure = exposure,
            IsPlanned = course.IsPlanned && !visitsMove,
            Months = months,
            DiseaseMonths = _disease,
            LogSod1Ratio = _sod1,
            LogNeurofilamentRatio = _neurofilament,
        };
    }

    private void Read(ReadOnlySpan<double> values, ReadOnlySpan<double> months, Span<double> target)
    {
        times.ReadScheduled(values, target);
        for (int v = 1; visitsMove && v < target.Length; v++)
        {
            target[v] = times.Interpolate(values, months[v]);
        }
    }
}
