using System.Text;
using ApiKey.Attributes;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Formats;

/// <summary>
/// Writes keys for Terraform: a resource and an import block each, and a provider block when the connection has default or
/// ignored tags. The next <c>terraform apply</c> takes the keys over and changes nothing.
/// </summary>
/// <remarks>The value is not written: Terraform reads it by itself, and a file has no need of it. Import blocks need Terraform
/// 1.5.</remarks>
internal sealed class TerraformExport(Stream target, TagPolicy policy) : IKeyWriter
{
    private const string ResourceType = "aws_api_gateway_api_key";

    private readonly List<ApiKeyInfo> _keys = [];

    /// <inheritdoc/>
    public void Write(ApiKeyInfo key) => _keys.Add(key with { Value = null });

    /// <inheritdoc/>
    public void Finish()
    {
        // A provider puts its default tags on every key, so only what every key has can be one.
        TagSet defaults = policy.WithoutIgnored(
            policy.Defaults.Only(policy.Defaults.Keys.Where(tag => _keys.TrueForAll(key => key.TagsAll.ContainsKey(tag)))));
        using StreamWriter text = new(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        WriteProvider(text, defaults);
        foreach ((ApiKeyInfo key, string label) in Label())
        {
            text.WriteLine("import {");
            text.WriteLine($"  to = {ResourceType}.{label}");
            text.WriteLine($"  id = {Hcl.Quote(key.Id)}");
            text.WriteLine("}");
            text.WriteLine();
            text.WriteLine($"resource \"{ResourceType}\" \"{label}\" {{");
            WriteAttributes(text, key);
            WriteTags(text, "  ", key.TagsAll.Except(defaults));
            text.WriteLine("}");
            text.WriteLine();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The stream belongs to the file.
    }

    // What is Terraform's default is omitted, as people do who write such a block by hand.
    private static void WriteAttributes(StreamWriter text, ApiKeyInfo key)
    {
        ApiKeySpec defaults = new ApiKeySpec().Complete(new ApiKeySpec());
        foreach (ApiKeyField field in ApiKeyField.All.Where(field => field.PatchPath is not null))
        {
            string current = field.Current(key)!;
            if (!string.Equals(current, field.Wanted(defaults), StringComparison.Ordinal))
            {
                text.WriteLine($"  {field.TerraformName} = {(field.Kind == FieldKind.Boolean ? current : Hcl.Quote(current))}");
            }
        }
    }

    private static void WriteTags(StreamWriter text, string indent, TagSet tags)
    {
        if (tags.Count == 0)
        {
            return;
        }

        text.WriteLine($"{indent}tags = {{");
        foreach ((string tag, string? value) in tags)
        {
            text.WriteLine($"{indent}  {Hcl.Quote(tag)} = {Hcl.Quote(value ?? "")}");
        }

        text.WriteLine($"{indent}}}");
    }

    private void WriteProvider(StreamWriter text, TagSet defaults)
    {
        if (_keys.Count == 0 || (defaults.Count == 0 && policy.IgnoredKeys.Count == 0 && policy.IgnoredPrefixes.Count == 0))
        {
            return;
        }

        text.WriteLine("provider \"aws\" {");
        text.WriteLine($"  region = {Hcl.Quote(_keys[0].Region)}");
        if (defaults.Count > 0)
        {
            text.WriteLine("  default_tags {");
            WriteTags(text, "    ", defaults);
            text.WriteLine("  }");
        }

        if (policy.IgnoredKeys.Count + policy.IgnoredPrefixes.Count > 0)
        {
            text.WriteLine("  ignore_tags {");
            text.WriteLine($"    keys         = [{string.Join(", ", policy.IgnoredKeys.Select(Hcl.Quote))}]");
            text.WriteLine($"    key_prefixes = [{string.Join(", ", policy.IgnoredPrefixes.Select(Hcl.Quote))}]");
            text.WriteLine("  }");
        }

        text.WriteLine("}");
        text.WriteLine();
    }

    // The oldest key of a name has the plain label, so that a key made later changes nobody's.
    private IEnumerable<(ApiKeyInfo Key, string Label)> Label()
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (ApiKeyInfo key in _keys.OrderBy(key => key.CreatedDate).ThenBy(key => key.Id, StringComparer.Ordinal))
        {
            string label = ToLabel(key.Name ?? "");
            for (int number = 1; !taken.Add(label); number++)
            {
                label = ToLabel($"{key.Name}_{key.Id}{(number == 1 ? "" : $"_{number}")}");
            }

            yield return (key, label);
        }
    }

    private static string ToLabel(string name)
    {
        string plain = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));
        return plain.Length > 0 && (char.IsAsciiLetter(plain[0]) || plain[0] == '_') ? plain : $"key_{plain}";
    }
}
