namespace Tofersen.Simulation.Reporting.DataSets;

/// <summary>What the values of a column are.</summary>
public enum DataSetValueKind
{
    /// <summary>Texts.</summary>
    Text,

    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>Numbers of double precision.</summary>
    Number,
}
