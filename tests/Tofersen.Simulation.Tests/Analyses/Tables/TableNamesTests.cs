using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Reporting;

namespace Tofersen.Simulation.Tests.Analyses.Tables;

/// <summary>Names that consist of digits stay names, whichever rows are chosen.</summary>
public sealed class TableNamesTests
{
    [TestCase("12345678901234561", "12345678901234562")]
    [TestCase("007", "07")]
    [TestCase("00", "0")]
    public void Where_NamesOfDigits_StayApart(string first, string second)
    {
        AnalysisTable table = TableReader.ReadText($"ID,X\n{first},1\n{second},2\nP3,3\n");
        AnalysisTable two = table.Where(new RowCondition("ID", "P3", exclude: true));
        Assert.That(table["ID"].Values(), Has.Exactly(3).Items);
        Assert.That(two["ID"].Values(), Is.EquivalentTo((string[])[first, second]));
    }

    [Test]
    public void Read_LeadingZeros_AreNamesUnlessNumbersAreDue()
    {
        AnalysisTable table = TableReader.ReadText("SITE,Y\n01,05\n02,1.5\n10,0\n");
        Assert.That(table["SITE"].IsText, Is.True);
        Assert.That(table.NumbersOf("Y", "response").Numbers.ToArray(), Is.EqualTo((double[])[5, 1.5, 0]));
    }

    [Test]
    public void Where_TextsOfOtherRows_LeaveNumbers()
    {
        AnalysisTable table = TableReader.ReadText("KIND,VALUE\na,1.5\nb,high\na,2\n");
        Assert.That(table.Where(new RowCondition("KIND", "a"))["VALUE"].Numbers.ToArray(), Is.EqualTo((double[])[1.5, 2]));
    }

    [TestCase(".")]
    [TestCase("NA")]
    [TestCase("NaN")]
    [TestCase("")]
    public void Read_MissingCell_LeavesAColumnOfNumbers(string cell) =>
        Assert.That(TableReader.ReadText($"X,Y\n1,2\n{cell},3\n")["X"].Numbers.ToArray(), Is.EqualTo((double[])[1, double.NaN]));
}
