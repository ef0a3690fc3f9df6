using System.Reflection;

namespace Tofersen.Simulation.ApiReference;

/// <summary>The names by which documentation files know types and members, as the C# standard's annex on comments defines them.</summary>
internal static class MemberIds
{
    internal static string Of(MemberInfo member) => member switch
    {
        Type type => "T:" + Declared(type),
        FieldInfo field => $"F:{Owner(field)}.{field.Name}",
        EventInfo @event => $"E:{Owner(@event)}.{@event.Name}",
        PropertyInfo property => $"P:{Owner(property)}.{property.Name}{Parameters(property.GetIndexParameters())}",
        ConstructorInfo constructor => $"M:{Owner(constructor)}.#ctor{Parameters(constructor.GetParameters())}",
        MethodInfo method => $"M:{Owner(method)}.{method.Name}{Arity(method)}{Parameters(method.GetParameters())}{Conversion(method)}",
        _ => throw new ArgumentException($"{member.MemberType} has no name in documentation files.", nameof(member)),
    };

    private static string Owner(MemberInfo member) => Declared(member.DeclaringType!);

    private static string Declared(Type type) => type.FullName!.Replace('+', '.');

    private static string Arity(MethodInfo method) =>
        method.IsGenericMethodDefinition ? FormattableString.Invariant($"``{method.GetGenericArguments().Length}") : "";

    // Conversions differ by what they return.
    private static string Conversion(MethodInfo method) =>
        method.Name is "op_Implicit" or "op_Explicit" ? "~" + Used(method.ReturnType) : "";

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(p => Used(p.ParameterType)))})";

    // A type where it is used: arguments in braces instead of a count.
    private static string Used(Type type)
    {
        if (type.IsGenericParameter)
        {
            return FormattableString.Invariant($"{(type.DeclaringMethod is null ? "`" : "``")}{type.GenericParameterPosition}");
        }

        if (type.IsByRef || type.IsArray)
        {
            return Used(type.GetElementType()!) + (type.IsByRef ? "@" : "[]");
        }

        if (!type.IsGenericType)
        {
            return Declared(type);
        }

        string name = Declared(type.GetGenericTypeDefinition());
        return $"{name[..name.IndexOf('`')]}{{{string.Join(',', type.GetGenericArguments().Select(Used))}}}";
    }
}
