using ApiKey.Attributes;
using ApiKey.Model;

namespace ApiKey.Formats;

/// <summary>Writes AWS's key file format: with its own columns for ImportApiKeys, or with ours too for a file that keeps
/// everything.</summary>
internal sealed class KeyFileFormat
{
    /// <summary>The column of usage plan ids, several of them separated by commas.</summary>
    public const string PlanColumn = "UsagePlanIds";

    private readonly ApiKeyField[] _fields;

    private KeyFileFormat(IEnumerable<ApiKeyField> fields)
    {
        _fields = [.. fields];
    }

    /// <summary>What AWS reads.</summary>
    public static KeyFileFormat Aws { get; } = new(ApiKeyField.All.Where(field => field.IsInAwsKeyFile));

    /// <summary>Everything.</summary>
    public static KeyFileFormat Full { get; } = new(ApiKeyField.All);

    /// <summary>The first line.</summary>
    public string Header => CsvWriter.Record([.. _fields.Select(field => field.Column), PlanColumn]);

    /// <summary>The line of a key.</summary>
    public string Row(ApiKeySpec spec, IEnumerable<string> planIds) =>
        CsvWriter.Record([.. _fields.Select(field => field.Wanted(spec) ?? ""), string.Join(',', planIds)]);
}
