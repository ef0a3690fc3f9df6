using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>The adverse events of one trial: by class the number of episodes of each participant and the month of the first, and every episode.</summary>
/// <remarks>Holds the trial that was simulated last, as <see cref="TrialData"/> does.</remarks>
public sealed class AdverseEventData
{
    private const int StartEpisodesPerParticipant = 8;

    private readonly int[][] _counts;
    private readonly double[][] _firstMonths;
    private readonly int[] _ends;
    private AdverseEvent[] _episodes;

    internal AdverseEventData(TrialLayout layout)
    {
        int n = layout.Participants;
        Participants = n;
        int classes = layout.AdverseEvents.Count;
        _counts = [.. layout.AdverseEvents.Select(_ => new int[n])];
        _firstMonths = [.. layout.AdverseEvents.Select(_ => Enumerable.Repeat(double.NaN, n).ToArray())];
        _ends = new int[classes > 0 ? n : 0];
        _episodes = new AdverseEvent[classes > 0 ? Math.Max(1024, StartEpisodesPerParticipant * n) : 0];
    }

    /// <summary>Number of participants, as the trial's data have it.</summary>
    internal int Participants { get; set; }

    /// <summary>Number of classes.</summary>
    public int Classes => _counts.Length;

    /// <summary>Number of episodes of each participant.</summary>
    /// <param name="index">Position of the class in the layout's adverse events.</param>
    /// <returns>One number a participant.</returns>
    public ReadOnlySpan<int> Counts(int index) => _counts[Checked(index)].AsSpan(0, Participants);

    /// <summary>Month of each participant's first episode; NaN for none.</summary>
    /// <param name="index">Position of the class in the layout's adverse events.</param>
    /// <returns>One month a participant.</returns>
    public ReadOnlySpan<double> FirstMonths(int index) => _firstMonths[Checked(index)].AsSpan(0, Participants);

    /// <summary>A participant's episodes, class by class, within a class in order of time.</summary>
    /// <param name="participant">Number of the participant.</param>
    /// <returns>The episodes.</returns>
    public ReadOnlySpan<AdverseEvent> Episodes(int participant)
    {
        if (Classes == 0)
        {
            return [];
        }

        int start = participant == 0 ? 0 : _ends[participant - 1];
        return _episodes.AsSpan(start, _ends[participant] - start);
    }

    /// <summary>Begins a participant, the one after the last.</summary>
    internal void Begin(int participant)
    {
        _ends[participant] = participant == 0 ? 0 : _ends[participant - 1];
        for (int c = 0; c < _counts.Length; c++)
        {
            _counts[c][participant] = 0;
            _firstMonths[c][participant] = double.NaN;
        }
    }

    /// <summary>Adds an episode of the participant that was begun last.</summary>
    internal void Add(int participant, AdverseEvent episode)
    {
        if (_ends[participant] == _episodes.Length)
        {
            Array.Resize(ref _episodes, 2 * _episodes.Length);
        }

        _episodes[_ends[participant]++] = episode;
        if (_counts[episode.Class][participant]++ == 0)
        {
            _firstMonths[episode.Class][participant] = episode.Months;
        }
    }

    private int Checked(int index) => Require.InRange(index, 0, Classes - 1, nameof(index));
}
