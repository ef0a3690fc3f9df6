namespace Tofersen.Simulation.Tests.Documents;

/// <summary>A fenced block of a document.</summary>
/// <param name="Document">Path of the document, relative to the solution.</param>
/// <param name="FirstLine">Position of the first line inside the fences among the document's lines, from 0.</param>
/// <param name="Language">What the opening fence says; empty where it says nothing.</param>
/// <param name="Lines">The lines inside.</param>
/// <param name="Comment">The last HTML comment before the block, if nothing but blank lines lies between; null without.</param>
/// <param name="FollowsBlock">Whether nothing but blank lines lies between the block before and this one.</param>
internal sealed record MarkdownBlock(
    string Document, int FirstLine, string Language, string[] Lines, string? Comment, bool FollowsBlock)
{
    private const string NotRunMark = "not run:";
    private const string SavedAsMark = "saved as:";

    internal string Place => FormattableString.Invariant($"{Document}:{FirstLine + 1}");

    internal string Text => string.Concat(Lines.Select(l => l + "\n"));

    /// <summary>Why the block is not run; null where it is.</summary>
    internal string? NotRun => After(NotRunMark);

    /// <summary>Name of the file that holds the block's text from here on; null without.</summary>
    internal string? SavedAs => After(SavedAsMark);

    /// <summary>The blocks of a document, in order.</summary>
    internal static List<MarkdownBlock> Read(string document, string[] lines)
    {
        var blocks = new List<MarkdownBlock>();
        string? comment = null;
        bool followsBlock = false;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd();
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                int end = Array.FindIndex(lines, i + 1, l => l.TrimEnd() == "```");
                Assert.That(end, Is.GreaterThan(i), $"{document}:{i + 1}: the block has no end");
                blocks.Add(new MarkdownBlock(document, i + 1, line[3..], lines[(i + 1)..end], comment, followsBlock));
                (comment, followsBlock, i) = (null, true, end);
            }
            else if (line.StartsWith("<!--", StringComparison.Ordinal) && line.EndsWith("-->", StringComparison.Ordinal))
            {
                comment = line[4..^3].Trim();
                followsBlock = false;
            }
            else if (line.Length > 0)
            {
                (comment, followsBlock) = (null, false);
            }
        }

        return blocks;
    }

    private string? After(string mark) =>
        Comment is not null && Comment.StartsWith(mark, StringComparison.Ordinal) ? Comment[mark.Length..].Trim() : null;
}
