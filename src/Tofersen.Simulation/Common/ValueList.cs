using System.Collections;
using System.Runtime.CompilerServices;

namespace Tofersen.Simulation.Common;

/// <summary>An immutable list that is equal to another when their entries are equal in order.</summary>
/// <remarks>Specifications hold their lists in this type, so that two specifications that say the same are equal.
/// Written as a collection expression: <c>Visits = [0, 4, 8]</c>.</remarks>
/// <typeparam name="T">Type of the entries.</typeparam>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly T[] _items;

    internal ValueList(ReadOnlySpan<T> items) => _items = items.ToArray();

    /// <summary>The number of entries.</summary>
    public int Count => _items.Length;

    /// <summary>The entry at a position counted from 0.</summary>
    /// <param name="index">Position, from 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public T this[int index] => (uint)index < (uint)_items.Length
        ? _items[index]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"Must lie in [0, {_items.Length - 1}].");

    /// <summary>The entries as a span.</summary>
    /// <returns>A read-only view of the entries, in order.</returns>
    public ReadOnlySpan<T> AsSpan() => _items;

    /// <inheritdoc/>
    public bool Equals(ValueList<T>? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (T item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        "[" + string.Join(", ", _items.Select(i => FormattableString.Invariant($"{i}"))) + "]";

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Makes <see cref="ValueList{T}"/> values.</summary>
public static class ValueList
{
    /// <summary>A list of the given entries, in order.</summary>
    /// <typeparam name="T">Type of the entries.</typeparam>
    /// <param name="items">The entries; copied.</param>
    /// <returns>The list.</returns>
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => new(items);
}
