using Tofersen.Simulation.Analyses.Tables;

namespace Tofersen.Simulation.Tests.Analyses.Tables;

public sealed class NaturalOrderTests
{
    [TestCase("Week 4", "Week 12", "Week 100")]
    [TestCase("Month 0.25", "Month 0.5", "Month 1.25", "Month 1.5", "Month 2")]
    [TestCase("Day -14", "Day -7", "Day 0", "Day 1", "Day 10")]
    [TestCase("-2.5", "-2.25", "-1", "0", "0.1", "3")]
    [TestCase("A-2", "A-10")]
    [TestCase("1.2.3", "1.2.10", "1.10.1")]
    [TestCase("7", "7.0", "7.00", "007.1")]
    [TestCase("Baseline", "Week 1", "Week 1b", "Week 2")]
    [TestCase("Week 123456789012345678901", "Week 123456789012345678902")]
    public void Order_TextsWithNumbers_IsThatOfTheNumbers(params string[] expected)
    {
        string[] turned = [.. expected.Reverse()];
        Assert.That(turned.Order(NaturalOrder.Instance), Is.EqualTo(expected));
    }

    // Signs, digits, points, spaces and letters in every arrangement of up to four: the order is one, whatever it begins from.
    [Test]
    public void Compare_AllShortTexts_IsAnOrder()
    {
        string[] letters = ["-", "\u2212", "0", "1", "2", ".", " ", "x", "/"];
        string[] texts = [.. letters, .. letters.SelectMany(a => letters.SelectMany(b => letters.Select(c => a + b + c)))];
        string[] sorted = [.. texts.Order(NaturalOrder.Instance)];
        var random = new Random(11);
        for (int i = 0; i < sorted.Length; i++)
        {
            for (int j = i + 1; j < sorted.Length; j++)
            {
                if (NaturalOrder.Instance.Compare(sorted[i], sorted[j]) >= 0 || NaturalOrder.Instance.Compare(sorted[j], sorted[i]) <= 0)
                {
                    Assert.Fail($"'{sorted[i]}' is not before '{sorted[j]}'.");
                }
            }
        }

        random.Shuffle(texts);
        Assert.That(texts.Order(NaturalOrder.Instance), Is.EqualTo(sorted));
    }
}
