using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>Two-stage slopes beside lm for each participant and for the slopes.</summary>
internal static class SlopeValidation
{
    private const string Folder = "slopes";

    private static readonly Agreement Values = new("slopes, effects, standard errors, statistics, limits, p values", 1e-10);

    internal static ValidationSection Section()
    {
        var section = new ValidationSection("Slopes of participants", "lm", Folder);
        foreach (ReferenceRow row in ReferenceFile.Read(Folder, "expected").Rows)
        {
            (string data, string minimum, string model) = (row.Text("dataset"), row.Text("minimumVisits"), row.Text("model"));
            bool isShown = (data, minimum, model) is ("slopes108", "2", "arm") or ("slopes300", "3", "stratum+arm");
            Effect(section.Of($"{data}, at least {minimum} visits, {model}", isShown), row);
        }

        foreach (ReferenceRow row in ReferenceFile.Read(Folder, "slopes").Rows)
        {
            TrialData data = SlopeReferenceTests.Read(row.Text("dataset"), row.Text("participant")).ToData();
            var worker = new SlopeWorker(new SlopeAnalysis { ThroughWeek = data.Layout.VisitWeeks[^1] }, data.Layout);
            section.Of(row.Text("dataset")).Count(row.Number("slope"), worker.Slope(data, 0), Values, 1e-3);
        }

        return section;
    }

    private static void Effect(ValidationRows rows, ReferenceRow row)
    {
        TrialData data = SlopeReferenceTests.Read(row.Text("dataset")).ToData();
        AnalysisResult result = new SlopeAnalysis
        {
            ThroughWeek = data.Layout.VisitWeeks[^1],
            MinimumVisits = row.Count("minimumVisits"),
            Covariates = row.Text("model") == "arm" ? [] : ["stratum"],
        }.CreateWorker(data.Layout).Run(data);
        double se = row.Number("se");
        rows.Compare("difference of slopes", row.Number("estimate"), result.Estimate, Values, se);
        rows.Compare("standard error", se, result.StandardError, Values);
        rows.Compare("t", row.Number("t"), result.Statistic, Values, 1);
        rows.Compare("p", row.Number("p"), result.PValue, Values);
        rows.Count(row.Number("lower"), result.Lower, Values, se);
        rows.Count(row.Number("upper"), result.Upper, Values, se);
        rows.Count(row.Number("df"), result.DegreesOfFreedom, Agreement.Counts);
    }
}
