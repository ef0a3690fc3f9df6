using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>The mixed model for repeated measures beside a dense fit in R.</summary>
internal static class MmrmValidation
{
    private const string Folder = "mmrm";

    private static readonly Agreement Criteria = new("−2 log likelihood", 1e-10);

    private static readonly Agreement Values = new("contrasts, means, coefficients, covariances, standard errors", 1e-6);

    private static readonly Agreement Degrees = new("degrees of freedom", 1e-5);

    private static readonly (string, string, string, string)[] Shown =
    [
        ("monotone108", "baseline*visit", "Unstructured", "Reml"),
        ("gaps60", "baseline*visit+sex", "HeterogeneousToeplitz", "Reml"),
        ("gaps60", "baseline+sex*visit+stratum*arm", "Unstructured", "Ml"),
    ];

    internal static ValidationSection Section()
    {
        var section = new ValidationSection(
            "Mixed model for repeated measures", "a dense fit by definition, compared with nlme::gls", Folder);
        foreach (ReferenceRow row in ReferenceFile.Read(Folder, "expected-fits").Rows)
        {
            (string data, string model, string structure, string estimation) =
                (row.Text("dataset"), row.Text("model"), row.Text("structure"), row.Text("estimation"));
            ValidationRows rows = section.Of(
                $"{data}, {model}, {Words(structure)}, {estimation.ToUpperInvariant()}",
                Shown.Contains((data, model, structure, estimation)));
            MmrmFit plain = MmrmReferenceTests.Fit(row, DegreesOfFreedomMethod.Satterthwaite);
            rows.Compare("−2 log likelihood", row.Number("m2ll"), plain.MinusTwoLogLikelihood, Criteria);
            Tests(rows, row, plain, "se", "covariance", isPlain: true);
            Means(rows, row, plain);
            if (estimation == "Reml")
            {
                MmrmFit linear = MmrmReferenceTests.Fit(row, DegreesOfFreedomMethod.KenwardRogerLinear);
                Tests(rows, row, linear, "seLinear", "linear", isPlain: false);
                MmrmFit full = MmrmReferenceTests.Fit(row, DegreesOfFreedomMethod.KenwardRoger);
                Tests(rows, row, full, "seFull", "full", isPlain: false);
            }
        }

        return section;
    }

    private static void Tests(
        ValidationRows rows, ReferenceRow row, MmrmFit fit, string standardError, string covariance, bool isPlain)
    {
        foreach (ReferenceRow contrast in MmrmReferenceTests.Rows("expected-contrasts", row))
        {
            int visit = contrast.Count("visit");
            bool isLast = visit == fit.Contrasts.Count;
            AnalysisResult actual = fit.Contrasts[visit - 1];
            double se = contrast.Number(standardError);
            if (isLast && isPlain)
            {
                rows.Compare("effect at the last visit", contrast.Number("estimate"), actual.Estimate, Values, se);
                rows.Compare("standard error", se, actual.StandardError, Values);
                rows.Compare("Satterthwaite df", contrast.Number("df"), actual.DegreesOfFreedom, Degrees);
            }
            else if (isLast)
            {
                string version = standardError == "seLinear" ? "linear" : "full";
                rows.Compare($"Kenward–Roger standard error, {version}", se, actual.StandardError, Values);
                rows.Count(contrast.Number("df"), actual.DegreesOfFreedom, Degrees);
            }
            else
            {
                rows.Count(contrast.Number("estimate"), actual.Estimate, Values, se);
                rows.Count(se, actual.StandardError, Values);
                rows.Count(contrast.Number("df"), actual.DegreesOfFreedom, Degrees);
            }
        }

        foreach (ReferenceRow entry in MmrmReferenceTests.Rows("expected-covariances", row))
        {
            (int a, int b) = (entry.Count("first") - 1, entry.Count("second") - 1);
            double scale = Math.Sqrt(fit.ContrastCovariance[a][a] * fit.ContrastCovariance[b][b]);
            rows.Count(entry.Number(covariance), fit.ContrastCovariance[a][b], Values, scale);
        }
    }

    private static void Means(ValidationRows rows, ReferenceRow row, MmrmFit fit)
    {
        foreach (ReferenceRow entry in MmrmReferenceTests.Rows("expected-sigmas", row))
        {
            (int a, int b) = (entry.Count("first") - 1, entry.Count("second") - 1);
            double scale = Math.Sqrt(fit.Covariance[a][a] * fit.Covariance[b][b]);
            rows.Count(entry.Number("sigma"), fit.Covariance[a][b], Values, scale);
        }

        foreach (ReferenceRow mean in MmrmReferenceTests.Rows("expected-means", row))
        {
            Coefficient actual = (mean.Count("arm") == 0 ? fit.ControlMeans : fit.ActiveMeans)[mean.Count("visit") - 1];
            rows.Count(mean.Number("estimate"), actual.Estimate, Values, mean.Number("se"));
            rows.Count(mean.Number("se"), actual.StandardError, Values);
        }

        foreach (ReferenceRow coefficient in MmrmReferenceTests.Rows("expected-coefficients", row))
        {
            Coefficient actual = fit.Coefficients[coefficient.Count("column") - 1];
            rows.Count(coefficient.Number("estimate"), actual.Estimate, Values, coefficient.Number("se"));
            rows.Count(coefficient.Number("se"), actual.StandardError, Values);
        }
    }

    private static string Words(string structure) => structure switch
    {
        "Unstructured" => "unstructured",
        "HeterogeneousToeplitz" => "heterogeneous Toeplitz",
        _ => structure,
    };
}
