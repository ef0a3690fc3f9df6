using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Scenarios.Items;

/// <summary>Scores the items of the ALSFRS-R for one participant after another.</summary>
/// <remarks>Of a participant's stream the deviations come first, then for each visit the shared error and those of the items, so that draws depend
/// on neither course nor times.</remarks>
internal sealed class ItemSimulator
{
    // Items lie in two vectors; the last lanes hold no item.
    private const int PaddedItems = 2 * VectorKernels.Lanes;
    private const int Domains = ItemModel.DomainCount;

    private readonly ItemModel _model;
    private readonly ItemCurves _curves;
    private readonly double[] _factor;
    private readonly double[] _deviationSds;
    private readonly double[] _errorSds = new double[PaddedItems];
    private readonly double[] _thresholds = new double[ItemModel.HighestItemScore * PaddedItems];
    private readonly double[] _deviations = new double[Domains];
    private readonly double[] _errors = new double[PaddedItems];
    private readonly double[] _abilities = new double[PaddedItems];
    private readonly double[] _scores = new double[PaddedItems];
    private readonly double[] _visitAbilities;
    private readonly double[] _domainScores;
    private readonly bool[] _everyVisit;
    private readonly int _visits;
    private bool _hasBulbarOnset;

    internal ItemSimulator(ItemModel model, int visits)
    {
        _model = model;
        _curves = ItemCurves.Of(model);
        _factor = model.CorrelationFactor();
        _deviationSds = [.. Enumerable.Range(0, Domains).Select(model.DomainSd)];
        _visits = visits;
        _visitAbilities = new double[visits];
        _domainScores = new double[Domains * visits];
        _everyVisit = [.. Enumerable.Repeat(true, visits)];
        _thresholds.AsSpan().Fill(double.PositiveInfinity);
        for (int i = 0; i < ItemModel.ItemCount; i++)
        {
            _errorSds[i] = 1 / model.Items[i].Discrimination;
            for (int k = 0; k < ItemModel.HighestItemScore; k++)
            {
                _thresholds[(k * PaddedItems) + i] = model.Items[i].Thresholds[k];
            }
        }
    }

    /// <summary>Scores a participant's items at all visits; their sums take the place of the latent totals.</summary>
    /// <param name="key">The replicate's key.</param>
    /// <param name="p">Number of the participant.</param>
    /// <param name="participant">The participant's traits.</param>
    /// <param name="totals">Latent totals at the visits; receives the totals as written down.</param>
    /// <param name="lateVisit">A visit that is scored at another latent total in the data; −1 for none.</param>
    /// <param name="lateLatent">That latent total.</param>
    /// <param name="items">Receives the items at each visit as they are in the data.</param>
    /// <returns>The total of the late visit in the data; NaN where there is none.</returns>
    internal double Score(
        StreamKey key, int p, in Participant participant, Span<double> totals, int lateVisit, double lateLatent, Span<byte> items)
    {
        TrialRandom random = key.Open(p, DrawPurpose.Items);
        DrawDeviations(ref random, participant);
        double late = double.NaN;
        for (int v = 0; v < totals.Length; v++)
        {
            double shared = _model.VisitErrorSd * random.NextNormal();
            DrawErrors(ref random);
            Span<byte> row = items.Slice(v * ItemModel.ItemCount, ItemModel.ItemCount);
            totals[v] = ScoreVisit(v, totals[v], shared, row);
            if (v == lateVisit)
            {
                late = ScoreVisit(v, lateLatent, shared, row);
            }
        }

        return late;
    }

