using ApiKey.Model;

namespace ApiKey.Formats;

/// <summary>What is known of a format that keys are exported in. A new one is a writer and a row.</summary>
/// <param name="Kind">Which it is.</param>
/// <param name="Extension">The extension that means it; null for none.</param>
/// <param name="HasValues">Whether values are in it; null for those who ask for them.</param>
/// <param name="IsForOneRegion">Whether a file is about the keys of one region.</param>
/// <param name="Start">Starts a writer into the files.</param>
internal sealed record KeyExportFormat(
    KeyFileKind Kind,
    string? Extension,
    bool? HasValues,
    bool IsForOneRegion,
    Func<IReadOnlyList<Stream>, KeyExportOptions, IKeyWriter> Start)
{
    /// <summary>Every format.</summary>
    public static IReadOnlyList<KeyExportFormat> All { get; } =
    [
        new(KeyFileKind.Csv, ".csv", HasValues: true, IsForOneRegion: false, (to, _) => new KeyCsv(to[0])),
        new(KeyFileKind.Json, ".json", HasValues: null, IsForOneRegion: false, (to, how) => new KeyJson(to[0], how.WithValues)),
        new(KeyFileKind.Terraform, ".tf", HasValues: false, IsForOneRegion: true, (to, how) => new TerraformExport(to[0], how.Policy)),
        new(KeyFileKind.DesiredState, null, HasValues: false, IsForOneRegion: true, (to, _) => new DesiredStateExport(to[0])),
        new(KeyFileKind.CloudFormation, ".template", HasValues: false, IsForOneRegion: true,
            (to, _) => new CloudFormationExport(to[0], to[1])) { SecondPathOf = CloudFormationExport.ImportPathOf },
    ];

    /// <summary>The second file that is written next to one; null for none.</summary>
    public Func<string, string>? SecondPathOf { get; init; }

    /// <summary>The format of a file: the one that is asked for, or what its extension means.</summary>
    /// <returns>Null when nothing tells.</returns>
    public static KeyExportFormat? Of(string path, KeyFileKind? kind) => All.FirstOrDefault(format => kind is null
        ? string.Equals(format.Extension, Path.GetExtension(path), StringComparison.OrdinalIgnoreCase) : format.Kind == kind);
}
