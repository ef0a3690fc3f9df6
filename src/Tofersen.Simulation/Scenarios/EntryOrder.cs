namespace Tofersen.Simulation.Scenarios;

/// <summary>The participants of a trial in the order in which they enter.</summary>
internal sealed class EntryOrder(int participants)
{
    private readonly double[] _entry = new double[participants];
    private readonly int[] _order = [.. Enumerable.Range(0, participants)];

    /// <summary>Numbers of the participants, who enters first first; those who enter at one moment in the order of their numbers, which
    /// is the order until <see cref="Fill"/> is called.</summary>
    internal ReadOnlySpan<int> Numbers => _order;

    /// <summary>Entry of each participant in that order, in months since enrolment opened.</summary>
    internal ReadOnlySpan<double> Months => _entry;

    /// <summary>Orders the participants by their entry.</summary>
    internal void Fill(ReadOnlySpan<double> entryMonths)
    {
        entryMonths.CopyTo(_entry);
        for (int p = 0; p < _order.Length; p++)
        {
            _order[p] = p;
        }

        _entry.AsSpan().Sort(_order.AsSpan());

        // The sort does not keep the order of equals.
        for (int start = 0; start < _entry.Length;)
        {
            int end = start + 1;
            while (end < _entry.Length && _entry[end] == _entry[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                _order.AsSpan(start, end - start).Sort();
            }

            start = end;
        }
    }
}
