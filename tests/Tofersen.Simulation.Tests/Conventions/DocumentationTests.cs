using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Tofersen.Simulation.Tests.Conventions;

/// <summary>Every public type and member has an entry with text in the documentation file that ships.</summary>
public sealed class DocumentationTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static IEnumerable<Assembly> Packages => [SourceTree.Core, SourceTree.Reporting];

    [Test]
    public void PublicTypes_AreDocumented()
    {
        foreach (Assembly assembly in Packages)
        {
            Dictionary<string, XElement> entries = Read(assembly);

            Assert.That(
                assembly.GetExportedTypes().Select(t => "T:" + Name(t)).Where(id => !HasText(entries, id)), Is.Empty);
        }
    }

    [Test]
    public void PublicMembers_AreDocumented()
    {
        foreach (Assembly assembly in Packages)
        {
            Dictionary<string, XElement> entries = Read(assembly);
            ILookup<string, string> overloads = entries.Keys.ToLookup(WithoutParameters);

            Assert.That(
                assembly.GetExportedTypes()
                    .SelectMany(t => t.GetMembers(Declared))
                    .Where(IsWritten)
                    .Where(m => !overloads[Id(m)].Any(id => HasText(entries, id)) && !IsParameterOfARecord(entries, m))
                    .Select(Id),
                Is.Empty);
        }
    }

    // A comment on a number of the model says what it is measured in or where it may lie.
    [Test]
    public void Documentation_NoEntry_IsATodo()
    {
        foreach (Assembly assembly in Packages)
        {
            Assert.That(
                Read(assembly).Where(e => e.Value.Value.Contains("TODO", StringComparison.OrdinalIgnoreCase)).Select(e => e.Key),
                Is.Empty);
        }
    }

    private static Dictionary<string, XElement> Read(Assembly assembly) =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml"))
            .Descendants("member")
            .ToDictionary(m => m.Attribute("name")!.Value);

    private static bool HasText(Dictionary<string, XElement> entries, string id) =>
        entries.TryGetValue(id, out XElement? entry)
        && (entry.Element("inheritdoc") is not null || !string.IsNullOrWhiteSpace(entry.Element("summary")?.Value));

    private static bool IsWritten(MemberInfo member) => member switch
    {
        Type => false,
        MethodBase { IsSpecialName: true } and not ConstructorInfo => member.Name.StartsWith("op_", StringComparison.Ordinal) && !IsGenerated(member),
        ConstructorInfo constructor => !IsGenerated(member) && constructor.GetParameters().Length > 0,
        FieldInfo field => !field.IsSpecialName,
        _ => !IsGenerated(member),
    };

    private static bool IsGenerated(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute));

    /// <summary>Whether a member comes from a record's list of parameters, which are described with the type.</summary>
    private static bool IsParameterOfARecord(Dictionary<string, XElement> entries, MemberInfo member)
    {
        HashSet<string?> described = entries.TryGetValue("T:" + Name(member.DeclaringType!), out XElement? type)
            ? [.. type.Elements("param").Select(p => p.Attribute("name")?.Value)]
            : [];
        return member is ConstructorInfo constructor
            ? constructor.GetParameters().All(p => described.Contains(p.Name))
            : described.Contains(member.Name);
    }

    private static string Id(MemberInfo member)
    {
        string kind = member switch { MethodBase => "M", PropertyInfo => "P", FieldInfo => "F", EventInfo => "E", _ => "?" };
        return $"{kind}:{Name(member.DeclaringType!)}.{member.Name.Replace(".ctor", "#ctor", StringComparison.Ordinal)}";
    }

    private static string WithoutParameters(string id)
    {
        string name = id.Split('(')[0];
        int generic = name.IndexOf("``", StringComparison.Ordinal);
        return generic < 0 ? name : name[..generic];
    }

    private static string Name(Type type) => type.FullName!.Replace('+', '.');
}
