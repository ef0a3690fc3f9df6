namespace Tofersen.Simulation.Tool;

/// <summary>A command line to copy, and what it does.</summary>
internal readonly record struct Example(string Line, string Does);

/// <summary>Examples of each command, as its help shows them.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, Example[]> ByCommand = new(StringComparer.Ordinal)
    {
        [""] =
        [
            new("tofersen-sim scenario list", "the presets"),
            new("tofersen-sim power valor --replicates 1000", "how often each analysis of VALOR finds an effect"),
            new("tofersen-sim completion bash", "a script with which the shell completes commands, options and names"),
        ],
        ["scenario"] = [new("tofersen-sim scenario show valor", "a preset as JSON, to be edited")],
        ["scenario list"] = [new("tofersen-sim scenario list", "names and descriptions")],
        ["scenario show"] =
        [
            new("tofersen-sim scenario show valor-ole > trial.json", "a file to begin with"),
            new("tofersen-sim scenario show valor-ole --sources", "where each number comes from"),
        ],
        ["scenario validate"] = [new("tofersen-sim scenario validate trial.json", "what is wrong with a file, and what in it does nothing")],
        ["scenario schema"] = [new("tofersen-sim scenario schema > scenario.schema.json", "for an editor that completes and checks")],
        ["simulate"] = [new("tofersen-sim simulate valor-ole --replicate 0 --seed 1 --out trial-0", "the data of one trial as CSV")],
        ["power"] =
        [
            new("tofersen-sim power valor --replicates 1000 --seed 1", "a first look"),
            new("tofersen-sim power valor --mcse 0.005 --analyses ancova-28,slopes-28", "two analyses, until the powers are known to half a point"),
            new("tofersen-sim power valor-ole --replicates 10000 --out results", "tables, courses and events as CSV, figures as SVG"),
            new("tofersen-sim power trial.json --format json", "one JSON document, for programs"),
        ],
        ["report"] =
        [
            new("tofersen-sim report study --out report.html", "one page with tables and figures, of a study that is complete, or of what 'power --out' left"),
        ],
        ["sweep"] =
        [
            new("tofersen-sim sweep valor --vary effect.maxReduction=0.2:0.6:0.1 --replicates 1000", "power along one property"),
            new("tofersen-sim sweep valor --vary effect.maxReduction=0.3,0.5 --vary design.participants=108,216", "every combination"),
            new("tofersen-sim sweep valor --vary effect.lagWeeks=0,8 --vary design.participants=90,126 --one-at-a-time", "what power hangs on: a tornado"),
        ],
        ["compare"] =
        [
            new("tofersen-sim compare valor valor-ole --replicates 1000 --analyses ancova-28", "one analysis in two designs"),
            new("tofersen-sim compare valor --analyses ancova-28,slopes-28", "two analyses of the same trials"),
        ],
        ["assurance"] =
        [
            new("tofersen-sim assurance valor --prior \"effect.maxReduction~normal(0.5,0.15,min=0,max=1)\" --replicates 1000", "an uncertain effect"),
            new(
                "tofersen-sim assurance valor --prior \"effect.maxReduction~beta(5,5)\" --prior \"effect.lagWeeks~uniform(0,12)\" --analyses slopes-28",
                "two uncertain numbers, one analysis"),
        ],
        ["size"] =
        [
            new("tofersen-sim size valor --analysis slopes-28 --power 0.8 --figure size.svg", "participants for a power of 80 %, with a picture of the search"),
            new("tofersen-sim size valor --analysis slopes-28 --vary effect.maxReduction=0.1:0.9", "the smallest effect that the trial detects"),
        ],
        ["follow-up"] =
        [
            new("tofersen-sim follow-up valor-ole-148 --analysis slopes-148 --from-week 40 --replicates 500", "for how long more weeks add power"),
            new("tofersen-sim follow-up valor-ole-148 --analysis slopes-148 --figure weeks.svg", "the same as a picture"),
        ],
        ["analyse"] =
        [
            new("tofersen-sim analyse --data trial.csv --analysis ancova.json", "an analysis of data of your own"),
            new("tofersen-sim analyse --data trial.csv --analysis ancova.json --format json", "its estimates, for programs"),
        ],
        ["analyse schema"] = [new("tofersen-sim analyse schema > analysis.schema.json", "every method with its properties")],
        ["fit"] = [new("tofersen-sim fit --data natural-history.csv", "rates of decline, ready to paste into a scenario")],
        ["check"] =
        [
            new("tofersen-sim check valor-ole --replicates 1000", "the preset beside what was published"),
            new("tofersen-sim check valor-ole --replicates 1000 --figure check.svg", "the same as a picture"),
        ],
        ["calibrate"] = [new("tofersen-sim calibrate valor-ole --parameters parameters.json --replicates 500", "moves what the file names to the published results")],
        ["plan"] =
        [
            new("tofersen-sim plan valor-ole --replicates 100000 --shards 8 --out study", "a study for eight tasks of a cluster"),
            new("tofersen-sim plan valor --replicates 10000 --analyses slopes-28 --collect tests --out small", "one analysis and nothing else"),
        ],
        ["run"] =
        [
            new("tofersen-sim run study", "all that is left, here"),
            new("tofersen-sim run study --shard 3/8", "every eighth block from the third on"),
        ],
        ["status"] = [new("tofersen-sim status study --shards 8", "which shards are not finished")],
        ["merge"] = [new("tofersen-sim merge study --out results", "the result of 'power', as tables and CSV")],
        ["replay"] = [new("tofersen-sim replay study --replicate 4711 --out trial-4711", "the data of one replicate, to look into")],
        ["completion"] =
        [
            new("tofersen-sim completion bash > ~/.local/share/bash-completion/completions/tofersen-sim", "bash, from the next shell on"),
            new("tofersen-sim completion fish > ~/.config/fish/completions/tofersen-sim.fish", "fish"),
        ],
    };

    /// <summary>Examples of a command; none where nobody wrote any.</summary>
    /// <param name="command">Its names with blanks between them, such as <c>scenario show</c>; empty for the whole tool.</param>
    internal static IReadOnlyList<Example> Of(string command) => ByCommand.GetValueOrDefault(command, []);
}
