using ApiKey.Model;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Formats;

/// <summary>Why something cannot be exported.</summary>
/// <param name="ErrorId">The id of the error.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Target">The file, key or plan.</param>
internal sealed record ExportProblem(string ErrorId, string Message, object Target);

/// <summary>How keys are exported.</summary>
/// <param name="Path">The file.</param>
/// <param name="Kind">What it is to look like; null for what its name says.</param>
/// <param name="WithValues">Whether values are written.</param>
/// <param name="Overwrite">Whether a file that is there may be replaced.</param>
/// <param name="Policy">The tag policy of the connection.</param>
internal sealed record KeyExportOptions(string Path, KeyFileKind? Kind, bool WithValues, bool Overwrite, TagPolicy Policy)
{
    /// <summary>The format; null when nothing tells.</summary>
    public KeyExportFormat? Format { get; } = KeyExportFormat.Of(Path, Kind);

    /// <summary>The files that are written.</summary>
    public IReadOnlyList<string> Paths => Format?.SecondPathOf is { } second ? [Path, second(Path)] : [Path];

    /// <summary>What is wrong before anything is read; null for nothing.</summary>
    public ExportProblem? FindProblem() => Format switch
    {
        null => new("UnknownFormat", $"What to write to {Path} is not clear from its name. Use {OtherFormat(KeyExportFormat.All[0].Kind)}, "
            + $"{string.Join(", ", KeyExportFormat.All.Skip(1).SkipLast(1).Select(format => format.Kind))} or "
            + $"{KeyExportFormat.All[^1].Kind}.", Path),
        { HasValues: true } when !WithValues => new("ValueRequired", "The CSV format carries the values of keys; without them, "
            + $"importing the file would create other keys. Use {Words.Typed.Setting("IncludeValue")} to write them, or "
            + $"{OtherFormat(KeyFileKind.Json)}.", Path),
        { HasValues: false } when WithValues => new("ValueNotWritten", $"The format {Format.Kind} has no values: existing keys keep "
            + $"theirs. Omit {Words.Typed.Setting("IncludeValue")}, or use {OtherFormat(KeyFileKind.Csv)} to create the same keys "
            + "elsewhere.", Path),
        _ when !Overwrite && Paths.FirstOrDefault(File.Exists) is { } existing => new("FileExists", $"{existing} already exists. Choose "
            + $"another name, or use {Words.Typed.Setting(nameof(Overwrite))} to replace it.", existing),
        _ => null,
    };

    private static string OtherFormat(KeyFileKind kind) => Words.Typed.Setting(nameof(Format), kind.ToString());
}
