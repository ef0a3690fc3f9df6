using System.Globalization;

namespace Tofersen.Simulation.Tests.Tool;

/// <summary>Files that would give a wrong number without a word.</summary>
public sealed class AnalyseRefusalTests
{
    private TemporaryFolder _files = null!;

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    // As spreadsheets of other countries and programs write a number: none is read as one, and a factor of twenty levels is not meant.
    [TestCase("\t", "{0},5")]
    [TestCase(",", "\"1,{0}\"")]
    [TestCase(",", "{0}.5%")]
    [TestCase(",", "{0}.5D+01")]
    public async Task Covariate_NumbersInAnotherForm_AreRefused(string separator, string form)
    {
        string data = Write(separator, i => string.Format(CultureInfo.InvariantCulture, form, 100 + i));
        string spec = _files.Write("spec.json", """{"method":"ancova","response":"Y","arm":"ARM","control":"a","covariates":["X"]}""");

        Assert.That(
            await ToolRun.RefusalOf("analyse", "--data", data, "--analysis", spec),
            Does.Contain("Column 'X'").And.Contain("row 1").And.Contain("is not read as a number"));
    }

    [Test]
    public async Task Covariate_CodesThatBeginWithDigits_AreAFactor()
    {
        string data = Write(",", i => i % 2 == 0 ? "1st" : "2nd");
        string spec = _files.Write("spec.json", """{"method":"ancova","response":"Y","arm":"ARM","control":"a","covariates":["X"]}""");

        Assert.That((await ToolRun.Of("analyse", "--data", data, "--analysis", spec)).Succeeded().Output, Does.Contain("X2nd"));
    }

    [Test]
    public async Task Where_ExcludedValueThatNeverOccurs_IsRefusedWithTheNearest()
    {
        string data = Write(",", i => i % 2 == 0 ? "Baseline" : "Week 4");
        string spec = _files.Write(
            "spec.json", """{"method":"ancova","response":"Y","arm":"ARM","control":"a","where":[{"column":"X","value":"Baselne","exclude":true}]}""");

        Assert.That(await ToolRun.RefusalOf("analyse", "--data", data, "--analysis", spec), Does.Contain("never has the value 'Baselne'").And.Contain("Did you mean 'Baseline'?"));
    }

    private string Write(string separator, Func<int, string> covariate) => _files.Write(
        "data.csv",
        string.Join(separator, "ARM", "X", "Y") + "\n"
        + string.Concat(Enumerable.Range(0, 20).Select(i => string.Join(separator, i % 3 == 0 ? "b" : "a", covariate(i), (i * 37 % 11).ToString(CultureInfo.InvariantCulture)) + "\n")));
}
