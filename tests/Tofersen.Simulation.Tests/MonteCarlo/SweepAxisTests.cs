using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo;

public sealed class SweepAxisTests
{
    [TestCase("0.2:0.6:0.1", "0.2 0.3 0.4 0.5 0.6")]
    [TestCase("0.2:0.65:0.1", "0.2 0.3 0.4 0.5 0.6")]
    [TestCase("0:1:0.1", "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1")]
    [TestCase("0.6:0.2:-0.2", "0.6 0.4 0.2")]
    [TestCase("-0.3:0.3:0.3", "-0.3 0 0.3")]
    [TestCase("60:200:70", "60 130 200")]
    [TestCase("1:1:5", "1")]
    [TestCase("1:2:5", "1")]
    [TestCase(" 1 : 2 : 0.5 ", "1 1.5 2")]
    [TestCase("1e-3:3e-3:1e-3", "0.001 0.002 0.003")]
    [TestCase("-1e28:1e28:1e28", "-1e28 0 1e28")]
    [TestCase("+1:.5:-.25", "1 0.75 0.5")]
    [TestCase("60,108,200", "60 108 200")]
    [TestCase("60, 0.1:0.3:0.1", "60 0.1 0.2 0.3")]
    [TestCase(".5,+2,1e2", "0.5 2 100")]
    [TestCase("[1,2.5]", "1 2.5")]
    public void Parse_Numbers_AreTheNearestDoubles(string values, string expected) =>
        Assert.That(
            SweepAxis.Parse("x=" + values).Values.Select(v => v.Number),
            Is.EqualTo(expected.Split(' ').Select(text => (double?)double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))));

    [TestCase("mar,mcar", "\"mar\" \"mcar\"")]
    [TestCase("true,false", "true false")]
    [TestCase("null", "null")]
    [TestCase("\"28\"", "\"28\"")]
    [TestCase("[\"a,b\",\"c:d\"]", "\"a,b\" \"c:d\"")]
    [TestCase("\"a\",\"b\"", "\"a\" \"b\"")]
    [TestCase("[[0,4],[0,8]]", "[0,4] [0,8]")]
    [TestCase("[[0,4]]", "[0,4]")]
    [TestCase("{\"type\":\"none\"}", "{\"type\":\"none\"}")]
    public void Parse_OtherValues_AreJson(string values, string expected) =>
        Assert.That(string.Join(' ', SweepAxis.Parse("x=" + values).Values.Select(v => v.Json)), Is.EqualTo(expected));

    [Test]
    public void Parse_SeveralPaths_MoveTogether()
    {
        SweepAxis axis = SweepAxis.Parse(" a.b + c[0].d =1,2");

        Assert.That(axis.Paths, Is.EqualTo((string[])["a.b", "c[0].d"]));
        Assert.That(axis.Name, Is.EqualTo("a.b+c[0].d"));
    }

    // Every step of a thousand is the double nearest to its decimal number.
    [Test]
    public void Parse_LongRange_NeverDrifts()
    {
        SweepAxis axis = SweepAxis.Parse("x=0.001:1:0.001");

        Assert.That(axis.Values, Has.Count.EqualTo(1000));
        for (int i = 0; i < 1000; i++)
        {
            Assert.That(axis.Values[i].Number, Is.EqualTo((i + 1) / 1000.0));
        }
    }

    [TestCase("", "path=values")]
    [TestCase("=1", "path=values")]
    [TestCase("0.2:0.4:0.1", "path=values")]
    [TestCase("x=", "there are no values")]
    [TestCase("x= ", "there are no values")]
    [TestCase("x=[]", "there are no values")]
    [TestCase("x=1,,2", "empty entry")]
    [TestCase("x=1,", "empty entry")]
    [TestCase("x=1:2", "from:to:step")]
    [TestCase("x=1:2:3:4", "from:to:step")]
    [TestCase("x=a:b", "[\"a:b\"]")]
    [TestCase("x=1:2:0", "step of '1:2:0' is 0")]
    [TestCase("x=1:2:-1", "turn its sign")]
    [TestCase("x=2:1:0.1", "turn its sign")]
    [TestCase("x=1:b:1", "'b' in '1:b:1' is no number")]
    [TestCase("x=1:2:", "'' in '1:2:' is no number")]
    [TestCase("x=NaN:2:1", "'NaN'")]
    [TestCase("x=0:1e-30:1e-30", "'1e-30'")]
    [TestCase("x=0:1e300:1", "'1e300'")]
    [TestCase("x=0:1:1e-5", "more than 10000 values")]
    [TestCase("x=-1e28:1e28:1e-28", "more than 10000 values")]
    [TestCase("x=0:2e28:1e28", "'2e28'")]
    [TestCase("x=[1,2", "looks like JSON")]
    [TestCase("x=\"a,b", "looks like JSON")]
    public void Parse_NoAxis_SaysWhatIsValid(string text, string message) =>
        Assert.That(() => SweepAxis.Parse(text), Throws.InstanceOf<ArgumentException>().With.Message.Contains(message));

    [Test]
    public void Axis_BadValue_IsRefused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => SweepAxis.Parse(null!), Throws.ArgumentNullException);
            Assert.That(() => SweepAxis.Of("x"), Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("Values"));
            Assert.That(() => SweepAxis.Of(" ", 1), Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("Paths"));
            Assert.That(() => SweepAxis.Parse("a+a=1"), Throws.InstanceOf<ArgumentException>().With.Message.Contains("twice"));
            Assert.That(() => SweepAxis.OfFunction("f", null!, 1), Throws.ArgumentNullException);
            Assert.That(() => SweepAxis.OfFunction("", (s, _) => s, 1), Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("Name"));
            Assert.That(() => SweepAxis.OfFunction("f", (s, _) => s, double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }

    [Test]
    public void PropertyValue_OfAnAxis_ShowsTextsWithoutQuotes() =>
        Assert.That(new SweepSetting("x", PropertyValue.FromText("mar")).ToString(), Is.EqualTo("x = mar"));
}
