using System.Text.Json.Nodes;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Documents;

/// <summary>Runs the blocks of one document in their order, all in one temporary folder, so that a block can use the files of those before it.</summary>
internal sealed class DocumentRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _document;
    private readonly string[] _lines;
    private readonly List<(int First, int Count, string[] By)> _changes = [];

    internal DocumentRun(string document, string[] lines)
    {
        _document = document;
        _lines = lines;
    }

    /// <summary>What is wrong, one entry a block.</summary>
    internal List<string> Problems { get; } = [];

    /// <summary>The document with what was printed in the place of what is shown, where they differ.</summary>
    internal IEnumerable<string> Updated
    {
        get
        {
            List<string> lines = [.. _lines];
            foreach ((int first, int count, string[] by) in _changes.OrderByDescending(c => c.First))
            {
                lines.RemoveRange(first, count);
                lines.InsertRange(first, by);
            }

            return lines;
        }
    }

    internal async Task RunAsync()
    {
        List<MarkdownBlock> blocks = MarkdownBlock.Read(_document, _lines);
        MarkdownBlock? shown = null;
        for (int b = 0; b < blocks.Count; b++)
        {
            MarkdownBlock block = blocks[b];
            bool isShown = ReferenceEquals(block, shown);
            shown = null;
            if (block.NotRun is not null || isShown)
            {
                continue;
            }

            if (block.SavedAs is { } name)
            {
                _folder.Write(name, block.Text);
            }

            // The block that follows at once shows what this one prints.
            shown = b + 1 < blocks.Count && blocks[b + 1] is { Language: "text", FollowsBlock: true } next ? next : null;
            try
            {
                await RunBlockAsync(block, shown).ConfigureAwait(false);
            }
            catch (DocumentException exception)
            {
                Problems.Add($"{block.Place}: {exception.Message}");
            }
        }
    }

    private async Task RunBlockAsync(MarkdownBlock block, MarkdownBlock? shown)
    {
        switch (block.Language)
        {
            case "csharp":
                Compare(shown, await SnippetProgram.RunAsync(block, _folder.FullName).ConfigureAwait(false));
                break;
            case "sh":
                Compare(shown, await RunCommandsAsync(block.Lines, mayRefuse: false).ConfigureAwait(false));
                break;
            case "console":
                await RunConsoleAsync(block).ConfigureAwait(false);
                break;
            case "json":
                ReadJson(block);
                break;
            case "csv" when block.SavedAs is not null:
                break;
            default:
                throw new DocumentException(
                    $"a block of '{block.Language}' that is neither run nor the output of the one before; '<!-- not run: why -->' before it says so");
        }
    }

    private async Task RunConsoleAsync(MarkdownBlock block)
    {
        for (int i = 0; i < block.Lines.Length;)
        {
            if (!block.Lines[i].StartsWith("$ ", StringComparison.Ordinal))
            {
                throw new DocumentException("a console block begins with '$ ' and a command");
            }

            int command = i;
            while (block.Lines[i++].EndsWith('\\'))
            {
            }

            int output = i;
            while (i < block.Lines.Length && !block.Lines[i].StartsWith("$ ", StringComparison.Ordinal))
            {
                i++;
            }

            string printed = await RunCommandsAsync([block.Lines[command][2..], .. block.Lines[(command + 1)..output]], mayRefuse: i > output).ConfigureAwait(false);
            Compare(block.FirstLine + output, block.Lines[output..i], printed, block.Lines[command]);
        }
    }

    private async Task<string> RunCommandsAsync(string[] lines, bool mayRefuse)
    {
        string printed = "";
        foreach (ShellCommand command in ShellCommand.Split(lines))
        {
            printed += await command.RunAsync(_folder.FullName, mayRefuse).ConfigureAwait(false);
        }

        return printed;
    }

    private static void ReadJson(MarkdownBlock block)
    {
        try
        {
            if (JsonNode.Parse(block.Text) is JsonObject whole && whole.ContainsKey("version"))
            {
                Presets.ReadScenario(block.Text).Validate();
            }
            else
            {
                AnalysisJson.Read(block.Text);
            }
        }
        catch (Exception exception) when (exception is ScenarioFormatException or ArgumentException or System.Text.Json.JsonException)
        {
            throw new DocumentException(exception.Message);
        }
    }

    private void Compare(MarkdownBlock? shown, string printed)
    {
        if (shown is not null)
        {
            Compare(shown.FirstLine, shown.Lines, printed, "the block");
        }
    }

    private void Compare(int firstLine, string[] shown, string printed, string what)
    {
        string[] lines = [.. ShownOutput.LinesOf(printed)];
        if (!ShownOutput.Matches(shown, lines))
        {
            _changes.Add((firstLine, shown.Length, lines));
            Problems.Add($"{_document}:{firstLine + 1}: {what} printed\n{string.Join('\n', lines)}");
        }
    }

    public void Dispose() => _folder.Dispose();
}
