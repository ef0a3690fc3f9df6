namespace Tofersen.Simulation.MonteCarlo.Sequential;

/// <summary>What became of one sequential trial; written again for each.</summary>
internal sealed class SequentialOutcome(int looks)
{
    /// <summary>What became of each look, the last one being the end of the trial.</summary>
    internal LookStatus[] Status { get; } = new LookStatus[looks];

    /// <summary>Day of each look that was held or failed, in months since enrolment opened.</summary>
    internal double[] Months { get; } = new double[looks];

    /// <summary>Information fraction of each look that was held; NaN where the plan does not measure it.</summary>
    internal double[] Information { get; } = new double[looks];

    /// <summary>The look at which the trial ended.</summary>
    internal int Last { get; set; }

    /// <summary>Number of participants who had entered by then.</summary>
    internal int Enrolled { get; set; }

    /// <summary>Number of those who had come to the visit that the plan counts by.</summary>
    internal int Reached { get; set; }

    /// <summary>Estimate of the last look; NaN where its analysis failed.</summary>
    internal double Estimate { get; set; }

    /// <summary>What became of the change of the number of participants.</summary>
    internal ReviewStatus Review { get; set; }

    /// <summary>The number of participants that was set.</summary>
    internal int NewParticipants { get; set; }

    /// <summary>Pooled standard deviation that it was set by.</summary>
    internal double PooledSd { get; set; }
}
