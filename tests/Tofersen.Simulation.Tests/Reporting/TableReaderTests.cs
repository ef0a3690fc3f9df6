using System.Globalization;
using System.Text;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Reporting;

public sealed class TableReaderTests
{
    private const string Plain = "USUBJID,ARM,AVAL\nA,Placebo,1.5\nB,Tofersen,-2e1\n";

    [TestCase(Plain)]
    [TestCase("\uFEFF" + Plain)]
    [TestCase("USUBJID,ARM,AVAL\r\nA,Placebo,1.5\r\nB,Tofersen,-2e1\r\n")]
    [TestCase("USUBJID,ARM,AVAL\nA,Placebo,1.5\nB,Tofersen,-2e1")]
    [TestCase("USUBJID,ARM,AVAL\nA,Placebo,1.5\n\nB,Tofersen,-2e1\n\n")]
    [TestCase(" USUBJID , ARM , AVAL \n A , Placebo , 1.5 \n B , Tofersen , -2e1 \n")]
    [TestCase("\"USUBJID\",\"ARM\",\"AVAL\"\n\"A\",\"Placebo\",\"1.5\"\n\"B\",\"Tofersen\",\"-2e1\"\n")]
    [TestCase("USUBJID;ARM;AVAL\nA;Placebo;1.5\nB;Tofersen;-2e1\n")]
    [TestCase("USUBJID;ARM;AVAL\r\nA;Placebo;1,5\r\nB;Tofersen;-20\r\n")]
    [TestCase("USUBJID,ARM,AVAL,\nA,Placebo,1.5,\nB,Tofersen,-20,\n")]
    [TestCase("USUBJID,ARM,AVAL,,\nA,Placebo,1.5,,\n,,,,\nB,Tofersen,-20,,\n,,,,\n")]
    [TestCase("USUBJID,ARM,AVAL\nA,Placebo,1.5,\n,,\nB,Tofersen,-20,,\n")]
    [TestCase("\"\",\"USUBJID\",\"ARM\",\"AVAL\"\n\"1\",\"A\",\"Placebo\",1.5\n\"2\",\"B\",\"Tofersen\",-20\n")]
    [TestCase("sep=;\nUSUBJID;ARM;AVAL\nA;Placebo;1,5\nB;Tofersen;-20\n")]
    [TestCase("USUBJID\tARM\tAVAL\nA\tPlacebo\t1.5\nB\tTofersen\t-20\n")]
    [TestCase("USUBJID|ARM|AVAL\nA|Placebo|1.5\nB|Tofersen|-20\n")]
    public void ReadText_AnyForm_GivesTheSameTable(string csv)
    {
        AnalysisTable table = TableReader.ReadText(csv);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(table.Columns.Select(c => c.Name), Is.EqualTo((string[])["USUBJID", "ARM", "AVAL"]));
            Assert.That(Texts(table["USUBJID"]), Is.EqualTo((string[])["A", "B"]));
            Assert.That(Texts(table["ARM"]), Is.EqualTo((string[])["Placebo", "Tofersen"]));
            Assert.That(table["AVAL"].Numbers.ToArray(), Is.EqualTo((double[])[1.5, -20]));
        }
    }

    [Test]
    public void ReadFile_ByteOrderMarkAndNonAscii_KeepsLetters()
    {
        using var folder = new TemporaryFolder();
        string path = folder.At("größe.csv");
        File.WriteAllText(path, "Ort,Größe\nZürich,1\n東京,2\nSão Paulo,3\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        AnalysisTable table = TableReader.ReadFile(path);
        Assert.That(Texts(table["Ort"]), Is.EqualTo((string[])["Zürich", "東京", "São Paulo"]));
        Assert.That(table["Größe"].Numbers.ToArray(), Is.EqualTo((double[])[1, 2, 3]));
    }

    [Test]
    public void ReadText_QuotedCells_KeepSeparatorsLineBreaksAndQuotes()
    {
        AnalysisTable table = TableReader.ReadText("\"a,b\",n\n\"Boston, MA\",1\n\"two\nlines\",2\n\"say \"\"yes\"\"\",3\n");
        Assert.That(Texts(table["a,b"]), Is.EqualTo((string[])["Boston, MA", "two\nlines", "say \"yes\""]));
        Assert.That(table["n"].Numbers.ToArray(), Is.EqualTo((double[])[1, 2, 3]));
    }

    [Test]
    public void ReadText_EmptyNaAndNan_AreMissing()
    {
        AnalysisTable table = TableReader.ReadText("n,t,none\n1,x,\nNA,NA,\n,\"\",NA\nNaN,y,\n 4 ,NA,\n");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(table["n"].Numbers.ToArray(), Is.EqualTo((double[])[1, double.NaN, double.NaN, double.NaN, 4]));
            Assert.That(Texts(table["t"]), Is.EqualTo((string[])["x", "", "", "y", ""]));
            Assert.That(table["none"].IsText, Is.False);
            Assert.That(Enumerable.Range(0, 5).All(table["none"].IsMissing), Is.True);
        }
    }

    [TestCase("1,000", Description = "a separator of thousands")]
    [TestCase("1,5", Description = "a decimal comma where commas separate")]
    [TestCase("Infinity")]
    [TestCase("1e999")]
    [TestCase("0x10")]
    [TestCase("−5", Description = "a minus sign that is not ASCII")]
    [TestCase("5 mg")]
    public void ReadText_NoNumber_MakesAColumnOfTexts(string cell)
    {
        TableColumn column = TableReader.ReadText($"n,m\n\"{cell}\",1\n2,1\n")["n"];
        Assert.That(column.IsText, Is.True);
        Assert.That(column.TextAt(0), Is.EqualTo(cell));
    }

    [Test]
    public void ReadText_LongWholeNumbers_StayApart()
    {
        TableColumn column = TableReader.ReadText("id,n\n90071992547409931,1\n90071992547409932,1\n")["id"];
        Assert.That(Texts(column), Is.EqualTo((string[])["90071992547409931", "90071992547409932"]));
        Assert.That(TableReader.ReadText("id,n\n123456789012345,0.12345678901234567\n")["id"].IsText, Is.False);
    }

    [TestCase("", "empty")]
    [TestCase("\uFEFF", "empty")]
    [TestCase("\n\n\n", "empty")]
    [TestCase("a,b\n", "header but no rows")]
    [TestCase("a,b", "header but no rows")]
    [TestCase("a,b,a\n1,2,3\n", "'a'")]
    [TestCase("a, a\n1,2\n", "'a'")]
    [TestCase("a,,c\n1,2,3\n", "column 2 has no name")]
    [TestCase("a,b,\n1,2,3\n", "column 3 has no name")]
    [TestCase("a,b,,\n1,2,,\n1,2,x,\n", "line 3: 'x' stands in column 3")]
    [TestCase("a,b\n1,2\n3\n", "line 3")]
    [TestCase("a,b\n1,2\n3,4,5\n", "line 3")]
    [TestCase("a,b\n\"x\ny\",2\n3\n", "line 4", Description = "a line break inside quotes counts as one")]
    [TestCase("a,b\n1,\"2\n3,4\n", "line 2, character 3, column 'b'")]
    [TestCase("a,b\n1,2\n3,x\"y\n", "line 3, character 4, column 'b'")]
    [TestCase("\uFEFFa,b\n1,2\n3,x\"y\n", "line 3, character 4, column 'b'")]
    [TestCase("a,b\n1,2\n\"é\ng\"h,4\n", "line 4, character 3, column 'a'")]
    [TestCase("a,b\n1,x\"y\n1\n1,2,3\n", "line 2, character 4, column 'b'")]
    [TestCase("a,b\n1,x\"y\n1\n1,2,3\n", "line 3 has 1 field; the header has 2; line 4 has 3 fields; the header has 2")]
    [TestCase("a,b\n1\n1\n1\n1\n1\n1\n1\n", "line 6 has 1 field; the header has 2; and 2 more")]
    public void ReadText_BrokenFile_SaysWhere(string csv, string where) => Assert.That(
        () => TableReader.ReadText(csv),
        Throws.TypeOf<AnalysisDataException>().With.Message.Contains(where).And.Message.Not.Contains("\n"));

    // Bytes of Windows-1252: ö is F6, ß is DF, the euro sign 80.
    [Test]
    public void ReadFile_Windows1252_KeepsLetters()
    {
        using var folder = new TemporaryFolder();
        string path = folder.At("western.csv");
        File.WriteAllBytes(path, [.. "Gr"u8, 0xF6, 0xDF, .. "e;n\r\n"u8, 0x80, .. ";1,5\r\n"u8]);
        AnalysisTable table = TableReader.ReadFile(path);
        Assert.That(Texts(table["Größe"]), Is.EqualTo((string[])["€"]));
        Assert.That(table["n"].Numbers.ToArray(), Is.EqualTo((double[])[1.5]));
    }

    [TestCase("utf-16")]
    [TestCase("utf-16BE")]
    [TestCase("utf-32")]
    public void ReadFile_OtherUnicodeWithMark_KeepsLetters(string encoding)
    {
        using var folder = new TemporaryFolder();
        string path = folder.At("data.csv");
        File.WriteAllText(path, "Ort,n\nZürich,1\n", Encoding.GetEncoding(encoding));
        Assert.That(Texts(TableReader.ReadFile(path)["Ort"]), Is.EqualTo((string[])["Zürich"]));
    }

    // The character at the boundary of what is read at once is whole, and so not taken for a sign that the file is not UTF-8.
    [Test]
    public void ReadFile_LongUtf8_IsNotTakenForWindows1252()
    {
        using var folder = new TemporaryFolder();
        string name = string.Concat(Enumerable.Repeat("xé試🧪", 20_001));
        string path = folder.Write("long.csv", $"t,n\n{name},1\n");
        Assert.That(Texts(TableReader.ReadFile(path)["t"]), Is.EqualTo((string[])[name]));
    }

    [TestCase("PK\u0003\u0004xl", "Excel workbook")]
    [TestCase("PAR1....", "Parquet")]
    [TestCase("HEADER RECORD*******LIBRARY", "SAS transport")]
    [TestCase("\0\0\0\0SAS FILE", "SAS data set")]
    [TestCase("%PDF-1.7", "PDF")]
    [TestCase("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 128 128\">\n<rect x=\"1\"/>\n", "of tags")]
    [TestCase("\uFEFF\n<!DOCTYPE html>\n", "of tags")]
    public void ReadFile_NoCsv_SaysWhatItIs(string start, string what)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("data.csv", start);
        Assert.That(
            () => TableReader.ReadFile(path),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contains(what).And.Message.Contains("data.csv").And.Message.Contains("as CSV"));
    }

    [Test]
    public void ReadText_CodesOfMissingValues_AreMissing()
    {
        string[] codes = ["", "NA", "N/A", "n/a", "#N/A", "#n/a", "NaN", "NULL", ".", ".A", ".Z", "._"];
        AnalysisTable table = TableReader.ReadText("n,t\n1,x\n" + string.Concat(codes.Select(c => $"{c},{c}\n")) + "2,.a\n");
        Assert.That(table["n"].Numbers.ToArray(), Is.EqualTo((double[])[1, .. codes.Skip(1).Select(_ => double.NaN), 2]));
        Assert.That(Texts(table["t"]), Is.EqualTo((string[])["x", .. codes.Skip(1).Select(_ => ""), ".a"]));
    }

    // The line of a value counts blank lines and those within quotes; the row does not.
    [TestCase("x", "")]
    [TestCase("1,5", "Decimal commas")]
    [TestCase("2024-03-01", "looks like a date")]
    [TestCase("01MAR2024", "looks like a date")]
    public void NumbersOf_Text_NamesRowLineAndWhatItMayBe(string cell, string hint)
    {
        AnalysisTable table = TableReader.ReadText($"t,CHG,ARM\n\"a\nb\",1,P\n\nc,\"{cell}\",Q\n,,\nd,z,Q\n");
        Assert.That(
            () => new TableAncova { Response = "CHG", Arm = "ARM" }.Analyse(table),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contains($"'CHG', the response, holds '{cell}' in row 2 (line 5)")
                .And.Message.Contains("; one more value is no number, in row 3 (line 7).").And.Message.Contains(hint));
    }

    // A slip in a column with decimal commas is the slip, not the commas.
    [Test]
    public void NumbersOf_SlipAmongDecimalCommas_NamesTheSlip()
    {
        AnalysisTable table = TableReader.ReadText("g;y\nA;0,04\nB;-5,59\nA;k.A.\nB;2\nA;x1\nB;1.234,5\n");
        Assert.That(
            () => new TableAncova { Response = "y", Arm = "g" }.Analyse(table),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contains("holds 'k.A.' in row 3 (line 4)")
                .And.Message.Contains("2 more values are no numbers, the next in row 5 (line 6)")
                .And.Message.Not.Contains("ecimal commas"));
    }

    // The mean of B, 5, less that of A, 2, once the slip is left out.
    [Test]
    public void Where_SlipAmongDecimalCommasLeftOut_LeavesNumbers()
    {
        AnalysisTable table = TableReader.ReadText("g;y\nA;1,5\nA;2,5\nB;4,5\nB;5,5\nA;k.A.\n");
        TableResult result = new TableAncova { Response = "y", Arm = "g", Where = [new RowCondition("y", "k.A.", exclude: true)] }.Analyse(table);
        Assert.That(result.Estimates[0].Estimate, Is.EqualTo(3).Within(1e-12));
    }

    [Test]
    public void ReadText_LongNameInAProblem_IsCut()
    {
        string name = new('n', 200);
        Assert.That(
            () => TableReader.ReadText($"{name},b\n1\"2,3\n"),
            Throws.TypeOf<AnalysisDataException>().With.Message.Contains("column 'nnn").And.Message.Length.LessThan(200));
    }

    [Test]
    public void ReadFile_Pipe_IsReadOnce()
    {
        if (!Requirements.HasPrograms("mkfifo"))
        {
            Requirements.Missing("mkfifo, of coreutils");
        }

        using var folder = new TemporaryFolder();
        string pipe = folder.At("pipe");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [pipe]))
        {
            make.WaitForExit();
        }

        Task writing = Task.Run(() => File.WriteAllText(pipe, Plain));
        AnalysisTable table = TableReader.ReadFile(pipe);
        writing.Wait();
        Assert.That(table["AVAL"].Numbers.ToArray(), Is.EqualTo((double[])[1.5, -20]));
    }

    [Test]
    public void ReadFile_NoFile_ThrowsIOException() =>
        Assert.That(() => TableReader.ReadFile("no-such-file.csv"), Throws.InstanceOf<IOException>());

    [Test]
    public void ReadText_RandomTables_RoundTrip()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        string[] pieces = ["a", "é", ",", ";", "\"", "\n", "\r\n", " b", "12", "\t", "|", "."];
        for (int trial = 0; trial < 300; trial++)
        {
            int columns = random.Next(2, 6);
            string[][] cells =
            [
                .. Enumerable.Range(0, random.Next(1, 20)).Select(_ => Enumerable.Range(0, columns).Select(
                    _ => "x" + string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => pieces[random.Next(pieces.Length)]))).ToArray()),
            ];
            string csv = string.Join(',', Enumerable.Range(0, columns).Select(c => $"c{c}")) + "\n" + string.Concat(cells.Select(
                row => string.Join(',', row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"));
            AnalysisTable table = TableReader.ReadText(csv);
            for (int c = 0; c < columns; c++)
            {
                Assert.That(Texts(table.Columns[c]), Is.EqualTo(cells.Select(row => row[c])), $"seed {Seed}, trial {trial}");
            }
        }
    }

    [Test]
    [Category("Slow")]
    public void ReadFile_MillionRows_GivesEveryValue()
    {
        const int Rows = 1_000_000;
        using var folder = new TemporaryFolder();
        string path = folder.At("large.csv");
        using (var writer = new StreamWriter(path))
        {
            writer.WriteLine("USUBJID,ARM,AVISITN,BASE,AVAL,CHG");
            for (int i = 0; i < Rows; i++)
            {
                writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"S-{i / 10:D6},{(i / 10 % 2 == 0 ? "Placebo" : "Tofersen")},{i % 10},{30 + (i / 10 % 18)},{i * 0.25},{(i % 7 == 0 ? "" : "1.5")}"));
            }
        }

        AnalysisTable table = TableReader.ReadFile(path);
        double sum = 0;
        foreach (double value in table["AVAL"].Numbers)
        {
            sum += value;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(table.Rows, Is.EqualTo(Rows));
            Assert.That(table["USUBJID"].Levels, Has.Count.EqualTo(Rows / 10));
            Assert.That(sum, Is.EqualTo(0.25 * Rows * (Rows - 1.0) / 2));
            Assert.That(Enumerable.Range(0, Rows).Count(table["CHG"].IsMissing), Is.EqualTo((Rows + 6) / 7));
        }
    }

    private static IEnumerable<string> Texts(TableColumn column) => Enumerable.Range(0, column.Rows).Select(column.TextAt);
}
