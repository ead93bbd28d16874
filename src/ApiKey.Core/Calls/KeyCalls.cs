using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Calls;

/// <summary>CreateApiKey. It names its value: AWS takes a value only once, so however often it is repeated, one key comes of it.</summary>
internal sealed record CreateKey(ApiKeySpec Spec) : Call<RawKey>
{
    public override CallKind Kind => CallKind.Create;

    public override CallEffect Effect => Spec.Value is null ? CallEffect.Once : CallEffect.NamesWhatItMakes;

    public override string Verb => "POST";

    public override string? Secret => Spec.Value;
}

/// <summary>GetApiKey.</summary>
internal sealed record GetKey(string Id, bool IncludeValue) : Call<RawKey>;

/// <summary>GetApiKeys: one page.</summary>
/// <param name="Query">Which keys.</param>
/// <param name="Position">Where the page starts; null for the first one.</param>
internal sealed record ListKeys(ApiKeyQuery Query, string? Position) : Call<Page<RawKey>>
{
    public override string? Secret => Position;
}

/// <summary>UpdateApiKey with a replace operation for each change. The answer never has the value.</summary>
internal sealed record UpdateKey(string Id, IReadOnlyList<FieldChange> Changes) : Call<RawKey>
{
    public override CallEffect Effect => CallEffect.Repeatable;

    public override string Verb => "PATCH";
}

/// <summary>DeleteApiKey.</summary>
internal sealed record DeleteKey(string Id) : Call<Nothing>
{
    public override CallKind Kind => CallKind.Delete;

    public override CallEffect Effect => CallEffect.Removes;

    public override string Verb => "DELETE";
}

/// <summary>TagResource for a key.</summary>
internal sealed record TagKey(string Id, TagSet Tags) : Call<Nothing>
{
    public override CallEffect Effect => CallEffect.Repeatable;

    public override string Verb => "PUT";
}

/// <summary>UntagResource for a key.</summary>
internal sealed record UntagKey(string Id, IReadOnlyCollection<string> Keys) : Call<Nothing>
{
    public override CallEffect Effect => CallEffect.Repeatable;

    public override string Verb => "DELETE";
}

/// <summary>ImportApiKeys. It may be repeated: a row whose value exists overwrites that key with the same content.</summary>
/// <param name="KeyFile">AWS's key file format: CSV in UTF-8, with a header.</param>
/// <param name="FailOnWarnings">Whether AWS answers with an error when it would warn.</param>
/// <param name="JoinsPlans">Whether a row puts its key into usage plans.</param>
internal sealed record ImportKeys(ReadOnlyMemory<byte> KeyFile, bool FailOnWarnings, bool JoinsPlans) : Call<ImportAnswer>
{
    public override CallKind Kind => JoinsPlans ? CallKind.PlanKey : CallKind.Other;

    public override CallEffect Effect => CallEffect.Repeatable;

    public override string Verb => "POST";

    public override ReadOnlyMemory<byte> SecretFile => KeyFile;
}
