using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Tofersen.Simulation.Tool;

/// <summary>The help of a command, and after it examples.</summary>
/// <param name="help">The help without them.</param>
internal sealed class HelpWithExamples(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    public override bool Terminating => help.Terminating;

    public override bool ClearsParseErrors => help.ClearsParseErrors;

    /// <summary>Adds examples to the help of all commands.</summary>
    internal static void AddTo(RootCommand root)
    {
        foreach (HelpOption option in root.Options.OfType<HelpOption>())
        {
            // As Windows once had it; other shells would offer these first, as paths.
            option.Aliases.Remove("/?");
            option.Aliases.Remove("/h");
            option.Action = new HelpWithExamples((SynchronousCommandLineAction)option.Action!);
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        IReadOnlyList<Example> examples = Examples.Of(CommandLine.NameOf(parseResult.CommandResult).TrimStart());
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (Example example in examples)
            {
                output.WriteLine($"  {example.Line}");
                output.WriteLine($"      {example.Does}");
            }

            output.WriteLine();
        }

        return code;
    }
}
