using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Tests.Common;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["USUBJID", "AVISIT", "AVISITN", "AVAL", "BASE", "CHG"];

    // Distances counted by hand: a swap, a letter too many, too few, a wrong one, another case.
    [TestCase("USUBIJD", "USUBJID")]
    [TestCase("USUBJJID", "USUBJID")]
    [TestCase("AVISTN", "AVISITN")]
    [TestCase("BISE", "BASE")]
    [TestCase("chg", "CHG")]
    [TestCase("CGH", "CHG")]
    [TestCase("AVISIT", "AVISIT")]
    public void Find_OneSlip_IsTheNameMeant(string given, string meant) => Assert.That(NearestName.Find(given, Known), Is.EqualTo(meant));

    [TestCase("SEX")]
    [TestCase("")]
    [TestCase("DEATHTIME")]
    public void Find_NothingNear_IsNull(string given) => Assert.That(NearestName.Find(given, Known), Is.Null);

    // Two slips in six letters are a third, two in five more.
    [TestCase("abcdxy", "abcdef", true)]
    [TestCase("abcxy", "abcde", false)]
    public void Find_AThirdWrong_IsStillNear(string given, string name, bool isNear) =>
        Assert.That(NearestName.Find(given, [name]), Is.EqualTo(isNear ? name : null));

    [Test]
    public void Find_TwoAsNear_IsTheFirst() => Assert.That(NearestName.Find("week3", ["week2", "week1"]), Is.EqualTo("week2"));

    [Test]
    public void Hint_NothingNear_IsEmpty() =>
        Assert.That((NearestName.Hint("BSAE", Known), NearestName.Hint("SEX", Known)), Is.EqualTo((" Did you mean 'BASE'?", "")));
}
