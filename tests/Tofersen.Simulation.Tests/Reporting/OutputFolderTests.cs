using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Reporting;

public sealed class OutputFolderTests
{
    private TemporaryFolder _files = null!;

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public void Write_NewFolder_AppearsOnlyWhenComplete()
    {
        string target = _files.At("out");

        OutputFolder.Write(target, folder =>
        {
            File.WriteAllText(Path.Combine(folder, "one.txt"), "1");
            Assert.That(Directory.Exists(target), Is.False);
            Assert.That(Path.GetDirectoryName(folder), Is.EqualTo(_files.FullName), "the same volume, so that a rename suffices");
        });

        Assert.That(_files.Entries, Is.EqualTo((string[])["out", "out/one.txt"]));
    }

    [Test]
    public void Write_ExistingFolder_ChangesNothingBeforeAllIsWritten()
    {
        Directory.CreateDirectory(_files.At("out"));
        string one = _files.Write(Path.Combine("out", "one.txt"), "old");

        OutputFolder.Write(_files.At("out"), folder =>
        {
            File.WriteAllText(Path.Combine(folder, "one.txt"), "new");
            Assert.That(File.ReadAllText(one), Is.EqualTo("old"));
        });

        Assert.That(File.ReadAllText(one), Is.EqualTo("new"));
    }

    [TestCase("out")]
    [TestCase("a/out")]
    [TestCase("a/b/c/out")]
    public void Write_Failure_LeavesNothingBehindAndPassesTheExceptionOn(string path)
    {
        Assert.That(
            () => OutputFolder.Write(_files.At(path.Split('/')), folder =>
            {
                File.WriteAllText(Path.Combine(folder, "one.txt"), "1");
                throw new InvalidDataException("on purpose");
            }),
            Throws.TypeOf<InvalidDataException>());

        Assert.That(_files.Entries, Is.Empty);
    }

    [Test]
    public void Write_FailureInAnExistingFolder_KeepsWhatWasThere()
    {
        Directory.CreateDirectory(_files.At("a", "out"));
        _files.Write(Path.Combine("a", "out", "one.txt"), "old");

        Assert.That(
            () => OutputFolder.Write(_files.At("a", "out"), folder =>
            {
                File.WriteAllText(Path.Combine(folder, "one.txt"), "new");
                throw new InvalidDataException("on purpose");
            }),
            Throws.TypeOf<InvalidDataException>());

        Assert.That(_files.Entries, Is.EqualTo((string[])["a", "a/out", "a/out/one.txt"]));
        Assert.That(File.ReadAllText(_files.At("a", "out", "one.txt")), Is.EqualTo("old"));
    }

    [Test]
    public void Write_FailureBelowAnEmptyFolderOfTheUsers_KeepsThatFolder()
    {
        Directory.CreateDirectory(_files.At("mine"));

        Assert.That(
            () => OutputFolder.Write(_files.At("mine", "out"), _ => throw new InvalidDataException("on purpose")),
            Throws.TypeOf<InvalidDataException>());

        Assert.That(_files.Entries, Is.EqualTo((string[])["mine"]));
    }

    [Test]
    public void Write_FileInPlace_ThrowsWithoutCallingTheWriter()
    {
        string file = _files.Write("out", "mine");
        bool called = false;

        Assert.That(
            () => OutputFolder.Write(file, _ => called = true), Throws.TypeOf<IOException>().With.Message.Contains(file));
        Assert.That(called, Is.False);
    }

    [Test]
    public void Write_BelowAFile_ThrowsWithoutCallingTheWriter()
    {
        string file = _files.Write("file", "mine");
        bool called = false;

        Assert.That(() => OutputFolder.Write(Path.Combine(file, "out"), _ => called = true), Throws.InstanceOf<IOException>());
        Assert.That(called, Is.False);
        Assert.That(_files.Entries, Is.EqualTo((string[])["file"]));
    }

    // A folder that bears a file's name: nothing of the new files may be lost or half in place.
    [Test]
    public void Write_FolderInPlaceOfAFile_ThrowsAndLeavesNoTemporaryFolder()
    {
        Directory.CreateDirectory(_files.At("out", "one.txt"));

        Assert.That(
            () => OutputFolder.Write(_files.At("out"), folder => File.WriteAllText(Path.Combine(folder, "one.txt"), "1")),
            Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());

        Assert.That(_files.Entries, Is.EqualTo((string[])["out", "out/one.txt"]));
    }

    [Test]
    public void Write_BlankFolderOrNoWriter_Throws()
    {
        Assert.That(() => OutputFolder.Write(" ", _ => { }), Throws.ArgumentException);
        Assert.That(() => OutputFolder.Write(null!, _ => { }), Throws.ArgumentNullException);
        Assert.That(() => OutputFolder.Write("out", null!), Throws.ArgumentNullException);
    }
}
