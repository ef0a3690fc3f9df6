using System.Security.Cryptography;
using System.Text;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Changes files of results in ways that their checksum does not tell.</summary>
internal static class ResultBytes
{
    /// <summary>Replaces a text of the file by another of the same length, and makes the checksum again.</summary>
    internal static void Replace(string path, string old, string changed)
    {
        byte[] bytes = File.ReadAllBytes(path);
        byte[] oldBytes = Encoding.UTF8.GetBytes(old);
        int at = bytes.AsSpan().IndexOf(oldBytes);
        Assert.That(at, Is.Positive, $"{old} is not in the file.");
        Assert.That(changed, Has.Length.EqualTo(old.Length));
        Encoding.UTF8.GetBytes(changed).CopyTo(bytes, at);
        SHA256.HashData(bytes.AsSpan(0, bytes.Length - SHA256.HashSizeInBytes)).CopyTo(bytes, bytes.Length - SHA256.HashSizeInBytes);
        File.WriteAllBytes(path, bytes);
    }
}
