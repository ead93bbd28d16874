using System.Diagnostics;
using System.Globalization;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Model;

/// <summary>How a value is written where it was found.</summary>
public enum ApiKeyLeakForm : long
{
    /// <summary>As it is, in UTF-8 or UTF-16.</summary>
    Plain,

    /// <summary>Within base64, of the standard or the URL alphabet.</summary>
    Base64,

    /// <summary>With percent signs, as in URLs.</summary>
    PercentEncoded,
}

/// <summary>A place where the value of a key lies. The value itself is in no property.</summary>
public sealed record ApiKeyLeakInfo
{
    internal ApiKeyLeakInfo(ApiKeyInfo key)
    {
        Key = key with { Value = null };
    }

    /// <summary>The key's id.</summary>
    public string Id => Key.Id;

    /// <summary>The key's name; null when it has none.</summary>
    public string? Name => Key.Name;

    /// <summary>Whether the key can be used.</summary>
    public bool Enabled => Key.Enabled;

    /// <summary>The region the key lives in.</summary>
    public string Region => Key.Region;

    /// <summary>The profile the key was read with; null when none was named.</summary>
    public string? ProfileName => Key.ProfileName;

    /// <summary>
    /// The file; null for text from the pipeline that did not come from one. Where the value is part of the file's name, its length stands
    /// in its place.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>The line, from 1; null when the value is in the file's name.</summary>
    public long? Line { get; init; }

    /// <summary>The character of that line, from 1.</summary>
    public long? Column { get; init; }

    /// <summary>Bytes from the start of the file, for binary files; null for text from the pipeline.</summary>
    public long? Offset { get; init; }

    /// <summary>How the value is written there.</summary>
    public ApiKeyLeakForm Form { get; init; }

    /// <summary>The key, without its value.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal ApiKeyInfo Key { get; }

    /// <summary>The connection the key was read through.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    internal ApiGatewayConnection? Connection => Key.Connection;

    /// <summary>For reading: place and key.</summary>
    public override string ToString()
        => Show.Escape(string.Create(CultureInfo.InvariantCulture,
            $"{(Path is null ? "" : $"{Path}{(Line is null ? "" : ":")}")}{(Line is null ? "" : $"{Line}:{Column}")}: {Key}"));
}
