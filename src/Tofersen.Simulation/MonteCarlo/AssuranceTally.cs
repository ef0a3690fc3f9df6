using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>What is counted and summed over replicates whose assumptions are drawn: successes of each analysis, by parts of each prior.</summary>
/// <remarks>Counts and exact sums, as in <see cref="ReplicateTally"/>.</remarks>
internal sealed class AssuranceTally
{
    internal AssuranceTally(ValueList<IAnalysis> analyses, PriorParts[] parts)
    {
        Priors = [.. parts.Select(p => new PriorTally(p.Count))];
        Analyses = [.. analyses.Select(a => new SuccessTally(a.Alpha, parts))];
    }

    internal PriorTally[] Priors { get; }

    internal SuccessTally[] Analyses { get; }

    internal void Visit(ITallyVisitor visitor)
    {
        foreach (PriorTally prior in Priors)
        {
            prior.Visit(visitor);
        }

        foreach (SuccessTally analysis in Analyses)
        {
            analysis.Visit(visitor);
        }
    }

    internal void Merge(AssuranceTally other)
    {
        for (int p = 0; p < Priors.Length; p++)
        {
            Priors[p].Merge(other.Priors[p]);
        }

        for (int a = 0; a < Analyses.Length; a++)
        {
            Analyses[a].Merge(other.Analyses[a]);
        }
    }

    /// <summary>Draws of one prior: how many fell into each part, and their sums.</summary>
    internal sealed class PriorTally(int parts)
    {
        private readonly long[] _counts = new long[parts];
        private readonly ExactSum _sum = new();
        private readonly ExactSum _squares = new();

        internal ReadOnlySpan<long> Counts => _counts;

        internal SampleSummary Drawn => SampleSummary.FromSums(_counts.Sum(), _sum.ToDouble(), _squares.ToDouble());

        internal void Add(int part, double value)
        {
            _counts[part]++;
            _sum.Add(value);
            _squares.Add(value * value);
        }

        internal void Merge(PriorTally other)
        {
            for (int i = 0; i < _counts.Length; i++)
            {
                _counts[i] += other._counts[i];
            }

            _sum.Add(other._sum);
            _squares.Add(other._squares);
        }

        internal void Visit(ITallyVisitor visitor)
        {
            visitor.Visit(_counts);
            visitor.Visit(_sum);
            visitor.Visit(_squares);
        }
    }

    /// <summary>Results of one analysis, and the draws under which it succeeded.</summary>
    internal sealed class SuccessTally(double alpha, PriorParts[] parts)
    {
        private int _successes;
        private int _against;

        internal int Successes => _successes;

        internal int Against => _against;

        /// <summary>Counts and sums of the results, whatever their direction; the true value differs between replicates and is left out.</summary>
        internal AnalysisTally Results { get; } = new(alpha, double.NaN);

        /// <summary>Draws of each prior in the replicates with success.</summary>
        internal PriorTally[] GivenSuccess { get; } = [.. parts.Select(p => new PriorTally(p.Count))];

        /// <summary>Counts a result and tells whether the analysis rejects in favour of treatment.</summary>
        internal bool Add(in AnalysisResult result)
        {
            bool rejects = Results.Add(result);
            bool succeeds = rejects && result.Statistic > 0;
            _successes += succeeds ? 1 : 0;
            _against += rejects && result.Statistic < 0 ? 1 : 0;
            return succeeds;
        }

        internal void Merge(SuccessTally other)
        {
            _successes += other._successes;
            _against += other._against;
            Results.Merge(other.Results);
            for (int p = 0; p < GivenSuccess.Length; p++)
            {
                GivenSuccess[p].Merge(other.GivenSuccess[p]);
            }
        }

        internal void Visit(ITallyVisitor visitor)
        {
            visitor.Visit(ref _successes);
            visitor.Visit(ref _against);
            Results.Visit(visitor);
            foreach (PriorTally prior in GivenSuccess)
            {
                prior.Visit(visitor);
            }
        }
    }
}
