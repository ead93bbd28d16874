using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ApiKey.Model;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Views;

/// <summary>
/// What the views show for a property. The views call nothing else for text that came from AWS, so that no name reaches the terminal
/// as it is, and dates read the same in every culture. It also reads objects that came back from a job or a file.
/// </summary>
public static class ViewText
{
    internal const string Red = "\e[31m";
    internal const string Green = "\e[32m";
    internal const string Yellow = "\e[33m";
    internal const string Magenta = "\e[35m";
    internal const string Reset = "\e[0m";

    private const string Minutes = "yyyy-MM-dd HH:mm'Z'";
    private const int Columns = 79;
    private const string Seconds = "yyyy-MM-dd HH:mm:ss'Z'";

    /// <summary>Any value on one line; null stays null.</summary>
    public static string? Of(object? value) => Unwrap(value) switch
    {
        null => null,
        string text => Show.Escape(text),
        TagSet tags => Show.Escape(tags.ToString()),
        IDictionary tags => Show.Escape(Pairs(tags)),
        IEnumerable items => string.Join(", ", items.Cast<object?>().Select(Of)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        object other => Show.Escape(other.ToString()),
    };

    /// <summary>
    /// Any value within 80 columns, lines broken between words in every culture: PowerShell itself does so in some languages only.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="first">What stands before the first line.</param>
    /// <param name="next">What stands before further lines.</param>
    public static string Wrapped(object? value, string first, string next)
    {
        List<string> lines = [];
        foreach (string word in (Of(value) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= Columns)
            {
                lines[^1] += $" {word}";
            }
            else
            {
                lines.Add((lines.Count == 0 ? first : next) + word);
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>An id where no value may stand: the id of a key from before 2016 is its value.</summary>
    public static string? Id(object? value) => Of(value) is { } id ? Show.Plain(id) : null;

    /// <summary>A date to the minute, in UTC: <c>2026-01-15 09:30Z</c>.</summary>
    public static string? Date(object? value) => Date(value, Minutes);

    /// <summary>A date to the second, in UTC: <c>2026-01-15 09:30:00Z</c>.</summary>
    public static string? Time(object? value) => Date(value, Seconds);

    /// <summary>A day: <c>2026-01-15</c>.</summary>
    public static string? Day(object? value) => Date(value, "yyyy-MM-dd");

    /// <summary>The rate of a usage plan: <c>5/s, burst 10</c>; null when it has none.</summary>
    public static string? Rate(object? rateLimit, object? burstLimit) =>
        rateLimit is null && burstLimit is null
            ? null
            : new ThrottleLimits(LanguagePrimitives.ConvertTo<double?>(rateLimit), LanguagePrimitives.ConvertTo<int?>(burstLimit))
                .ToString();

    /// <summary>Whether a key is enabled; a disabled one stands out.</summary>
    public static string Enabled(object? value) => LanguagePrimitives.IsTrue(value) ? "True" : $"{Yellow}False{Reset}";

    /// <summary>A bar of ten for the share of a quota that is used up, red from 90 %, yellow from 70 %; null when there is no
    /// quota.</summary>
    /// <param name="used">How much was used; null when it was not counted.</param>
    /// <param name="share">The share: 1 is all of it.</param>
    public static string? Share(object? used, object? share)
    {
        if (used is null || share is null)
        {
            return used is null ? "not counted" : null;
        }

        double part = LanguagePrimitives.ConvertTo<double>(share);
        int full = Math.Min(10, (int)Math.Ceiling(part * 10));
        string color = part >= 0.9 ? Red : part >= 0.7 ? Yellow : Green;
        return $"{color}{new string('#', full)}{Reset}{new string('.', 10 - full)}";
    }

    private static string? Date(object? value, string format) => value switch
    {
        null => null,
        PSObject { BaseObject: not PSCustomObject } wrapped => Date(wrapped.BaseObject, format),
        PSObject { Properties: { } parts } when parts["UtcDateTime"]?.Value is { } date => Date(date, format),
        DateTimeOffset date => date.UtcDateTime.ToString(format, CultureInfo.InvariantCulture),
        DateTime { Kind: DateTimeKind.Local } date => date.ToUniversalTime().ToString(format, CultureInfo.InvariantCulture),
        DateTime date => date.ToString(format, CultureInfo.InvariantCulture),
        _ => Of(value.ToString()),
    };

    private static string Pairs(IDictionary tags) =>
        string.Join(", ", tags.Keys.Cast<object>().Select(key => $"{key}={tags[key]}").Order(StringComparer.Ordinal));

    private static object? Unwrap(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject
        : value;
}
