using System.Collections;
using System.Management.Automation;

namespace ApiKey.Cmdlets;

/// <summary>Text of the pipeline, and the file it is from: Get-Content notes that on what it emits.</summary>
internal static class PipedText
{
    // Between provider and path; not always there.
    private const string AfterProvider = "::";

    /// <summary>What a record says: a text, or the lines that Get-Content -ReadCount emits at once.</summary>
    public static string Of(PSObject? record) => record?.BaseObject switch
    {
        null => "",
        string text => text,
        IEnumerable lines => string.Join('\n', lines.Cast<object?>()),
        _ => LanguagePrimitives.ConvertTo<string>(record),
    };

    /// <summary>The file that a record is from, and how many of its lines come before; null when it is not known.</summary>
    public static (string Path, long LinesBefore)? OriginOf(PSObject? record) =>
        record?.Properties["PSPath"]?.Value is string path && record.Properties["ReadCount"]?.Value is long read
            ? (path[(path.IndexOf(AfterProvider, StringComparison.Ordinal) is >= 0 and var end ? end + AfterProvider.Length : 0)..],
                read - (record.BaseObject is ICollection lines ? lines.Count : 1))
            : null;
}
