using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tofersen.Simulation.Tests.Conventions;

/// <summary>Rules for the types that users see.</summary>
public sealed class PublicTypeTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static IEnumerable<Type> Types => SourceTree.Assemblies.SelectMany(a => a.GetExportedTypes());

    [Test]
    public void Tool_HasNoPublicTypes() => Assert.That(SourceTree.Tool.GetExportedTypes(), Is.Empty);

    [Test]
    public void Namespaces_AreThoseOfTheirAssembly()
    {
        Assert.That(SourceTree.Core.GetExportedTypes().Select(t => t.Namespace), Is.All.StartsWith("Tofersen.Simulation."));
        Assert.That(SourceTree.Reporting.GetExportedTypes().Select(t => t.Namespace), Is.All.EqualTo("Tofersen.Simulation.Reporting").Or.StartsWith("Tofersen.Simulation.Reporting."));
        Assert.That(SourceTree.Parquet.GetExportedTypes().Select(t => t.Namespace), Is.All.EqualTo("Tofersen.Simulation.Parquet"));
    }

    [Test]
    public void Classes_AreSealedStaticOrAbstractRecords() =>
        Assert.That(
            Types.Where(t => t.IsClass && !t.IsSealed && !(t.IsAbstract && IsRecord(t))).Select(t => t.FullName), Is.Empty);

    // Only our own types can derive from an abstract record: users plug in models through interfaces.
    [Test]
    public void AbstractRecords_CannotBeDerivedFromOutside() =>
        Assert.That(
            Types.Where(t => t.IsAbstract && !t.IsSealed && IsRecord(t))
                .Where(t => t.GetConstructors(Declared).Any(c =>
                    (c.IsPublic || c.IsFamily || c.IsFamilyOrAssembly) && c.GetParameters() is not [{ } only] || c.IsPublic))
                .Select(t => t.FullName),
            Is.Empty);

    [Test]
    public void Structs_AreReadOnlyOrRefOrAGenerator() =>
        Assert.That(
            Types.Where(t => t.IsValueType && !t.IsEnum && !t.IsDefined(typeof(IsReadOnlyAttribute))).Select(t => t.Name),
            Is.EqualTo((string[])["TrialRandom"]));

    [Test]
    public void Properties_HaveNoSetters() =>
        Assert.That(
            Types.SelectMany(t => t.GetProperties(Declared))
                .Where(p => p.SetMethod is { IsPublic: true } set && !IsInit(set))
                .Select(p => $"{p.DeclaringType!.FullName}.{p.Name}"),
            Is.Empty);

    [Test]
    public void Fields_AreConstantOrReadOnly() =>
        Assert.That(
            Types.Where(t => !t.IsEnum).SelectMany(t => t.GetFields(Declared))
                .Where(f => f.IsPublic && !f.IsLiteral && !f.IsInitOnly)
                .Select(f => $"{f.DeclaringType!.FullName}.{f.Name}"),
            Is.Empty);

    [Test]
    public void Members_NeverReturnAnArrayOrAMutableList()
    {
        // A ref struct of spans is where a caller's buffers are handed to a model.
        IEnumerable<(MemberInfo Member, Type Type)> returned = Types.Where(t => !t.IsByRefLike).SelectMany(t => (IEnumerable<(MemberInfo, Type)>)
        [
            .. t.GetProperties(Declared).Where(p => p.GetMethod is { } get && IsVisible(get)).Select(p => (p, p.PropertyType)),
            .. t.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily).Select(f => (f, f.FieldType)),
            .. t.GetMethods(Declared).Where(IsVisible).Select(m => (m, m.ReturnType)),
        ]);

        Assert.That(
            returned.Where(r => r.Type.IsArray || IsMutable(r.Type)).Select(r => $"{r.Member.DeclaringType!.FullName}.{r.Member.Name}"),
            Is.Empty);
    }

    [Test]
    public void Interfaces_BeginWithI_AndOthersDoNot() =>
        Assert.That(
            Types.Where(t => (t.Name[0] == 'I' && char.IsUpper(t.Name[1])) != t.IsInterface).Select(t => t.FullName), Is.Empty);

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsInit(MethodInfo set) =>
        set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsVisible(MethodInfo method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsMutable(Type type) =>
        type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(List<>)
            || type.GetGenericTypeDefinition() == typeof(IList<>)
            || type.GetGenericTypeDefinition() == typeof(Dictionary<,>)
            || type.GetGenericTypeDefinition() == typeof(Span<>)
            || type.GetGenericTypeDefinition() == typeof(Memory<>));
}
