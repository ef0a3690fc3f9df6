using Tofersen.Simulation.Common;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Treatments;

public sealed class ExposureResponseTests
{
    // 5 weeks of lag are 5,000 half-times before the response could begin to wear off.
    [Test]
    public void At_BeforeTheLagWithAShortWashout_IsZero([Values(0, 3.0, 5)] double week)
    {
        var response = new ExposureResponse(LagWeeks: 5, HalfTimeWeeks: 4.5, WashoutHalfTimeWeeks: 0.001);

        double share = response.At(StudyTime.MonthsFromWeeks(week), [new ExposureInterval(0, double.PositiveInfinity)]);

        Assert.That(share, Is.Zero);
    }
}
