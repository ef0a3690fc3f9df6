using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Xml.Linq;
using Tofersen.Simulation.Tests.Conventions;

namespace Tofersen.Simulation.ApiReference;

/// <summary>The reference as Markdown: README.md with all types, and a page for each namespace.</summary>
internal sealed class Pages(Assembly[] assemblies, Comments comments)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    internal int Types { get; private set; }

    internal int Members { get; private set; }

    /// <summary>Name and text of each page.</summary>
    internal IEnumerable<(string Name, string Text)> All()
    {
        ILookup<string, Type> namespaces = assemblies.SelectMany(a => a.GetExportedTypes()).OrderBy(Name, StringComparer.Ordinal).ToLookup(t => t.Namespace!);
        var index = new StringBuilder("# Reference\n\nThe public types by namespace, made from the comments in the source.\n");
        foreach (IGrouping<string, Type> types in namespaces.OrderBy(n => n.Key, StringComparer.Ordinal))
        {
            index.Append($"\n## [{types.Key}]({types.Key}.md)\n\n| type | |\n| --- | --- |\n");
            var page = new StringBuilder($"# {types.Key}\n\n[All namespaces](README.md)\n");
            foreach (Type type in types)
            {
                Types++;
                index.Append($"| {Link(type)} | {Summary(type)} |\n");
                Append(page, type);
            }

            yield return (types.Key + ".md", page.ToString());
        }

        yield return ("README.md", index.ToString());
    }

    /// <summary>A link to where a type, or the type of a member, is described.</summary>
    internal static string Link(MemberInfo member)
    {
        Type type = member as Type ?? member.DeclaringType!;
        string name = member is Type ? Name(type) : member is ConstructorInfo ? Name(type) : $"{Name(type)}.{member.Name}";
        return $"[{name}]({type.Namespace}.md#{Name(type).ToLowerInvariant().Replace(".", "", StringComparison.Ordinal)})";
    }

    // Nested types behind their owners, type parameters left out.
    private static string Name(Type type) => (type.IsNested ? Name(type.DeclaringType!) + "." : "") + type.Name.Split('`')[0];

    private void Append(StringBuilder page, Type type)
    {
        page.Append($"\n## {Name(type)}\n\n```csharp\n{PublicApiText.Describe(type).Replace(type.Namespace + ".", "", StringComparison.Ordinal)}\n```\n\n");
        XElement? comment = comments.Of(type);
        page.Append(Required(comment, type)).Append('\n');
        AppendDetails(page, comment, type, "");
        foreach (MemberInfo member in type.GetMembers(Declared)
            .Where(m => m is not Type && !m.IsDefined(typeof(CompilerGeneratedAttribute)))
            .OrderBy(m => m is ConstructorInfo ? 0 : m is FieldInfo ? 1 : m is PropertyInfo ? 2 : 3).ThenBy(m => m.Name, StringComparer.Ordinal))
        {
            Append(page, type, member);
        }
    }

    private void Append(StringBuilder page, Type type, MemberInfo member)
    {
        // A constructor without parameters says nothing that its type does not.
        if (PublicApiText.Describe(member) is not { } signature || member is ConstructorInfo c && c.GetParameters().Length == 0
            || (type.IsEnum && member.Name == "value__"))
        {
            return;
        }

        Members++;
        string shown = type.IsEnum ? member.Name : signature;
        XElement? comment = comments.Of(member);
        page.Append($"\n- `{shown}`  \n  {(IsOfRecord(type, member) ? ParameterText(type, member) : Required(comment, member)).Replace("\n\n", "  \n  ", StringComparison.Ordinal)}\n");
        AppendDetails(page, comment, member, "  ");
    }

    private void AppendDetails(StringBuilder page, XElement? comment, MemberInfo member, string indent)
    {
        foreach (XElement remarks in comment?.Elements("remarks") ?? [])
        {
            page.Append($"\n{indent}{comments.Text(remarks, member).Replace("\n\n", "\n\n" + indent, StringComparison.Ordinal)}\n");
        }

        string[] details =
        [
            .. Details(comment, member, "typeparam", e => $"`{e.Attribute("name")!.Value}`: "),
            .. Details(comment, member, "param", e => $"`{e.Attribute("name")!.Value}`: "),
            .. Details(comment, member, "returns", _ => "Returns: "),
            .. Details(comment, member, "exception", e => $"`{e.Attribute("cref")!.Value.Split('.')[^1]}`: "),
        ];
        if (details.Length > 0)
        {
            page.Append('\n').AppendJoin("", details.Select(d => $"{indent}- {d}\n"));
        }
    }

    private IEnumerable<string> Details(XElement? comment, MemberInfo member, string element, Func<XElement, string> prefix) =>
        (comment?.Elements(element) ?? []).Select(e => prefix(e) + comments.Text(e, member).Replace("\n\n", " ", StringComparison.Ordinal));

    private string Summary(MemberInfo member) =>
        comments.Of(member)?.Element("summary") is { } summary ? comments.Text(summary, member).Replace("\n\n", " ", StringComparison.Ordinal) : "";

    private string Required(XElement? comment, MemberInfo member)
    {
        string text = comment?.Element("summary") is { } summary ? comments.Text(summary, member) : "";
        if (text.Length == 0 && !IsFromOutside(member))
        {
            comments.Problems.Add($"{MemberIds.Of(member)} has no summary.");
        }

        return text;
    }

    // Equality and text of .NET's own object and interfaces, whose comments are not in these files.
    private static bool IsFromOutside(MemberInfo member) =>
        member.Name is "Equals" or "GetHashCode" or "ToString" or "GetEnumerator" or "CompareTo" || member.Name.StartsWith("System.", StringComparison.Ordinal);

    // What a record declares as parameters is described with the record.
    private bool IsOfRecord(Type type, MemberInfo member) => comments.Of(member) is null && (member is ConstructorInfo || ParameterText(type, member).Length > 0);

    private string ParameterText(Type type, MemberInfo member) => comments.Of(type)?.Elements("param").FirstOrDefault(p => p.Attribute("name")!.Value == member.Name) is { } parameter
        ? comments.Text(parameter, member)
        : "";
}
