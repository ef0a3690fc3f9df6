using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Assurance by simulation: every replicate is a trial under assumptions of its own, drawn from what is believed about them.</summary>
/// <remarks>
/// <para>Assurance is the probability of success averaged over the prior (O'Hagan, Stevens and Campbell 2005, doi 10.1002/pst.175). Success is rejection
/// in favour of treatment; <see cref="Assurance"/> has the closed form for a normal estimate.</para>
/// <para>Each prior is drawn by inversion from one uniform number of a stream of its own, keyed by seed, replicate and the prior's name, so that
/// priors do not move each other, nor the participants: replicate k has those of replicate k of a power analysis with the same seed, as far as the
/// drawn assumptions agree with the scenario's. Seed, scenario, priors and library version fix every number, whatever the threads and blocks.</para>
/// <para>Making a replicate's scenario and its simulator allocates memory, unlike a replicate of <see cref="PowerAnalysis"/>.</para>
/// </remarks>
public static class AssuranceAnalysis
{
    /// <summary>Simulates and analyses replicates under drawn assumptions, and once more with every prior at its median.</summary>
    /// <param name="scenario">The scenario, with its analyses; priors replace some of its numbers.</param>
    /// <param name="prior">What is believed.</param>
    /// <param name="options">Replicates, seed, threads; courses and true values are not collected.</param>
    /// <param name="progress">Told from time to time how far both runs together have come; called from the run's threads.</param>
    /// <param name="cancellation">Ends the run early; takes effect within one replicate.</param>
    /// <returns>The assurance of each analysis, and how it depends on each prior.</returns>
    /// <exception cref="ArgumentException">The scenario has no analyses or does not fit together, or the priors do not fit it or each other; or a
    /// precision was asked for, since an assurance runs a fixed number of replicates.</exception>
    /// <exception cref="ReplicateException">The scenario does not accept a value that was drawn, or a model or analysis threw; the message names the
    /// replicate and, where a value is at fault, its path.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static AssuranceResult Run(
        Scenario scenario,
        JointPrior prior,
        RunOptions? options = null,
        IProgress<RunProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(prior);
        options ??= new RunOptions();
        if (options.Precision is not null)
        {
            throw new ArgumentException("An assurance runs a fixed number of replicates; leave the precision out.", nameof(options));
        }

        if (scenario.Analyses.Count == 0)
        {
            throw new ArgumentException($"Scenario '{scenario.Name}' has no analyses; an assurance needs at least one.", nameof(scenario));
        }

        _ = prior.ValidatedFactor();
        Scenario complete = PowerAnalysis.Complete(scenario);
        var scenarios = new PriorScenarios(complete, prior.Priors);
        var parts = new PartsProgress(progress, 2);
        AssuranceTally drawn = Tally(scenarios, prior, options, parts.Next("assumptions drawn"), cancellation);
        AssuranceTally medians = Tally(scenarios, prior: null, options, parts.Next("assumptions at their medians"), cancellation);
        return new AssuranceResult
        {
            Scenario = complete,
            Prior = prior,
            Medians = [.. scenarios.Medians],
            Seed = options.Seed,
            Replicates = options.Replicates,
            Analyses = [.. complete.Analyses.Select((a, i) => Summarise(a.Name, a.Alpha, prior, drawn, i, medians.Analyses[i].Successes))],
        };
    }

    private static AssuranceTally Tally(
        PriorScenarios scenarios, JointPrior? prior, RunOptions options, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        int blocks = ((options.Replicates - 1) / options.BlockSize) + 1;
        var runner = new BlockRunner<AssuranceWorker>(
            Math.Min(BlockRunner.Threads(options.Parallelism), blocks), () => new AssuranceWorker(scenarios, prior, options.Seed));
        var reporter = new ThrottledProgress(progress, () => Running(scenarios.AtMedians.Analyses, runner.Workers)) { Planned = options.Replicates };
        runner.RunRange(0, options.Replicates, options.BlockSize, reporter.Report, cancellation);
        return runner.Total().Tally;
    }

    // Read while other threads count; see PowerAnalysis.Running.
    private static ValueList<RunningPower> Running(ValueList<IAnalysis> analyses, IEnumerable<AssuranceWorker> workers)
    {
        AssuranceTally[] tallies = [.. workers.Select(w => w.Tally)];
        return
        [
            .. analyses.Select((analysis, i) =>
            {
                long successes = tallies.Sum(t => (long)t.Analyses[i].Successes);
                long replicates = tallies.Sum(t => (long)t.Analyses[i].Results.Planned);
                return new RunningPower(analysis.Name, Math.Min(successes, replicates), replicates);
            }),
        ];
    }

    private static AnalysisAssurance Summarise(
        string name, double alpha, JointPrior prior, AssuranceTally drawn, int analysis, int successesAtMedians)
    {
        AssuranceTally.SuccessTally tally = drawn.Analyses[analysis];
        int replicates = tally.Results.Planned;
        return new AnalysisAssurance
        {
            Name = name,
            Alpha = alpha,
            Success = new SimulatedProbability(tally.Successes, replicates),
            Against = new SimulatedProbability(tally.Against, replicates),
            SuccessAtMedians = new SimulatedProbability(successesAtMedians, replicates),
            Analysed = tally.Results.Usable,
            NotConverged = tally.Results.NotConverged,
            Priors = [.. prior.Priors.Select((p, i) => Contribution(p, prior.Parts, drawn.Priors[i], tally.GivenSuccess[i], replicates))],
        };
    }

    private static PriorContribution Contribution(
        Prior prior, int parts, AssuranceTally.PriorTally drawn, AssuranceTally.PriorTally given, int replicates)
    {
        var division = new PriorParts(prior, parts);
        var results = new PriorPart[division.Count];
        for (int i = 0; i < results.Length; i++)
        {
            (double lower, double upper) = division.Limits(i);
            results[i] = new PriorPart(lower, upper, drawn.Counts[i], given.Counts[i], replicates);
        }

        return new PriorContribution
        {
            Prior = prior.Name,
            Parts = ValueList.Create<PriorPart>(results),
            Drawn = drawn.Drawn,
            GivenSuccess = given.Drawn,
        };
    }
}
