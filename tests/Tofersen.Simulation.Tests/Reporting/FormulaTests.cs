using FsCheck;
using FsCheck.Fluent;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Reporting;

/// <summary>Texts that a spreadsheet would run, and what becomes of any text between our writer and our reader.</summary>
public sealed class FormulaTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20_261_123, 297);

    // Nasty first characters are as likely as others.
    private static Gen<string> Text => Gen.OneOf(
        Gen.Elements("=1+1", "'=1+1", "''-x", "+", "-5", "@a", "\tx", "\r\nx", "＝1", "'", "''", "'tis", "a,b", "a;b", "say \"x\"", "two\nlines", " x ", "ß試🧪", "1e5", "0x1"),
        ArbMap.Default.ArbFor<NonNull<string>>().Generator.Select(s => s.Get),
        Gen.Elements("=", "+", "-", "@", "'", "\t").SelectMany(start => ArbMap.Default.ArbFor<NonNull<string>>().Generator.Select(s => start + s.Get)));

    [Test]
    public void Restore_AnyTextNeutralised_IsTheText() =>
        Prop.ForAll(Arb.From(Text), text => Assert.That(Formulas.Restore(Formulas.Neutralise(text)), Is.EqualTo(text))).Check(Fixed);

    [Test]
    public void Neutralise_AnyText_BeginsWithNothingThatRuns() =>
        Prop.ForAll(Arb.From(Text), text => Assert.That(Formulas.Neutralise(text), Does.Not.Match("\\A[=+\\-@\\t\\r\\n＝＋－＠]"))).Check(Fixed);

    [TestCase("'tis")]
    [TestCase("a=b")]
    [TestCase(" =1")]
    [TestCase("")]
    [TestCase("'")]
    public void Neutralise_HarmlessText_IsAsItWas(string text) => Assert.That(Formulas.Neutralise(text), Is.EqualTo(text));

    // What no CSV can tell apart: numbers from texts, missing codes from texts. Those stand for themselves behind a letter.
    [Test]
    public void CsvTable_AnyTextsAndNumbers_ReadBackAsTheyWere()
    {
        using var folder = new TemporaryFolder();
        string path = folder.At("any.csv");
        Gen<(string Text, double Number)[]> rows = Text.Where(t => !t.Contains('\0'))
            .SelectMany(text => ArbMap.Default.ArbFor<NormalFloat>().Generator.Select(x => (text, x.Get)))
            .NonEmptyListOf().Select(list => list.ToArray());
        Prop.ForAll(Arb.From(rows), cells =>
        {
            using (var table = new CsvTable(path, "TEXT", "NUMBER", "=HEADER"))
            {
                foreach ((string text, double number) in cells)
                {
                    table.Text(text + "x").Number(number).Text("-y").EndRow();
                }
            }

            AnalysisTable read = TableReader.ReadFile(path);
            Assert.That(
                Enumerable.Range(0, read.Rows).Select(read["TEXT"].TextAt), Is.EqualTo(cells.Select(c => AsUtf8(c.Text + "x").TrimStart(' '))));
            Assert.That(read["NUMBER"].Numbers.ToArray(), Is.EqualTo(cells.Select(c => c.Number)));
            Assert.That(read["=HEADER"].Levels, Is.EqualTo((string[])["-y"]));
        }).Check(Fixed.WithMaxTest(150));
    }

    // Halves of surrogate pairs have no form in UTF-8.
    private static string AsUtf8(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
