using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>A participant as the plain analyses see one: an object, with its scores in an array.</summary>
internal sealed record PlainParticipant
{
    internal required byte Arm { get; init; }

    internal required int Stratum { get; init; }

    /// <summary>Scores by visit, baseline first; NaN where missing.</summary>
    internal required double[] Scores { get; init; }

    internal required double[] VisitMonths { get; init; }

    internal required double FollowUpMonths { get; init; }

    internal required EventKind End { get; init; }

    internal double LogNeurofilament { get; init; }

    internal bool TakesRiluzole { get; init; }

    internal bool TakesEdaravone { get; init; }

    /// <summary>Share of the follow-up on drug.</summary>
    internal double TreatedShare { get; init; }

    internal bool IsActive => Arm == 1;

    internal double Change(int visit) => Scores[visit] - Scores[0];

    internal bool Has(int visit) => !double.IsNaN(Scores[visit]);

    /// <summary>The participants of a trial.</summary>
    internal static PlainParticipant[] Of(TrialData data)
    {
        int neurofilament = Position(data, Covariates.LogNeurofilamentLight);
        int riluzole = Position(data, Covariates.Riluzole);
        int edaravone = Position(data, Covariates.Edaravone);
        double Value(int column, int p) => column < 0 ? 0 : data.Covariate(column)[p];
        return
        [
            .. Enumerable.Range(0, data.Participants).Select(p => new PlainParticipant
            {
                Arm = data.Arms[p],
                Stratum = data.Strata[p],
                Scores = [.. data.Scores.Slice(p * data.Visits, data.Visits)],
                VisitMonths = [.. data.VisitMonths.Slice(p * data.Visits, data.Visits)],
                FollowUpMonths = data.FollowUpMonths[p],
                End = data.FollowUpEnds[p],
                LogNeurofilament = Value(neurofilament, p),
                TakesRiluzole = Value(riluzole, p) == 1,
                TakesEdaravone = Value(edaravone, p) == 1,
                TreatedShare = data.Exposure(p).ToArray().Sum(i => i.StopMonths - i.StartMonths) / data.FollowUpMonths[p],
            }),
        ];
    }

    private static int Position(TrialData data, string name)
    {
        for (int c = 0; c < data.Layout.Covariates.Count; c++)
        {
            if (data.Layout.Covariates[c].Name == name)
            {
                return c;
            }
        }

        return -1;
    }
}
