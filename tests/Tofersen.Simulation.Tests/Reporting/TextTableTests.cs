using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;

namespace Tofersen.Simulation.Tests.Reporting;

public sealed class TextTableTests
{
    [Test]
    public void ToString_Table_AlignsTheFirstColumnLeftAndTheOthersRight()
    {
        TextTable table = new TextTable("name", "x", "longer").Row("a", "1.25", "2").Row("second", "−3", "± 0.5");

        Assert.That(table.ToString(), Is.EqualTo(
            "name       x  longer\n"
            + "------  ----  ------\n"
            + "a       1.25       2\n"
            + "second    −3   ± 0.5\n"));
    }

    [Test]
    public void ToString_NoRows_IsTheHeadings() =>
        Assert.That(new TextTable("a", "bc").ToString(), Is.EqualTo("a  bc\n-  --\n"));

    [Test]
    public void ToString_AnyTexts_HasLinesOfTheSameLength()
    {
        var table = new TextTable("", "b");
        foreach (string text in (string[])["", "x", "längerer Text", "–"])
        {
            table.Row(text, text + text);
        }

        Assert.That(table.ToString().Split('\n')[..^1].Select(l => l.Length).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Row_WrongNumberOfCells_ThrowsNamingBoth()
    {
        var table = new TextTable("a", "b");

        Assert.That(() => table.Row("1"), Throws.ArgumentException.With.Message.Contains("1 cells; there are 2 columns"));
        Assert.That(() => table.Row("1", "2", "3"), Throws.ArgumentException.With.Message.Contains("3 cells"));
        Assert.That(() => table.Row(null!), Throws.ArgumentNullException);
    }

    [TestCase(1.005, 2, "1.00")]
    [TestCase(-1.5, 1, "−1.5")]
    [TestCase(1234567.891, 1, "1234567.9")]
    [TestCase(0, 3, "0.000")]
    [TestCase(double.NaN, 2, "–")]
    [TestCase(double.PositiveInfinity, 2, "–")]
    [TestCase(double.NegativeInfinity, 2, "–")]
    public void Number_Value_HasItsDecimalsAndAMinusSign(double value, int decimals, string expected) =>
        Assert.That(TextTable.Number(value, decimals), Is.EqualTo(expected));

    [TestCase(1.25, 0.01, "1.25 ± 0.01")]
    [TestCase(-1.25, 0.01, "−1.25 ± 0.01")]
    [TestCase(double.NaN, 0.01, "–")]
    [TestCase(1.25, double.NaN, "1.25 ± –")]
    public void WithError_Value_HasItsErrorBesideIt(double value, double error, string expected) =>
        Assert.That(TextTable.WithError(value, error, 2), Is.EqualTo(expected));

    [Test]
    public void CheckTable_Results_ShowsPublishedAcceptedAndSimulated()
    {
        CalibrationTarget target = Valor.Preset.Targets[0] with { Published = -8.1, Minimum = -9.9, Maximum = -6.3 };

        string inside = CheckTable.Make([new CalibrationResult(target, new MonteCarloValue(-9.9, 0.03))]).ToString();
        string outside = CheckTable.Make([new CalibrationResult(target, new MonteCarloValue(-9.91, 0.03))]).ToString();

        Assert.That(inside, Does.Contain("−8.10  −9.90 to −6.30  −9.90 ± 0.03  inside").And.Contain("(points)"));
        Assert.That(outside, Does.Contain("−9.91 ± 0.03  OUTSIDE"));
    }
}
