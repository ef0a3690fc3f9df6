using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Reporting.Figures;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>What commands that run and may write a folder have in common.</summary>
internal static class RunCommand
{
    /// <summary>Runs, and writes the result where a folder was asked for.</summary>
    internal static T Into<T>(string? folder, Func<T> run, Action<T, string> write)
        where T : class
    {
        T? result = null;
        if (folder is not null)
        {
            // Run inside, so that a folder that cannot be written is found out before the work and not after it.
            OutputFolder.Write(folder, path =>
            {
                result = run();
                write(result, path);
            });
        }

        return result ?? run();
    }

    /// <summary>Runs, and draws the result where a file was asked for.</summary>
    internal static T Drawn<T>(string? file, Func<T> run, Func<T, Figure> draw)
        where T : class
    {
        T? result = null;
        if (file is not null)
        {
            OutputFile.Write(file, writer =>
            {
                result = run();
                new SvgRenderer().Render(draw(result), writer);
            });
        }

        return result ?? run();
    }
}

/// <summary>Turns what the library says of its arguments into what a user is told.</summary>
internal static class BadInput
{
    internal static T Of<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is ArgumentException or ScenarioFormatException)
        {
            throw new BadInputException(MessageOf(exception));
        }
    }

    /// <summary>The message without the name of a parameter, which says nothing to whoever types a command.</summary>
    internal static string MessageOf(Exception exception) => exception.Message.Split(" (Parameter '")[0];
}
