using Tofersen.Simulation.Tests.Conventions.Validation;

namespace Tofersen.Simulation.Tests.Conventions;

/// <summary>VALIDATION.md says what the analyses do today, and every number in it agrees.</summary>
[Category("Reference")]
public sealed class ValidationPageTests
{
    private const string Update = "TOFERSEN_UPDATE_VALIDATION";

    private static readonly Lazy<ValidationSection[]> Sections = new(() =>
    [
        AncovaValidation.Section(),
        ImputationValidation.Section(),
        MmrmValidation.Section(),
        RandomSlopeValidation.Section(),
        DelayedStartValidation.Section(),
        SlopeValidation.Section(),
        JointRankValidation.Section(),
        ProportionValidation.Section(),
        LogRankValidation.Section(),
        SurvivalCurveValidation.Section(),
        CoxValidation.Section(),
        RankPreservingValidation.Section(),
        TableValidation.Section(),
    ]);

    private static readonly Lazy<PublishedValue[]> Published = new(() => [.. PublishedValues.All()]);

    [Test]
    public void Page_EqualsItsFile()
    {
        string file = Path.Combine(SourceTree.Root, "src", "Tofersen.Simulation", "VALIDATION.md");
        string[] actual = [.. ValidationPage.Text(Sections.Value, Published.Value)];
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(file, string.Concat(actual.Select(l => l + "\n")));
            Assert.Inconclusive("VALIDATION.md was written anew; look at the difference and commit it.");
        }

        string[] expected = File.Exists(file) ? File.ReadAllLines(file) : [];
        string difference = string.Join(
            "\n", expected.Except(actual).Select(l => "- " + l).Concat(actual.Except(expected).Select(l => "+ " + l)));
        Assert.That(
            expected.Length == actual.Length && expected.Zip(actual).All(lines => IsAlike(lines.First, lines.Second)),
            "VALIDATION.md is not what the reference data give. If that is meant, run the tests once with the environment variable "
            + $"{Update}=1 and commit the file.\n{difference}");
    }

    [Test]
    public void Comparisons_AreWithinTheStatedTolerances()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (ValidationSection section in Sections.Value)
            {
                foreach (IGrouping<Agreement, Comparison> kind in section.Comparisons.GroupBy(c => c.Agreement))
                {
                    Comparison worst = kind.MaxBy(c => c.Difference);
                    TestContext.Out.WriteLine(FormattableString.Invariant(
                        $"{section.Title}, {kind.Key.Kind}: {kind.Count()}, {worst.Difference:E2} in {worst.DataSet} {worst.Quantity}"));
                    Assert.That(worst.Difference, Is.AtMost(kind.Key.Tolerance), $"{section.Title}: {worst}");
                }
            }
        }
    }

    [Test]
    public void Published_AgreeToTheLastDigitPrinted() => Assert.That(Published.Value.Where(v => !v.Agrees), Is.Empty);

    private static bool IsAlike(string expected, string actual)
    {
        string[] before = expected.Split(" | ");
        string[] after = actual.Split(" | ");
        return before.Length == after.Length
            && before.Zip(after).All(cells => ValidationText.IsAlike(cells.First.TrimEnd(' ', '|'), cells.Second.TrimEnd(' ', '|')));
    }
}