    /// <summary>Writes the domain scores of the participant that was scored last into the endpoints that hold them.</summary>
    internal void Record(TrialData data, LatentTrial latent, int firstEndpoint, int p)
    {
        int row = p * _visits;
        ReadOnlySpan<bool> seen = data.ObservedMatrix.AsSpan(row, _visits);
        TakeAbilities(latent.LatentScores.AsSpan(row, _visits), _visitAbilities);
        for (int d = 0; d < Domains; d++)
        {
            ReadOnlySpan<double> complete = _domainScores.AsSpan(d * _visits, _visits);
            complete.CopyTo(latent.CompleteEndpoints[firstEndpoint + d].AsSpan(row));
            data.OnEndpoint(firstEndpoint + d).SetObserved(p, complete, seen, _everyVisit);
            ExpectDomain(d, _visitAbilities, latent.LatentEndpoints[firstEndpoint + d].AsSpan(row, _visits));
        }
    }

    /// <summary>Turns a participant's latent totals into the expected scores of a domain, errors averaged out.</summary>
    internal void FillLatent(StreamKey key, int p, in Participant participant, int domain, Span<double> totals)
    {
        TrialRandom random = key.Open(p, DrawPurpose.Items);
        DrawDeviations(ref random, participant);
        TakeAbilities(totals, _visitAbilities);
        ExpectDomain(domain, _visitAbilities, totals);
    }

    private void TakeAbilities(ReadOnlySpan<double> totals, Span<double> abilities)
    {
        for (int v = 0; v < totals.Length; v++)
        {
            abilities[v] = _curves.Ability(totals[v], _hasBulbarOnset);
        }
    }

    private void ExpectDomain(int domain, ReadOnlySpan<double> abilities, Span<double> scores)
    {
        for (int v = 0; v < scores.Length; v++)
        {
            scores[v] = _curves.DomainScore(domain, abilities[v] + _deviations[domain]);
        }
    }

    // The shift of bulbar onset is among the deviations from here on.
    private void DrawDeviations(ref TrialRandom random, in Participant participant)
    {
        _hasBulbarOnset = participant.HasBulbarOnset;
        Span<double> normals = stackalloc double[Domains];
        for (int d = 0; d < Domains; d++)
        {
            normals[d] = random.NextNormal();
            double score = 0;
            for (int k = 0; k <= d; k++)
            {
                score += _factor[(d * Domains) + k] * normals[k];
            }

            _deviations[d] = _model.Shift(d, _hasBulbarOnset) + (_deviationSds[d] * score);
        }
    }

    private void DrawErrors(ref TrialRandom random)
    {
        // Through a copy, so that the generator can stay in registers.
        TrialRandom own = random;
        Span<double> errors = _errors.AsSpan(0, ItemModel.ItemCount);
        for (int i = 0; i < errors.Length; i++)
        {
            errors[i] = own.NextNormal();
        }

        random = own;
    }

    private double ScoreVisit(int visit, double latentTotal, double sharedError, Span<byte> items)
    {
        double ability = _curves.Ability(latentTotal, _hasBulbarOnset) + sharedError;
        Span<double> abilities = _abilities;
        for (int d = 0; d < Domains; d++)
        {
            abilities.Slice(d * ItemModel.ItemsPerDomain, ItemModel.ItemsPerDomain).Fill(ability + _deviations[d]);
        }

        for (int i = 0; i < PaddedItems; i += VectorKernels.Lanes)
        {
            Vector512<double> value = VectorKernels.Load(_abilities, i)
                + (VectorKernels.Load(_errorSds, i) * VectorKernels.Load(_errors, i));
            Vector512<double> score = Vector512<double>.Zero;
            for (int k = 0; k < ItemModel.HighestItemScore; k++)
            {
                Vector512<double> isAbove = Vector512.GreaterThan(value, VectorKernels.Load(_thresholds, (k * PaddedItems) + i));
                score += isAbove & Vector512<double>.One;
            }

            VectorKernels.Store(score, _scores, i);
        }

        double total = 0;
        for (int d = 0; d < Domains; d++)
        {
            double sum = 0;
            for (int i = d * ItemModel.ItemsPerDomain; i < (d + 1) * ItemModel.ItemsPerDomain; i++)
            {
                items[i] = (byte)_scores[i];
                sum += _scores[i];
            }

            _domainScores[(d * _visits) + visit] = sum;
            total += sum;
        }

        return total;
    }
}
