using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>ANCOVA after 100 imputations of scores that are missing at random after dropout: by arm, visit after visit, one regression and one
/// participant at a time.</summary>
internal static class PlainImputations
{
    private const int Imputations = 100;

    internal static PlainResult Ancova(PlainParticipant[] trial)
    {
        var streams = new StreamKey(0, 0);
        PlainResult[] results =
        [
            .. Enumerable.Range(0, Imputations).Select(k =>
            {
                double[] completed = Complete(trial, streams.Open(k, DrawPurpose.Imputation));
                return PlainTests.Ancova(trial, completed, PlainTests.FourCovariates);
            }),
        ];
        return Pool(results, trial.Length);
    }

    // Change at the last visit, imputed where it is missing.
    private static double[] Complete(PlainParticipant[] trial, TrialRandom random)
    {
        int visits = trial[0].Scores.Length;
        double[][] scores = [.. trial.Select(p => (double[])p.Scores.Clone())];
        foreach (int[] arm in (int[][])[Members(trial, 0), Members(trial, 1)])
        {
            int firstGap = arm.Min(i => Dropout(trial[i]));
            var models = new PlainRegression?[visits];
            for (int v = firstGap; v < visits; v++)
            {
                int visit = v;
                int[] stayed = [.. arm.Where(i => trial[i].Has(visit))];
                models[v] = PlainRegression.Draw(
                    [.. stayed.Select(i => Predictors(trial[i], scores[i], visit))], [.. stayed.Select(i => scores[i][visit])], ref random);
            }

            foreach (int i in arm)
            {
                for (int v = Dropout(trial[i]); v < visits; v++)
                {
                    PlainRegression model = models[v]!;
                    scores[i][v] = model.Mean(Predictors(trial[i], scores[i], v)) + (model.Sigma * random.NextNormal());
                }
            }
        }

        return [.. scores.Select(s => s[^1] - s[0])];
    }

    private static int[] Members(PlainParticipant[] trial, int arm) =>
        [.. Enumerable.Range(0, trial.Length).Where(i => trial[i].Arm == arm)];

    // The visit after the last one seen; one past the end for who stayed.
    private static int Dropout(PlainParticipant participant) => 1 + Array.FindLastIndex(participant.Scores, s => !double.IsNaN(s));

    // Visits after baseline from the nearest back, then the covariates, the baseline score among them.
    private static double[] Predictors(PlainParticipant participant, double[] scores, int visit) =>
    [
        1,
        .. Enumerable.Range(1, visit - 1).Reverse().Select(v => scores[v]),
        .. PlainTests.FourCovariates.Select(covariate => covariate(participant)),
    ];

    // Rubin's rules with the degrees of freedom of Barnard and Rubin.
    private static PlainResult Pool(PlainResult[] results, int participants)
    {
        double mean = results.Average(r => r.Estimate);
        double within = results.Average(r => r.StandardError * r.StandardError);
        double between = results.Sum(r => Math.Pow(r.Estimate - mean, 2)) / (Imputations - 1) * (1 + (1.0 / Imputations));
        double lambda = between / (within + between);
        double complete = results[0].DegreesOfFreedom;
        double observed = (complete + 1) / (complete + 3) * complete * (1 - lambda);
        double rubin = (Imputations - 1) / (lambda * lambda);
        return new PlainResult(participants, mean, Math.Sqrt(within + between), 1 / ((1 / rubin) + (1 / observed)));
    }
}
