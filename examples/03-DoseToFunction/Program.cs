// From dose to function, link by link: what each dose does to SOD1, neurofilament light and the rate of decline of a typical participant.

using System.CommandLine;
using System.Globalization;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Examples;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

Option<int> weeks = ExampleCommand.WholeNumber("--weeks", "Weeks to follow.", 76, 28, 520);
Option<string> folder = ExampleCommand.Folder("chain-results", "Folder for the CSV file.");
var root = new RootCommand("Drug, SOD1, neurofilament light, rate of decline and ALSFRS-R of a typical fast participant, week by week.") { weeks, folder };
root.SetAction(parsed => Run(parsed.GetValue(weeks), parsed.GetRequiredValue(folder)));
return ExampleCommand.Run(root, args);

static void Run(int weeks, string folder)
{
    var effect = (DoseToFunction)ValorOpenLabelExtension.ThroughChain.Scenario.Effect;
    double stop = StudyTime.MonthsFromWeeks(28);
    (string Name, ExposureInterval[] Exposure)[] treatments =
    [
        ("placebo", []),
        .. ((double[])[20, 40, 60, 100]).Select(mg => (FormattableString.Invariant($"{mg} mg"), new ExposureInterval[] { new(0, double.PositiveInfinity, mg) })),
        ("100 mg to week 28", [new(0, stop, 100)]),
    ];
    Course[] courses = [.. treatments.Select(t => new Course(t.Name, effect.Course(t.Exposure, weeks)))];

    Console.WriteLine($"""
        From dose to function: a typical participant of the fast stratum, {weeks} weeks
        Simulated data: no evidence about a medicine. No chance is involved, so there is no Monte Carlo error.

        Loading doses in days 1, 15 and 29, then one every 28 days. Amounts of drug in mg, just after the dose; SOD1 and neurofilament light (NfL) over
        what they would be without treatment; the rate over the natural one.

        """);
    foreach (int week in (int[])[8, 28, 52, 76])
    {
        if (week <= weeks)
        {
            Console.WriteLine($"Week {week}\n");
            Console.WriteLine(Table(courses, week));
        }
    }

    Console.WriteLine("""
        Reading it. SOD1 has fallen by week 8, neurofilament by week 16, and the rate follows weeks later: at week 28 it is slow, but only
        a few points have been saved. Who stops keeps the points that were saved and returns to the untreated rate as the drug leaves.
        """);
    OutputFolder.Write(folder, path => File.WriteAllLines(Path.Combine(path, "chain.csv"), Lines(courses)));
    Console.WriteLine($"\nEvery week is in {Path.Combine(folder, "chain.csv")}.");
}

static TextTable Table(Course[] courses, int week)
{
    var table = new TextTable("treatment", "fluid", "tissue", "SOD1", "NfL", "rate", "ALSFRS-R");
    foreach (Course course in courses)
    {
        ChainCourse chain = course.Chain;
        table.Row(
            course.Name,
            TextTable.Number(chain.CsfAmountMg[week], 0),
            TextTable.Number(chain.TissueAmountMg[week], 0),
            TextTable.Number(chain.Sod1Ratio[week], 2),
            TextTable.Number(chain.NeurofilamentRatio[week], 2),
            TextTable.Number(chain.RateMultiplier[week], 2),
            TextTable.Number(course.Scores[week], 1));
    }

    return table;
}

static IEnumerable<string> Lines(Course[] courses)
{
    yield return "treatment,week,csf_mg,tissue_mg,sod1_ratio,nfl_ratio,rate_multiplier,disease_months,alsfrsr";
    foreach (Course course in courses)
    {
        ChainCourse chain = course.Chain;
        for (int i = 0; i < chain.Weeks.Count; i++)
        {
            double[] values =
            [
                chain.Weeks[i], chain.CsfAmountMg[i], chain.TissueAmountMg[i], chain.Sod1Ratio[i], chain.NeurofilamentRatio[i], chain.RateMultiplier[i],
                chain.DiseaseMonths[i], course.Scores[i],
            ];
            yield return $"{course.Name},{string.Join(',', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}";
        }
    }
}

/// <summary>A treatment's course, and the latent ALSFRS-R of a participant with the fast stratum's mean score and mean rate.</summary>
internal sealed class Course
{
    internal Course(string name, ChainCourse chain)
    {
        Name = name;
        Chain = chain;
        Stratum fast = ((PopulationModel)ValorOpenLabelExtension.ThroughChain.Scenario.Population).Strata[0];
        var participant = new Participant
        {
            Stratum = 0,
            BaselineScore = fast.BaselineScoreMean,
            DeclinePerMonth = fast.DeclineRate.MeanPerMonth,
            ResidualSd = 0,
            EventHazardMultiplier = 1,
        };
        Scores = new double[chain.Weeks.Count];
        TrialRandom none = TrialRandom.Open(0, 0, 0, DrawPurpose.Trajectory);
        new AttenuatedDecline().Fill(
            participant,
            new TrajectoryTimes([.. chain.Weeks.Select(StudyTime.MonthsFromWeeks)], [.. chain.DiseaseMonths]),
            ref none,
            Scores);
    }

    internal string Name { get; }

    internal ChainCourse Chain { get; }

    internal double[] Scores { get; }
}
