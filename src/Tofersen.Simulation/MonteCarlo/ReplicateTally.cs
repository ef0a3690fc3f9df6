using Tofersen.Simulation.MonteCarlo.Sequential;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Everything that is counted and summed over replicates.</summary>
/// <remarks>Counts and exact sums: the tally of a set of replicates does not depend on how it was split, or on the order in which the parts
/// come together.</remarks>
internal sealed class ReplicateTally
{
    private readonly bool[] _rejects;

    internal ReplicateTally(Scenario scenario, TrueValue[] truths, RunOptions options, TrialLayout layout)
    {
        Analyses = [.. scenario.Analyses.Select((a, i) => new AnalysisTally(a.Alpha, truths[i].Value))];
        _rejects = new bool[Analyses.Length];
        Joint = new JointRejections(Analyses.Length);
        Courses = options.CollectCourses ? new CourseTally(layout) : null;
        Sequential = scenario.Sequential is { } plan
            ? new SequentialTally(
                SequentialResult.TrueValues(scenario, plan, truths), plan.Reestimation?.MinimumParticipants ?? 0, scenario.Design.Participants)
            : null;
        Layout = layout;
    }

    /// <summary>Shape of the data, with the endpoints that are simulated.</summary>
    internal TrialLayout Layout { get; }

    internal AnalysisTally[] Analyses { get; }

    internal JointRejections Joint { get; }

    internal CourseTally? Courses { get; }

    internal SequentialTally? Sequential { get; }

    /// <summary>Whether each analysis rejects in the present replicate; to be set before <see cref="EndReplicate"/>.</summary>
    internal Span<bool> Rejects => _rejects;

    /// <summary>In how many replicates each test rejects: the analyses, and the trial with its looks where there are some.</summary>
    internal long[] Rejections => [.. Analyses.Select(a => (long)a.Rejected), .. Sequential is null ? [] : (long[])[Sequential.Rejected]];

    /// <summary>In how many of its replicates a test rejects; numbered as in <see cref="Rejections"/>. May be called while another thread counts: there
    /// are never more rejections than replicates.</summary>
    internal (long Rejected, long Replicates) Test(int test)
    {
        long rejected = test < Analyses.Length ? Analyses[test].Rejected : Sequential!.Rejected;
        long replicates = Analyses[test < Analyses.Length ? test : 0].Planned;
        return (Math.Min(rejected, replicates), replicates);
    }

    /// <summary>Counts what only the whole replicate tells.</summary>
    internal void EndReplicate(TrialData data, LatentTrial latent)
    {
        Joint.Add(_rejects);
        Courses?.Add(data, latent);
    }

    internal void Visit(ITallyVisitor visitor)
    {
        foreach (AnalysisTally analysis in Analyses)
        {
            analysis.Visit(visitor);
        }

        Joint.Visit(visitor);
        Courses?.Visit(visitor);
        Sequential?.Visit(visitor);
    }

    internal void Merge(ReplicateTally other)
    {
        for (int a = 0; a < Analyses.Length; a++)
        {
            Analyses[a].Merge(other.Analyses[a]);
        }

        Joint.Merge(other.Joint);
        Courses?.Merge(other.Courses!);
        Sequential?.Merge(other.Sequential!);
    }
}
