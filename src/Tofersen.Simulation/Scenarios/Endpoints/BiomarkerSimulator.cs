using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Scenarios.Endpoints;

/// <summary>Draws the course of a <see cref="BiomarkerEndpoint"/>.</summary>
internal sealed class BiomarkerSimulator : EndpointSimulator
{
    private readonly Course[] _courses;
    private readonly double _errorSd;
    private readonly BiomarkerDriver _driver;
    private readonly double _lowest;
    private readonly double _belowLowest;
    private readonly double _highest;

    internal BiomarkerSimulator(BiomarkerEndpoint endpoint, Scenario scenario)
        : base(endpoint, scenario.Design.VisitWeeks)
    {
        _errorSd = endpoint.WithinParticipantLogSd;
        _driver = endpoint.Driver;
        _lowest = endpoint.LowerLimit is { } lower ? Math.Log(lower) : double.NegativeInfinity;
        _belowLowest = endpoint.LowerLimit is { } limit ? Math.Log(limit / 2) : double.NegativeInfinity;
        _highest = endpoint.UpperLimit is { } upper ? Math.Log(upper) : double.PositiveInfinity;
        double[] months = [.. scenario.Design.VisitWeeks.Select(StudyTime.MonthsFromWeeks)];
        ValueList<ExposureInterval>[] planned = [.. scenario.Design.Arms.Select(a => a.Exposure)];
        _courses =
        [
            .. endpoint.Positions(scenario.Population.StratumNames).Select(at => new Course(endpoint.Strata[at], planned, months)),
        ];
    }

    private protected override void FillLatent(
        ref TrialRandom random, in Participant participant, in EndpointVisits visits, Span<double> latent)
    {
        Course course = _courses[participant.Stratum];
        double own = random.NextNormal();
        double drift = course.Drift + (course.DriftSd * random.NextNormal());
        double responseScore = random.NextNormal();
        double baseline = course.HasOwnBaseline ? course.LogMean + (course.LogSd * own) : participant.LogNeurofilamentLight;
        for (int v = 0; v < latent.Length; v++)
        {
            latent[v] = baseline + (drift * visits.Months[v]);
        }

        if (participant.NeurofilamentRiseMonths > 0 && !course.HasOwnBaseline)
        {
            AddRise(participant, visits.DiseaseMonths, latent);
        }

        if (course.Response is { } response)
        {
            double logRatio = course.LogRatio + (course.RatioSd * responseScore);
            ReadOnlySpan<double> known = visits.IsPlanned ? course.Planned[visits.Arm] : [];
            for (int v = 0; v < latent.Length; v++)
            {
                latent[v] += logRatio * (known.IsEmpty ? response.At(visits.Months[v], visits.Exposure) : known[v]);
            }

            return;
        }

        ReadOnlySpan<double> driven = _driver switch
        {
            BiomarkerDriver.Sod1 => visits.LogSod1Ratio,
            BiomarkerDriver.NeurofilamentLight => visits.LogNeurofilamentRatio,
            _ => [],
        };
        for (int v = 0; v < driven.Length; v++)
        {
            latent[v] += driven[v];
        }
    }

    // What has not risen before randomisation rises with the disease age, to the value at onset.
    private static void AddRise(in Participant participant, ReadOnlySpan<double> diseaseMonths, Span<double> latent)
    {
        double Risen(in Participant p, double age) => Math.Clamp(1 - ((p.MonthsToOnset - age) / p.NeurofilamentRiseMonths), 0, 1);

        double before = Risen(participant, 0);
        for (int v = 0; v < latent.Length; v++)
        {
            latent[v] += participant.LogNeurofilamentRise * (Risen(participant, diseaseMonths[v]) - before);
        }
    }

    private protected override void Record(ReadOnlySpan<double> latent, Span<double> values)
    {
        for (int v = 0; v < values.Length; v++)
        {
            double value = latent[v] + (_errorSd * values[v]);
            values[v] = value < _lowest ? _belowLowest : value > _highest ? _highest : value;
        }
    }

    /// <summary>A stratum's parameters, and the response of those who follow an arm's plan at the scheduled visits.</summary>
    private sealed class Course
    {
        internal Course(BiomarkerStratum stratum, ValueList<ExposureInterval>[] planned, double[] months)
        {
            HasOwnBaseline = stratum.GeometricMean is not null;
            LogMean = Math.Log(stratum.GeometricMean ?? 1);
            LogSd = stratum.LogSd;
            Drift = stratum.DriftPerMonth;
            DriftSd = stratum.DriftSdPerMonth;
            if (stratum.Response is not { } response)
            {
                Planned = [];
                return;
            }

            LogRatio = Math.Log(response.Ratio);
            RatioSd = response.LogSd;
            var share = new ExposureResponse(response.LagWeeks, response.HalfTimeWeeks, response.WashoutHalfTimeWeeks);
            Response = share;
            Planned = [.. planned.Select(exposure => months.Select(t => share.At(t, exposure.AsSpan())).ToArray())];
        }

        internal bool HasOwnBaseline { get; }

        internal double LogMean { get; }

        internal double LogSd { get; }

        internal double Drift { get; }

        internal double DriftSd { get; }

        internal double LogRatio { get; }

        internal double RatioSd { get; }

        internal ExposureResponse? Response { get; }

        internal double[][] Planned { get; }
    }
}
