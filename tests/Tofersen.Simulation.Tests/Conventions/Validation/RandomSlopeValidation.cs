using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.RandomSlopes;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>The random-slope model beside lme4, lmerTest and pbkrtest.</summary>
internal static class RandomSlopeValidation
{
    private const string Folder = "random-slopes";

    private static readonly Agreement Criteria = new("−2 log likelihood", 1e-10);

    private static readonly Agreement Values = new("estimates, standard errors, variances, predicted effects, p values", 1e-6);

    private static readonly Agreement Degrees = new("degrees of freedom", 1e-4);

    private static readonly (string, string, string)[] Shown =
        [("valor108", "common", "Reml"), ("gaps60", "covariates", "Reml"), ("noSlopeVariance", "common", "Reml")];

    internal static ValidationSection Section()
    {
        var section = new ValidationSection("Random-slope model", "lme4, its fits polished to the optimum, lmerTest and pbkrtest", Folder);
        foreach (ReferenceRow row in ReferenceFile.Read(Folder, "fits").Rows)
        {
            (string data, string model, string estimation) = (row.Text("dataset"), row.Text("model"), row.Text("estimation"));
            ValidationRows rows = section.Of(
                $"{data}, {model}, {estimation.ToUpperInvariant()}", Shown.Contains((data, model, estimation)));
            RandomSlopeEngine plain = RandomSlopeReferenceTests.Fit(row, DegreesOfFreedomMethod.Satterthwaite, out _);
            RandomSlopeEngine adjusted = RandomSlopeReferenceTests.Fit(row, DegreesOfFreedomMethod.KenwardRogerLinear, out _);
            Variances(rows, row, plain);
            Coefficients(rows, row, plain, adjusted);
            Covariances(rows, row, plain, adjusted);
            Effects(rows, row, plain);
        }

        return section;
    }

    private static void Variances(ValidationRows rows, ReferenceRow row, RandomSlopeEngine fit)
    {
        (double intercept, double covariance, double slope) = fit.RandomCovariance;
        double residual = row.Number("residualVariance");
        double product = Math.Sqrt(row.Number("interceptVariance") * row.Number("slopeVariance"));
        rows.Compare("−2 log likelihood", row.Number("criterion"), fit.MinusTwoLogLikelihood, Criteria);
        rows.Compare("slope variance", row.Number("slopeVariance"), slope, Values, 1e-9 * residual);
        rows.Compare("residual variance", residual, fit.ResidualVariance, Values);
        rows.Count(row.Number("interceptVariance"), intercept, Values, 1e-9 * residual);
        rows.Count(row.Number("covariance"), covariance, Values, Math.Max(1e-9 * residual, product));
    }

    private static void Coefficients(ValidationRows rows, ReferenceRow row, RandomSlopeEngine plain, RandomSlopeEngine adjusted)
    {
        ReferenceRow[] coefficients = [.. RandomSlopeReferenceTests.Matching("coefficients", row)];
        foreach (ReferenceRow expected in coefficients)
        {
            int index = expected.Count("index") - 1;
            bool isLast = index == coefficients.Length - 1;
            (double estimate, double error, double df) = plain.Coefficient(index);
            double se = expected.Number("se");
            Add("effect on the slope", expected.Number("estimate"), estimate, Values, se);
            Add("standard error", se, error, Values);
            if (!double.IsNaN(expected.Number("satterthwaiteDf")))
            {
                Add("Satterthwaite df", expected.Number("satterthwaiteDf"), df, Degrees);
                rows.Count(expected.Number("p"), StudentT.TwoSidedP(estimate / error, df), Values, 1e-6);
            }

            if (!double.IsNaN(expected.Number("kenwardRogerSe")))
            {
                (_, double adjustedError, double adjustedDf) = adjusted.Coefficient(index);
                Add("Kenward–Roger standard error", expected.Number("kenwardRogerSe"), adjustedError, Values);
                Add("Kenward–Roger df", expected.Number("kenwardRogerDf"), adjustedDf, Degrees);
            }

            void Add(string quantity, double reference, double ours, Agreement agreement, double scale = 0)
            {
                if (isLast)
                {
                    rows.Compare(quantity, reference, ours, agreement, scale);
                }
                else
                {
                    rows.Count(reference, ours, agreement, scale);
                }
            }
        }
    }

    private static void Covariances(ValidationRows rows, ReferenceRow row, RandomSlopeEngine plain, RandomSlopeEngine adjusted)
    {
        foreach (ReferenceRow expected in RandomSlopeReferenceTests.Matching("covariances", row))
        {
            int i = expected.Count("row") - 1;
            int j = expected.Count("column") - 1;
            rows.Count(expected.Number("covariance"), plain.Covariance(i, j), Values, Scale(plain));
            if (!double.IsNaN(expected.Number("kenwardRoger")))
            {
                rows.Count(expected.Number("kenwardRoger"), adjusted.Covariance(i, j), Values, Scale(adjusted));
            }

            double Scale(RandomSlopeEngine fit) => Math.Sqrt(fit.Covariance(i, i) * fit.Covariance(j, j));
        }
    }

    private static void Effects(ValidationRows rows, ReferenceRow row, RandomSlopeEngine fit)
    {
        string[] participants = [.. RandomSlopeReferenceTests.Read(row.Text("dataset")).Select(r => r[0].Text("participant"))];
        double share = 1e-3 * Math.Sqrt(row.Number("residualVariance"));
        double interceptSd = Math.Sqrt(row.Number("interceptVariance")) + share;
        double slopeSd = Math.Sqrt(row.Number("slopeVariance")) + share;
        foreach (ReferenceRow expected in RandomSlopeReferenceTests.Matching("effects", row))
        {
            (double intercept, double slope) = fit.RandomEffects(Array.IndexOf(participants, expected.Text("participant")));
            rows.Count(expected.Number("intercept"), intercept, Values, interceptSd);
            rows.Count(expected.Number("slope"), slope, Values, slopeSd);
        }
    }
}
