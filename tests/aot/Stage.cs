namespace Tofersen.Simulation.AheadOfTime;

/// <summary>Something that the library does again and again.</summary>
/// <param name="Name">Its name in the table of instructions.</param>
/// <param name="Operations">How often it is done to count its instructions: more where it takes fewer.</param>
/// <param name="Prepare">Makes what it needs; what is returned does it so many times, the same work each time it is called.</param>
internal sealed record Stage(string Name, int Operations, Func<Action<int>> Prepare);
