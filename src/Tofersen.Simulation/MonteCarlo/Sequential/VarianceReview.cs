using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios.Sequential;

namespace Tofersen.Simulation.MonteCarlo.Sequential;

/// <summary>Sets a new number of participants by a <see cref="BlindedReestimation"/>. Sees no arms.</summary>
internal sealed class VarianceReview
{
    private readonly BlindedReestimation _plan;
    private readonly int _visit;
    private readonly int _endpoint;
    private readonly int _most;
    private readonly double _activeShare;
    private readonly double _participantsPerVariance;
    private readonly double[] _changes;
    private readonly byte[] _groups;
    private readonly double[] _sums;
    private readonly int[] _counts;

    internal VarianceReview(BlindedReestimation plan, TrialDesign design, TrialLayout layout)
    {
        _plan = plan;
        _visit = layout.VisitAt(plan.Week);
        _endpoint = plan.Endpoint is { } endpoint ? layout.EndpointAt(endpoint) : -1;
        _most = design.Participants;
        AllocationRatio allocation = design.Allocation;
        _activeShare = allocation.Active / (double)(allocation.Active + allocation.Control);
        double z = NormalTail.Quantile(plan.Alpha) + NormalTail.Quantile(1 - plan.Power);

        // (1 + r)²/r is one over the product of the arms' shares.
        _participantsPerVariance = z * z / (_activeShare * (1 - _activeShare) * plan.Difference * plan.Difference * (1 - plan.MissingShare));
        _changes = new double[layout.Participants];
        _groups = new byte[layout.Participants];
        _sums = new double[plan.PoolsWithinStrata ? layout.StratumNames.Count : 1];
        _counts = new int[_sums.Length];
    }

    /// <summary>Pooled standard deviation that was found last; NaN where the data gave none.</summary>
    internal double Sd { get; private set; }

    /// <summary>The number of participants that the data ask for, between the minimum and the design's number; the planned one where they give no
    /// variance.</summary>
    /// <param name="data">The data as they stand.</param>
    internal int Participants(TrialData data)
    {
        Sd = Math.Sqrt(Variance(data));
        if (double.IsNaN(Sd))
        {
            return _plan.PlannedParticipants;
        }

        double asked = Math.Ceiling(_participantsPerVariance * Sd * Sd);
        return (int)Math.Clamp(asked, _plan.MinimumParticipants, _most);
    }

    private double Variance(TrialData data)
    {
        int n = Collect(_endpoint < 0 ? data : data.OnEndpoint(_endpoint));
        int groups = 0;
        foreach (int count in _counts)
        {
            groups += count > 0 ? 1 : 0;
        }

        if (n <= groups)
        {
            return double.NaN;
        }

        double squares = 0;
        for (int i = 0; i < n; i++)
        {
            double deviation = _changes[i] - (_sums[_groups[i]] / _counts[_groups[i]]);
            squares += deviation * deviation;
        }

        // Within a group of n the planned difference adds n · share · (1 − share) · Δ² to the sum of squares.
        double planned = _plan.AdjustsForDifference ? n * _activeShare * (1 - _activeShare) * _plan.Difference * _plan.Difference : 0;
        return Math.Max(0, squares - planned) / (n - groups);
    }

    private int Collect(TrialData data)
    {
        Array.Clear(_sums);
        Array.Clear(_counts);
        int n = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            int row = p * data.Visits;
            if (!data.ObservedMatrix[row] || !data.ObservedMatrix[row + _visit])
            {
                continue;
            }

            byte group = _plan.PoolsWithinStrata ? data.StratumColumn[p] : (byte)0;
            _changes[n] = data.ScoreMatrix[row + _visit] - data.ScoreMatrix[row];
            _groups[n] = group;
            _sums[group] += _changes[n++];
            _counts[group]++;
        }

        return n;
    }
}
