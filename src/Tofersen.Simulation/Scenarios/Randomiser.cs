using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Scenarios;

/// <summary>Randomises the participants of a trial: in permuted blocks within strata, or within the cohorts of a dose-ranging
/// design.</summary>
internal sealed class Randomiser
{
    private readonly TrialDesign _design;
    private readonly int _strata;
    private readonly int[] _cohortSizes;
    private readonly byte[] _allocation;
    private readonly byte[] _cohorts;

    internal Randomiser(TrialDesign design, int strata)
    {
        _design = design;
        _strata = strata;
        _cohortSizes = design is DoseRanging ranging ? [.. ranging.CohortSizes] : [];
        _allocation = new byte[design.Participants];
        _cohorts = new byte[_cohortSizes.Length > 0 ? design.Participants : 0];
    }

    /// <summary>Cohort of each participant; empty without cohorts.</summary>
    internal ReadOnlySpan<byte> Cohorts => _cohorts;

    /// <summary>Fills the arm of each participant.</summary>
    /// <param name="key">The replicate's key.</param>
    /// <param name="order">Numbers of the participants in the order in which they are randomised.</param>
    /// <param name="strata">Stratum of each participant.</param>
    /// <param name="arms">Receives the arm of each participant.</param>
    internal void Fill(StreamKey key, ReadOnlySpan<int> order, ReadOnlySpan<byte> strata, Span<byte> arms)
    {
        if (_cohortSizes.Length == 0)
        {
            for (int s = 0; s < _strata; s++)
            {
                FillGroup(key, s, strata.Count((byte)s), order, strata, arms);
            }

            return;
        }

        DrawCohorts(key);
        for (int c = 0; c < _cohortSizes.Length; c++)
        {
            FillGroup(key, c, _cohortSizes[c], order, _cohorts, arms);
        }

        // Arms are control, then one a cohort: the active participants of cohort c are in arm c + 1.
        for (int p = 0; p < arms.Length; p++)
        {
            arms[p] = arms[p] == TrialDesign.ControlArm ? (byte)TrialDesign.ControlArm : (byte)(_cohorts[p] + 1);
        }
    }

    // Participants are numbered stratum by stratum, so that cohorts are dealt out at random.
    private void DrawCohorts(StreamKey key)
    {
        TrialRandom random = key.Open(_cohortSizes.Length, DrawPurpose.Randomisation);
        Span<int> left = stackalloc int[_cohortSizes.Length];
        _cohortSizes.CopyTo(left);
        for (int p = 0; p < _cohorts.Length; p++)
        {
            int draw = random.NextBelow(_cohorts.Length - p);
            int cohort = 0;
            for (; draw >= left[cohort]; cohort++)
            {
                draw -= left[cohort];
            }

            left[cohort]--;
            _cohorts[p] = (byte)cohort;
        }
    }

    private void FillGroup(
        StreamKey key, int group, int size, ReadOnlySpan<int> order, ReadOnlySpan<byte> groups, Span<byte> arms)
    {
        TrialRandom random = key.Open(group, DrawPurpose.Randomisation);
        Span<byte> allocation = _allocation.AsSpan(0, size);
        PermutedBlocks.Fill(_design, ref random, allocation);
        int next = 0;
        for (int i = 0; next < size; i++)
        {
            int p = order[i];
            if (groups[p] == group)
            {
                arms[p] = allocation[next++];
            }
        }
    }
}
