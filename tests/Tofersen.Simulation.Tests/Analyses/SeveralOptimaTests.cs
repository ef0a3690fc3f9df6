using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Tables;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Data whose restricted likelihood has more than one maximum: the highest is found.</summary>
[Category("Reference")]
public sealed class SeveralOptimaTests
{
    private const string Folder = "several-optima";

    [Test]
    public void TableRandomSlope_BoundaryOptimumBesideABetterOne_FindsTheBetterOne()
    {
        ReferenceRow expected = ReferenceFile.Read(Folder, "expected-slopes").Rows.Single();
        TableResult result = new TableRandomSlope
        {
            Response = "y",
            Participant = "id",
            Time = "t",
            Arm = "arm",
            Control = "B",
            CommonBaseline = false,
        }.Analyse(Read("slopes", "arm"));
        TableEstimate estimate = result.Estimates.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Status, Is.EqualTo(AnalysisStatus.Converged));
            Assert.That(result.Fit.MinusTwoLogLikelihood!.Value, Nearly.Equal(expected.Number("minusTwoLogLikelihood"), 1e-9));
            Assert.That(estimate.Estimate, Nearly.Equal(expected.Number("estimate"), 1e-6));
            Assert.That(estimate.StandardError, Nearly.Equal(expected.Number("se"), 1e-6));
            Assert.That(estimate.DegreesOfFreedom, Nearly.Equal(expected.Number("df"), 1e-4));
        }
    }

    [Test]
    public void TableMmrm_StructureWithoutVisitMeans_FindsTheHighestMaximum()
    {
        ReferenceRow expected = ReferenceFile.Read(Folder, "expected-chicks").Rows.Single();
        TableResult result = new TableMmrm
        {
            Response = "weight",
            Participant = "id",
            Visit = "Time",
            Covariates = ["base"],
            Covariance = CovarianceStructure.HeterogeneousToeplitz,
        }.Analyse(Read("chicks", "id", "Diet"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Status, Is.EqualTo(AnalysisStatus.Converged));
            Assert.That(result.Fit.MinusTwoLogLikelihood!.Value, Nearly.Equal(expected.Number("minusTwoLogLikelihood"), 1e-9));
        }
    }

    private static AnalysisTable Read(string name, params string[] texts)
    {
        ReferenceFile file = ReferenceFile.Read(Folder, name);
        return AnalysisTable.FromColumns(file.Columns.Select(column => texts.Contains(column)
            ? TableColumn.OfTexts(column, file.Texts(column))
            : TableColumn.OfNumbers(column, file.Numbers(column))));
    }
}
