namespace Tofersen.Simulation.Tests.Documents;

/// <summary>A block of a document cannot be run, or failed.</summary>
internal sealed class DocumentException(string message) : Exception(message);
