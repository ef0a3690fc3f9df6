using System.Text.Json.Nodes;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>Finds what belongs together in two scenarios' JSON: properties by name, entries of lists by what they are and not by where they
/// stand.</summary>
internal static class JsonMatch
{
    /// <summary>Properties that say what an entry without a name is.</summary>
    private static readonly string[] Kinds = ["type", "method", "kind", "stratum"];

    /// <summary>Every value of either scenario, beside the other's; an entry of a list that the other lacks as a whole.</summary>
    internal static IEnumerable<JsonPair> Pairs(JsonObject old, JsonObject present) => Pairs(old, "", present, "");

    /// <summary>The path in <paramref name="to"/> of what <paramref name="path"/> leads to in <paramref name="from"/>; null where an entry of a list
    /// on the way is gone. What the path ends in may be absent.</summary>
    internal static string? Counterpart(JsonNode from, string path, JsonNode to)
    {
        (JsonNode? first, JsonNode? second, string found) = (from, to, "");
        foreach (string step in JsonValues.Steps(path))
        {
            if (step[0] != '[')
            {
                (first, second) = ((first as JsonObject)?[step], (second as JsonObject)?[step]);
                found += found.Length == 0 ? step : "." + step;
                continue;
            }

            int index = JsonValues.Index(step);
            if (first is not JsonArray list || second is not JsonArray other || index >= list.Count)
            {
                return null;
            }

            int position = Array.IndexOf(Identities(other), Identities(list)[index]);
            if (position < 0)
            {
                return null;
            }

            (first, second) = (list[index], other[position]);
            found += FormattableString.Invariant($"[{position}]");
        }

        return found;
    }

    private static IEnumerable<JsonPair> Pairs(JsonNode? old, string oldPath, JsonNode? present, string path) => (old, present) switch
    {
        (JsonObject before, JsonObject after) => Properties(before, oldPath, after, path),
        (JsonArray before, JsonArray after) when before.Concat(after).Any(e => e is JsonObject) => Entries(before, oldPath, after, path),
        _ => [new JsonPair(oldPath, old, path, present)],
    };

    private static IEnumerable<JsonPair> Properties(JsonObject old, string oldPath, JsonObject present, string path)
    {
        foreach ((string name, JsonNode? value) in present)
        {
            string here = Below(path, name);
            IEnumerable<JsonPair> pairs = old.TryGetPropertyValue(name, out JsonNode? before)
                ? Pairs(before, Below(oldPath, name), value, here)
                : JsonValues.Leaves(value, here).Select(l => new JsonPair(null, null, l.Path, l.Value));
            foreach (JsonPair pair in pairs)
            {
                yield return pair;
            }
        }

        foreach ((string name, JsonNode? value) in old.Where(e => !present.ContainsKey(e.Key)))
        {
            foreach ((string leaf, JsonNode? before) in JsonValues.Leaves(value, Below(oldPath, name)))
            {
                yield return new JsonPair(leaf, before, null, null);
            }
        }
    }

    private static IEnumerable<JsonPair> Entries(JsonArray old, string oldPath, JsonArray present, string path)
    {
        string[] before = Identities(old);
        string[] after = Identities(present);
        for (int i = 0; i < present.Count; i++)
        {
            int position = Array.IndexOf(before, after[i]);
            IEnumerable<JsonPair> pairs = position >= 0
                ? Pairs(old[position], At(oldPath, position), present[i], At(path, i))
                : [new JsonPair(null, null, At(path, i), present[i]) { IsEntry = true }];
            foreach (JsonPair pair in pairs)
            {
                yield return pair;
            }
        }

        for (int i = 0; i < old.Count; i++)
        {
            if (!after.Contains(before[i]))
            {
                yield return new JsonPair(At(oldPath, i), old[i], null, null) { IsEntry = true };
            }
        }
    }

    // What each entry is: its name, or else its type and kind, counted where several are alike; its position where it says neither.
    private static string[] Identities(JsonArray list)
    {
        var seen = new Dictionary<string, int>();
        return [.. list.Select(entry =>
        {
            string what = entry is JsonObject values ? Identity(values) : "";
            int count = seen[what] = seen.GetValueOrDefault(what) + 1;
            return FormattableString.Invariant($"{what}\n{count}");
        })];
    }

    private static string Identity(JsonObject entry) =>
        entry["name"]?.ToString() is { Length: > 0 } name ? name : string.Join('\n', Kinds.Select(kind => entry[kind]?.ToString()));

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string At(string path, int index) => FormattableString.Invariant($"{path}[{index}]");
}
