namespace Tofersen.Simulation.Analyses;

/// <summary>What is assumed about active participants after they drop out (Carpenter, Roger and Kenward 2013, doi
/// 10.1080/10543406.2013.834911). The control arm is the reference; it is always imputed as missing at random.</summary>
/// <remarks>Given what was observed, the course after dropout follows the covariance of the reference arm, as in the paper.
/// A participant without any visit after baseline gets the mean of the reference arm in all three.</remarks>
public enum ReferenceBasedImputation
{
    /// <summary>Like participants of the same arm with the same history who stayed.</summary>
    MissingAtRandom,

    /// <summary>The mean jumps to that of the reference arm; how far the participant was above or below the mean of the own arm
    /// counts on.</summary>
    JumpToReference,

    /// <summary>As if the participant had been in the reference arm all along: benefit before dropout fades as in a reference
    /// participant who happened to do well.</summary>
    CopyReference,

    /// <summary>The benefit at the last visit is kept; from there the mean changes as in the reference arm.</summary>
    CopyIncrements,
}
