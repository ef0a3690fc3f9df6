using System.Runtime.InteropServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace Tofersen.Simulation.Tests.Documents;

/// <summary>A C# block of a document as a program of its own, such as 'dotnet new console' makes: statements, with that template's usings.</summary>
internal static class SnippetProgram
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private const string Parquet = "Tofersen.Simulation.Parquet";

    // The packages with what they depend on, which a program that references them gets as well.
    private static readonly string[] Libraries =
    [
        "Tofersen.Simulation.dll", "Tofersen.Simulation.Reporting.dll", "Tofersen.Simulation.Parquet.dll",
        "MathNet.Numerics.dll", "CsvHelper.dll", "DuckDB.NET.Data.dll", "DuckDB.NET.Bindings.dll",
    ];

    private static readonly CSharpParseOptions Syntax = new(LanguageVersion.Latest);

    private static readonly CSharpCompilationOptions Options =
        new(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable);

    private static readonly Lazy<MetadataReference[]> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || Libraries.Contains(name)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>Compiles the block, runs it in the folder, and returns what it printed.</summary>
    internal static async Task<string> RunAsync(MarkdownBlock block, string folder)
    {
        string place = Path.Combine(folder, ".program" + block.FirstLine.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Directory.CreateDirectory(place);
        string program = Path.Combine(place, "Snippet.dll");
        Compile(block, program);
        foreach (string library in Libraries)
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, library), Path.Combine(place, library));
        }

        // A database engine of many megabytes, for those alone who use it.
        if (block.Text.Contains(Parquet, StringComparison.Ordinal))
        {
            string native = Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
            foreach (string library in Directory.GetFiles(native))
            {
                File.Copy(library, Path.Combine(place, Path.GetFileName(library)));
            }
        }

        string runtime = FormattableString.Invariant($"{Environment.Version.Major}.{Environment.Version.Minor}");
        await File.WriteAllTextAsync(Path.Combine(place, "Snippet.runtimeconfig.json"), $$"""
            {
              "runtimeOptions": {
                "tfm": "net{{runtime}}",
                "framework": { "name": "Microsoft.NETCore.App", "version": "{{runtime}}.0" },
                "configProperties": { "System.Globalization.Invariant": true }
              }
            }
            """).ConfigureAwait(false);
        return await ShellCommand.RunProgramAsync([program], folder).ConfigureAwait(false);
    }

    private static void Compile(MarkdownBlock block, string program)
    {
        // Source texts with an encoding, which the compiler asks for where it writes debug information.
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Snippet",
            [
                CSharpSyntaxTree.ParseText(SourceText.From(ImplicitUsings, System.Text.Encoding.UTF8), Syntax),
                CSharpSyntaxTree.ParseText(SourceText.From(block.Text, System.Text.Encoding.UTF8), Syntax),
            ],
            References.Value,
            Options);
        EmitResult result = compilation.Emit(program);
        if (!result.Success)
        {
            throw new DocumentException("does not compile: " + string.Join("\n", result.Diagnostics
                .Where(d => d.Severity == DiagnosticSeverity.Error)
                .Select(d => FormattableString.Invariant(
                    $"{block.Document}:{block.FirstLine + d.Location.GetLineSpan().StartLinePosition.Line + 1}: {d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}"))));
        }
    }
}
