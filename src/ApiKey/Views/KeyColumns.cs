using System.Management.Automation;
using ApiKey.Model;

namespace ApiKey.Views;

/// <summary>
/// The columns of the table of keys, which the types file makes hidden properties of a key. PowerShell compiles the script of a column in
/// every process anew, which was a tenth of what a first listing took; a method is called as it is. It also reads keys that came back from
/// a job or a file.
/// </summary>
public static class KeyColumns
{
    /// <summary>The id.</summary>
    public static string? Id(PSObject key) => ViewText.Of(Get(key, nameof(ApiKeyInfo.Id)));

    /// <summary>The name.</summary>
    public static string? Name(PSObject key) => ViewText.Of(Get(key, nameof(ApiKeyInfo.Name)));

    /// <summary>Whether it is enabled; a disabled one stands out.</summary>
    public static string Enabled(PSObject key) =>
        ViewText.Enabled(Get(key, nameof(ApiKeyInfo.Enabled)));

    /// <summary>When it was created.</summary>
    public static string? Created(PSObject key) => ViewText.Date(Get(key, nameof(ApiKeyInfo.CreatedDate)));

    /// <summary>Its tags.</summary>
    public static string? Tags(PSObject key) => ViewText.Of(Get(key, nameof(ApiKeyInfo.Tags)));

    // A live key is read without PowerShell's properties, which are made anew for each object.
    private static object? Get(PSObject key, string property) => key?.BaseObject is not ApiKeyInfo live ? key?.Properties[property]?.Value
        : property switch
        {
            nameof(ApiKeyInfo.Id) => live.Id,
            nameof(ApiKeyInfo.Name) => live.Name,
            nameof(ApiKeyInfo.Enabled) => live.Enabled,
            nameof(ApiKeyInfo.CreatedDate) => live.CreatedDate,
            nameof(ApiKeyInfo.Tags) => live.Tags,
            _ => throw new ArgumentOutOfRangeException(nameof(property), property, "Not a column."),
        };
}
