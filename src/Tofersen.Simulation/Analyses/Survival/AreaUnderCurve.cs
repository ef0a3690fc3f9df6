namespace Tofersen.Simulation.Analyses.Survival;

/// <summary>Area under a Kaplan–Meier curve up to a horizon and its variance by Greenwood's formula, from the last time to the
/// first.</summary>
/// <remarks>The variance is Σ A² d / (n (n − d)) with A the area from an event time to the horizon.</remarks>
internal struct AreaUnderCurve
{
    private readonly double _horizon;
    private double _later;
    private double _right;

    internal AreaUnderCurve(double horizon) => _horizon = _right = horizon;

    /// <summary>The area, once every time has been added.</summary>
    internal readonly double Mean => _later + _right;

    internal double Variance { get; private set; }

    /// <summary>Adds a time, earlier than those before; those from the horizon on do not count.</summary>
    internal void Add(double time, int atRisk, int events, double survival)
    {
        if (time >= _horizon)
        {
            return;
        }

        _later += survival * (_right - time);
        _right = time;
        double survivors = atRisk - events;
        Variance += survivors > 0 ? _later * _later * events / (atRisk * survivors) : 0;
    }
}
