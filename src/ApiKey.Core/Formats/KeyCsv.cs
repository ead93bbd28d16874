using System.Text;
using ApiKey.Attributes;
using ApiKey.Model;

namespace ApiKey.Formats;

/// <summary>Writes keys in AWS's key file format, with the columns of ours.</summary>
internal sealed class KeyCsv : IKeyWriter
{
    private readonly StreamWriter _text;

    /// <summary>Writes the header.</summary>
    public KeyCsv(Stream target)
    {
        _text = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        _text.Write(KeyFileFormat.Full.Header);
    }

    /// <inheritdoc/>
    public void Write(ApiKeyInfo key, IReadOnlyList<UsagePlanInfo>? plans) =>
        _text.Write(KeyFileFormat.Full.Row(ToSpec(key), plans?.Select(plan => plan.Id) ?? []));

    /// <inheritdoc/>
    public void Finish(IReadOnlyList<UsagePlanInfo> plans) => _text.Flush();

    /// <inheritdoc/>
    public void Dispose() => _text.Dispose();

    private static ApiKeySpec ToSpec(ApiKeyInfo key) =>
        ApiKeyField.All.Aggregate(new ApiKeySpec(), (spec, field) => field.Current(key)
            is { Length: > 0 } current ? field.Read(spec, current) : spec);
}
