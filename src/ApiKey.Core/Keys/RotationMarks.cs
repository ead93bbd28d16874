using ApiKey.Calls;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Keys;

/// <summary>The two tags that rotation leaves: on the successor where it came from, on the old key where it went to. Each holds the other's
/// id.</summary>
internal static class RotationMarks
{
    /// <summary>On a successor: the id of the key it came from. It is put on when the successor is created, so no successor is
    /// without.</summary>
    public const string From = "apikey:rotated-from";

    /// <summary>On an old key: the id of its successor. It is put on when the successor is in every plan of the old key.</summary>
    public const string To = "apikey:rotated-to";

    /// <summary>Both.</summary>
    internal static IReadOnlyCollection<string> All { get; } = [From, To];

    /// <summary>The id of the key a key came from; null for none.</summary>
    internal static string? PredecessorOf(RawKey key) => IdIn(key, From);

    /// <summary>The id of the key's successor; null for none.</summary>
    internal static string? SuccessorOf(RawKey key) => IdIn(key, To);

    /// <summary>The marks of a key as users hold it: the tag policy may have hidden them from its tags.</summary>
    public static TagSet Of(ApiKeyInfo presented) =>
        (presented.RotatedFrom is { } from ? Mark(From, from) : TagSet.Empty)
            .Merge(presented.RotatedTo is { } to ? Mark(To, to) : TagSet.Empty);

    /// <summary>
    /// Whether a key that an old key names as its successor is that: it names the old key too, or nobody. A copy of a key that
    /// was rotated has that key's tags, and its callers do not have the successor's value.
    /// </summary>
    public static bool IsPair(string oldId, string? predecessorOfNew) => predecessorOfNew is null || predecessorOfNew == oldId;

    /// <summary>The tags a successor gets: those on the old key, whoever manages them, less AWS's own, and where it came from.</summary>
    internal static TagSet TagsForSuccessorOf(RawKey old) => old.AllTags.WithoutSystem().Without(All).Merge(Mark(From, old.Id));

    /// <summary>One mark.</summary>
    public static TagSet Mark(string key, string id) => TagSet.From([KeyValuePair.Create(key, (string?)id)]);

    private static string? IdIn(RawKey key, string mark) => key.AllTags.ValueOf(mark) is { Length: > 0 } id ? id : null;
}
