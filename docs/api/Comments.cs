using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tofersen.Simulation.ApiReference;

/// <summary>Documentation comments of assemblies, with what they inherit and where their references lead.</summary>
internal sealed partial class Comments
{
    private readonly Dictionary<string, XElement> _entries;
    private readonly Dictionary<string, MemberInfo> _members;

    /// <summary>Reads the documentation file beside each assembly.</summary>
    internal Comments(Assembly[] assemblies)
    {
        _entries = assemblies
            .SelectMany(a => XDocument.Load(Path.ChangeExtension(a.Location, ".xml")).Descendants("member"))
            // A file that two assemblies share has its comments in both; they are the same.
            .DistinctBy(m => m.Attribute("name")!.Value)
            .ToDictionary(m => m.Attribute("name")!.Value);
        _members = assemblies.SelectMany(a => a.GetExportedTypes())
            .SelectMany(t => (IEnumerable<MemberInfo>)[t, .. t.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(m => m is not Type)])
            .GroupBy(MemberIds.Of)
            .ToDictionary(g => g.Key, g => g.First());
    }

    /// <summary>Comments that are missing, and references that lead nowhere.</summary>
    internal List<string> Problems { get; } = [];

    /// <summary>A member's comment; where it says inheritdoc, what it inherits comes first and its own after it. Null without one.</summary>
    internal XElement? Of(MemberInfo member)
    {
        XElement? own = _entries.GetValueOrDefault(MemberIds.Of(member));
        if (own?.Element("inheritdoc") is null)
        {
            return own;
        }

        XElement? inherited = Inherited(member).Select(Of).FirstOrDefault(c => c is not null);
        return inherited is null ? null : new XElement("member", inherited.Elements(), own.Elements().Where(e => e.Name != "inheritdoc"));
    }

    /// <summary>Prose of an element, as Markdown on one line for each paragraph.</summary>
    internal string Text(XElement element, MemberInfo owner) => string.Join("\n\n", Paragraphs(element, owner).Where(p => p.Length > 0));

    private IEnumerable<string> Paragraphs(XElement element, MemberInfo owner)
    {
        var line = new System.Text.StringBuilder();
        foreach (XNode node in element.Nodes())
        {
            if (node is XElement { Name.LocalName: "para" } paragraph)
            {
                yield return Squeeze(line.ToString());
                line.Clear();
                yield return Squeeze(Inline(paragraph, owner));
            }
            else
            {
                line.Append(Inline(node, owner));
            }
        }

        yield return Squeeze(line.ToString());
    }

    private string Inline(XNode node, MemberInfo owner) => node switch
    {
        XText text => Escape(text.Value),
        XElement { Name.LocalName: "c" or "code" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" or "seealso" } see => See(see, owner),
        XElement { Name.LocalName: "paramref" or "typeparamref" } reference => $"`{reference.Attribute("name")!.Value}`",
        XElement element => string.Concat(element.Nodes().Select(n => Inline(n, owner))),
        _ => "",
    };

    private string See(XElement see, MemberInfo owner)
    {
        if (see.Attribute("langword") is { } word)
        {
            return $"`{word.Value}`";
        }

        string reference = see.Attribute("cref")!.Value;
        if (_members.TryGetValue(reference, out MemberInfo? target))
        {
            return Pages.Link(target);
        }

        // The compiler has checked the reference; but a reader does not see what is not public.
        if (reference.Contains("Tofersen.Simulation.", StringComparison.Ordinal) || reference.StartsWith("!:", StringComparison.Ordinal))
        {
            Problems.Add($"{MemberIds.Of(owner)} refers to {reference}, which is not public.");
        }

        return $"`{Short(reference)}`";
    }

    // Names of other libraries' members, without namespaces.
    private static string Short(string reference)
    {
        string name = Arity().Replace(reference[2..].Split('(')[0], "");
        string[] parts = name.Split('.');
        return string.Join('.', reference[0] == 'T' ? parts[^1..] : parts[Math.Max(0, parts.Length - 2)..]);
    }

    private static IEnumerable<MemberInfo> Inherited(MemberInfo member)
    {
        if (member is Type type)
        {
            return type.BaseType is { } b ? [b, .. type.GetInterfaces()] : type.GetInterfaces();
        }

        const BindingFlags any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        string signature = Signature(member);
        var owners = new List<Type>();
        for (Type? b = member.DeclaringType!.BaseType; b is not null; b = b.BaseType)
        {
            owners.Add(b);
        }

        return owners.Concat(member.DeclaringType.GetInterfaces())
            .Select(o => o.IsGenericType ? o.GetGenericTypeDefinition() : o)
            .SelectMany(o => o.GetMembers(any))
            .Where(m => m.MemberType == member.MemberType && Signature(m) == signature);
    }

    private static string Signature(MemberInfo member) => member switch
    {
        MethodInfo method => $"{method.Name}/{method.GetParameters().Length}",
        _ => member.Name,
    };

    private static string Escape(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Squeeze(string text) => Blanks().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("`+[0-9]+")]
    private static partial Regex Arity();
}
