using System.Diagnostics;
using System.Text;
using Tofersen.Simulation.Tests.Conventions;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.Documents;

/// <summary>One command of a document.</summary>
/// <remarks>
/// <para><c>tofersen-sim</c> runs in this process, as the tests of the tool do, with the document's folder as the current one.</para>
/// <para><c>dotnet run … --project examples/NN-Name -- OPTIONS</c> runs the example as it was built with the tests' configuration.</para>
/// <para><c>cat FILE</c> and <c>head -n N FILE</c> show files; <c>| head -n N</c>, <c>| tail -n N</c> and <c>| grep -F TEXT</c> show a part of what is printed.
/// Nothing else: a block with other commands says that it is not run.</para>
/// </remarks>
internal sealed record ShellCommand(string[] Words)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>The commands of lines: a backslash joins a line to the next, and a # begins a comment.</summary>
    internal static IEnumerable<ShellCommand> Split(string[] lines) =>
        string.Join('\n', lines).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
            .Select(WordsOf)
            .Where(words => words.Length > 0)
            .Select(words => new ShellCommand(words));

    /// <summary>Runs the command and returns what it printed on standard output, and after it on standard error.</summary>
    /// <param name="folder">The current folder.</param>
    /// <param name="mayRefuse">Whether the tool may refuse its input, as where a page shows how it does.</param>
    internal async Task<string> RunAsync(string folder, bool mayRefuse)
    {
        int pipe = Array.IndexOf(Words, "|");
        return pipe < 0
            ? await RunPlainAsync(folder, mayRefuse).ConfigureAwait(false)
            : Filter(await new ShellCommand(Words[..pipe]).RunPlainAsync(folder, mayRefuse).ConfigureAwait(false), Words[(pipe + 1)..]);
    }

    private async Task<string> RunPlainAsync(string folder, bool mayRefuse) => Words switch
    {
        ["tofersen-sim", .. string[] args] => await RunToolAsync(args, folder, mayRefuse).ConfigureAwait(false),
        ["dotnet", "run", "--configuration", "Release", "--project", string example] => await RunExampleAsync(example, [], folder).ConfigureAwait(false),
        ["dotnet", "run", "--configuration", "Release", "--project", string example, "--", .. string[] args] =>
            await RunExampleAsync(example, args, folder).ConfigureAwait(false),
        ["cat", string file] => await File.ReadAllTextAsync(Path.Combine(folder, file)).ConfigureAwait(false),
        ["head", "-n", _, string file] => Filter(await File.ReadAllTextAsync(Path.Combine(folder, file)).ConfigureAwait(false), Words[..^1]),
        _ => throw Unknown(Words),
    };

    private static string Filter(string printed, string[] words)
    {
        string[] lines = printed.TrimEnd('\n').Split('\n');
        IEnumerable<string> kept = words switch
        {
            ["head", "-n", string count] => lines.Take(Number(count)),
            ["tail", "-n", string count] => lines.TakeLast(Number(count)),
            ["grep", "-F", string text] => lines.Where(l => l.Contains(text, StringComparison.Ordinal)),
            _ => throw Unknown(words),
        };
        return string.Concat(kept.Select(l => l + "\n"));
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DocumentException Unknown(string[] words) =>
        new($"'{string.Join(' ', words)}' is not a command that documents may run; '<!-- not run: why -->' before the block says so");

    private async Task<string> RunToolAsync(string[] args, string folder, bool mayRefuse)
    {
        string before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder);
        try
        {
            ToolRun run = await ToolRun.Of(args).ConfigureAwait(false);

            // 1 is an answer, too: no.
            return run.ExitCode is 0 or 1 || (run.ExitCode == 2 && mayRefuse)
                ? run.Output + run.Error
                : throw new DocumentException($"'{string.Join(' ', Words)}' ended with exit code {run.ExitCode}: {run.Error}");
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    private static async Task<string> RunExampleAsync(string example, string[] args, string folder)
    {
        string project = Path.Combine(SourceTree.Root, example);
        string configuration = Directory.GetParent(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!.Name;
        string built = Path.Combine(project, "bin", configuration, "net10.0");
        string name = Path.GetFileName(example).Split('-', 2)[^1];
        string program = Path.Combine(built, name + ".dll");
        if (!File.Exists(program))
        {
            throw new DocumentException($"{example} is not built; 'dotnet build --configuration {configuration}' of the solution does");
        }

        return await RunProgramAsync([program, .. args], folder).ConfigureAwait(false);
    }

    /// <summary>Runs a .NET program in a process of its own and returns its standard output.</summary>
    internal static async Task<string> RunProgramAsync(string[] args, string folder)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = folder,
        };
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new DocumentException($"the program took longer than {Limit}");
        }

        return process.ExitCode == 0
            ? await output.ConfigureAwait(false)
            : throw new DocumentException($"the program ended with exit code {process.ExitCode}: {await error.ConfigureAwait(false)}");
    }

    private static string[] WordsOf(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool hasWord = false;
        char quote = '\0';
        foreach (char c in line)
        {
            if (quote != '\0')
            {
                if (c == quote)
                {
                    quote = '\0';
                }
                else
                {
                    word.Append(c);
                }
            }
            else if (c is '"' or '\'')
            {
                (quote, hasWord) = (c, true);
            }
            else if (c == '#' && !hasWord)
            {
                break;
            }
            else if (char.IsWhiteSpace(c))
            {
                End();
            }
            else
            {
                word.Append(c);
                hasWord = true;
            }
        }

        End();
        return [.. words];

        void End()
        {
            if (hasWord)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            hasWord = false;
        }
    }
}
