namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>How a group-sequential design shares its one-sided level among the looks.</summary>
/// <remarks>There are the classic shapes, whose critical values follow a formula in the information fraction
/// (<see cref="ObrienFleming"/>, <see cref="Pocock"/>, <see cref="WangTsiatis"/>, <see cref="HaybittlePeto"/>), and the
/// <see cref="SpendingFunction"/>s, which say how much of the level is used up by an information fraction. The library's own are the
/// only ones.</remarks>
public abstract record BoundaryShape
{
    private protected BoundaryShape()
    {
    }
}
