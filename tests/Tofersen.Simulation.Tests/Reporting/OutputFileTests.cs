using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Reporting;

public sealed class OutputFileTests
{
    private TemporaryFolder _files = null!;

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public void Write_Text_IsUtf8WithLineFeedsAndWithoutAMark()
    {
        OutputFile.Write(_files.At("page"), writer => writer.WriteLine("±"));

        Assert.That(File.ReadAllBytes(_files.At("page")), Is.EqualTo((byte[])[0xC2, 0xB1, 0x0A]));
    }

    [Test]
    public void Write_FileThatIsThere_IsReplaced()
    {
        string page = _files.Write("page", "an older and longer text");

        OutputFile.Write(page, writer => writer.Write("new"));

        Assert.That(File.ReadAllText(page), Is.EqualTo("new"));
        Assert.That(_files.Entries, Is.EqualTo((string[])["page"]));
    }

    [Test]
    public void Write_FailureHalfWay_KeepsWhatWasThereAndLeavesNothingBehind()
    {
        string page = _files.Write("page", "old");

        Assert.That(
            () => OutputFile.Write(page, writer =>
            {
                writer.Write(new string('x', 100_000));
                throw new OperationCanceledException();
            }),
            Throws.TypeOf<OperationCanceledException>());

        Assert.That(File.ReadAllText(page), Is.EqualTo("old"));
        Assert.That(_files.Entries, Is.EqualTo((string[])["page"]));
    }

    [Test]
    public void Write_FolderInPlaceOfTheFile_IsRefused() =>
        Assert.That(() => OutputFile.Write(_files.FullName, _ => { }), Throws.TypeOf<IOException>().With.Message.Contains("is a folder"));
}
