using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tofersen.Simulation.Tests.Conventions;

/// <summary>The public surface of an assembly as text: a line for each type and, below it, for each member, sorted.</summary>
internal static class PublicApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    internal static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes()
        .OrderBy(t => t.FullName, StringComparer.Ordinal)
        .SelectMany(t => (IEnumerable<string>)[Describe(t), .. Members(t).Select(m => "    " + m).Order(StringComparer.Ordinal)]);

    /// <summary>A type in one line: kind, name, base types.</summary>
    internal static string Describe(Type type)
    {
        string kind = type.IsInterface ? "interface"
            : type.IsEnum ? "enum"
            : type.IsValueType ? (type.IsByRefLike ? "ref struct" : "struct")
            : type.IsAbstract && type.IsSealed ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        Type[] bases =
        [
            .. type.BaseType is { } b && b != typeof(object) && b != typeof(ValueType) && b != typeof(Enum) ? (Type[])[b] : [],
            .. (type.IsEnum ? [] : type.GetInterfaces()).OrderBy(i => i.ToString(), StringComparer.Ordinal),
        ];
        return $"{kind} {type.Namespace}.{Name(type)}{(bases.Length > 0 ? " : " + string.Join(", ", bases.Select(Name)) : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetValuesAsUnderlyingType(type).Cast<object>()
                .Select(v => FormattableString.Invariant($"{Enum.GetName(type, v)} = {v}"));
        }

        return type.GetMembers(Declared).Where(m => !m.IsDefined(typeof(CompilerGeneratedAttribute))).Select(Describe).OfType<string>();
    }

    /// <summary>A member in one line; null for one that nobody outside sees.</summary>
    internal static string? Describe(MemberInfo member) => member switch
    {
        FieldInfo f when f.IsPublic => $"{Static(f.IsStatic && !f.IsLiteral)}{Name(f.FieldType)} {f.Name}{Constant(f)}",
        ConstructorInfo c when IsVisible(c) => $"{Protected(c)}new({Parameters(c)})",
        PropertyInfo p when Accessor(p) is { } a && IsVisible(a) =>
            $"{Protected(a)}{Static(a.IsStatic)}{Virtual(a)}{Required(p)}{Name(p.PropertyType)}{Nullable(p)} {Indexed(p)} {{ {Accessors(p)} }}",
        MethodInfo m when IsVisible(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            $"{Protected(m)}{Static(m.IsStatic)}{Virtual(m)}{Name(m.ReturnType)}{Nullable(m.ReturnParameter)} {m.Name}{Generic(m)}({Parameters(m)})",
        _ => null,
    };

    private static MethodInfo? Accessor(PropertyInfo property) => property.GetMethod ?? property.SetMethod;

    private static string Indexed(PropertyInfo property) =>
        property.GetIndexParameters() is [{ } index] ? $"this[{Name(index.ParameterType)} {index.Name}]" : property.Name;

    private static string Accessors(PropertyInfo property)
    {
        string get = property.GetMethod is { } g && IsVisible(g) ? "get; " : "";
        string set = property.SetMethod is { } s && IsVisible(s)
            ? s.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; "
            : "";
        return (get + set).TrimEnd();
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        $"{Modifier(p)}{Name(p.ParameterType)}{Nullable(p)} {p.Name}{(p.HasDefaultValue ? " = " + Text(p.DefaultValue) : "")}"));

    private static string Modifier(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params "
        : !parameter.ParameterType.IsByRef ? ""
        : parameter.IsOut ? "out "
        : parameter.IsIn || parameter.IsDefined(typeof(IsReadOnlyAttribute)) ? "in "
        : "ref ";

    private static string Constant(FieldInfo field) => field.IsLiteral ? " = " + Text(field.GetRawConstantValue()) : "";

    private static string Text(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";

    private static string Name(Type type)
    {
        if (type.IsByRef || type.IsArray)
        {
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : "");
        }

        if (System.Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        string name = Keywords.TryGetValue(type, out string? keyword) ? keyword : type.Name.Split('`')[0];
        string outer = type.IsNested && !type.IsGenericParameter ? Name(type.DeclaringType!) + "." : "";
        return outer + (type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name);
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Protected(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Virtual(MethodInfo method) =>
        method.DeclaringType!.IsInterface ? "" : method.IsAbstract ? "abstract "
        : method.GetBaseDefinition() != method ? "override " : method.IsVirtual && !method.IsFinal ? "virtual " : "";

    private static string Required(PropertyInfo property) => property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";

    private static string Nullable(PropertyInfo property) =>
        Mark(property.PropertyType, new NullabilityInfoContext().Create(property).ReadState);

    private static string Nullable(ParameterInfo parameter) =>
        Mark(parameter.ParameterType, new NullabilityInfoContext().Create(parameter).ReadState);

    private static string Mark(Type type, NullabilityState state) =>
        state == NullabilityState.Nullable && !type.IsValueType && !type.IsGenericParameter && System.Nullable.GetUnderlyingType(type) is null ? "?" : "";
}
