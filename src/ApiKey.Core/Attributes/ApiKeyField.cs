using ApiKey.Model;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Attributes;

/// <summary>How an attribute of an existing key changes.</summary>
internal enum FieldUpdate
{
    /// <summary>By a replace operation of UpdateApiKey.</summary>
    Patch,

    /// <summary>By TagResource and UntagResource.</summary>
    Tags,

    /// <summary>Not at all: a new key is needed.</summary>
    Never,
}

/// <summary>What an attribute is written as in a file.</summary>
internal enum FieldKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Names and texts.</summary>
    Tags,
}

/// <summary>
/// One writable attribute of an API key. <see cref="All"/> is the binding model: the commands, files and plans walk this one
/// table, so that an attribute is described once.
/// </summary>
internal sealed class ApiKeyField
{
    private const int MaxNameLength = 1024;
    private const int MaxDescriptionLength = 125_000;
    private const int MinValueLength = 20;
    private const int MaxValueLength = 128;

    private readonly Func<ApiKeySpec, string?> _wanted;
    private readonly Func<ApiKeyInfo, string?> _current;
    private readonly Func<ApiKeySpec, string, ApiKeySpec> _read;
    private readonly Func<string, ValueCheck, IEnumerable<string>> _problems;

    private ApiKeyField(
        string name,
        string terraformName,
        Func<ApiKeySpec, string?> wanted,
        Func<ApiKeyInfo, string?> current,
        Func<ApiKeySpec, string, ApiKeySpec> read,
        FieldKind kind = FieldKind.Text,
        FieldUpdate update = FieldUpdate.Patch,
        string? patchPath = null,
        Func<string, ValueCheck, IEnumerable<string>>? problems = null,
        string? column = null,
        bool isInAwsKeyFile = true,
        bool isOneKeysOwn = false,
        bool canBeCleared = true)
    {
        Name = name;
        TerraformName = terraformName;
        Update = update;
        PatchPath = patchPath;
        Column = column ?? name;
        IsInAwsKeyFile = isInAwsKeyFile;
        Kind = kind;
        IsOneKeysOwn = isOneKeysOwn;
        CanBeCleared = canBeCleared;
        _wanted = wanted;
        _current = current;
        _read = read;
        _problems = problems ?? ((_, _) => []);
    }

    /// <summary>Every writable attribute.</summary>
    public static IReadOnlyList<ApiKeyField> All { get; } =
    [
        new("Name", "name", spec => spec.Name, key => key.Name ?? "", (spec, text) => spec with { Name = text }, patchPath: "/name",
            problems: ProblemsOfName, isOneKeysOwn: true),
        new("Description", "description", spec => spec.Description, key => key.Description ?? "", (spec, text) => spec
            with { Description = text }, patchPath: "/description", problems: ProblemsOfDescription),
        new("Enabled", "enabled", spec => ToText(spec.Enabled), key => ToText(key.Enabled), (spec, text) => spec
            with { Enabled = ReadBoolean(text) }, FieldKind.Boolean, patchPath: "/enabled"),
        new("CustomerId", "customer_id", spec => spec.CustomerId, key => key.CustomerId ?? "", (spec, text) => spec
            with { CustomerId = text }, patchPath: "/customerId", isInAwsKeyFile: false, canBeCleared: false),
        new("Value", "value", spec => spec.Value, key => key.Value, (spec, text) => spec with { Value = text }, update: FieldUpdate.Never,
            problems: ProblemsOfValue, column: "Key", isOneKeysOwn: true),
        new("Tags", "tags", spec => spec.Tags?.ToText(), key => key.Tags.ToText(), (spec, text) => spec with { Tags = TagSet.Parse(text) },
            FieldKind.Tags, FieldUpdate.Tags, isInAwsKeyFile: false),
    ];

    /// <summary>Whether AWS takes an empty text for it once a key has one; a customer id can only be changed.</summary>
    public bool CanBeCleared { get; }

    /// <summary>The attribute's name in PowerShell: parameter, property and column.</summary>
    public string Name { get; }

    /// <summary>The attribute's name in Terraform.</summary>
    public string TerraformName { get; }

    /// <summary>How it changes on an existing key.</summary>
    public FieldUpdate Update { get; }

    /// <summary>The path of UpdateApiKey's patch operation; null where there is none.</summary>
    public string? PatchPath { get; }

    /// <summary>The attribute's column in a key file.</summary>
    public string Column { get; }

    /// <summary>Whether AWS's own key file format has the column; the others take further calls after the import.</summary>
    public bool IsInAwsKeyFile { get; }

    /// <summary>What it is written as in a file.</summary>
    public FieldKind Kind { get; }

    /// <summary>
    /// Whether it tells one key from another, so that no default can say it for many. AWS's key file must have these columns.
    /// </summary>
    public bool IsOneKeysOwn { get; }

    /// <summary>What a caller wants, as text; null when not specified.</summary>
    public string? Wanted(ApiKeySpec spec) => _wanted(spec);

    /// <summary>What a key has, as text; null when that is not known (a value that was not asked for).</summary>
    public string? Current(ApiKeyInfo key) => _current(key);

    /// <summary>The spec with this attribute read from text.</summary>
    /// <exception cref="FormatException">The text does not say a value of this attribute.</exception>
    public ApiKeySpec Read(ApiKeySpec spec, string text) => _read(spec, text);

    /// <summary>What is wrong with the wanted value, each problem a sentence; nothing when it is fine or not specified.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="valueCheck">How a value is checked.</param>
    internal IEnumerable<string> ProblemsOf(ApiKeySpec spec, ValueCheck valueCheck) => Wanted(spec) is { } wanted
        ? _problems(wanted, valueCheck) : [];

    /// <summary>What is wrong with a spec: names and limits, never a secret. Tags are judged with the default ones laid under.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="policy">The connection's tag policy.</param>
    /// <param name="valueCheck">How a value is checked.</param>
    internal static IReadOnlyList<string> ProblemsOf(ApiKeySpec spec, TagPolicy policy, ValueCheck valueCheck = default)
    {
        List<string> problems = [];
        foreach (ApiKeyField field in All)
        {
            problems.AddRange(field.ProblemsOf(spec, valueCheck));
        }

        problems.AddRange(TagRules.ProblemsOf(policy.Merge(spec.Tags ?? TagSet.Empty)));
        return problems;
    }

    /// <summary>Reads a boolean as the key file format writes it: true or false in any case. Anything else is refused.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static bool ReadBoolean(string text) =>
        bool.TryParse(text.Trim(), out bool value)
            ? value
            : throw new FormatException($"{Show.Quote(text)} is neither true nor false. Write true or false.");

    private static string? ToText(bool? value) => value is { } given ? ToText(given) : null;

    // AWS takes any other text for "false" without a word, so exactly these two are ever sent.
    private static string ToText(bool value) => value ? "true" : "false";

    private static IEnumerable<string> ProblemsOfName(string name, ValueCheck check)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            yield return $"The name is empty. Give a name of 1 to {MaxNameLength} characters.";
        }

        if (name.Length > MaxNameLength)
        {
            yield return $"The name has {name.Length} characters; AWS accepts at most {MaxNameLength}.";
        }
    }

    private static IEnumerable<string> ProblemsOfDescription(string description, ValueCheck check)
    {
        if (description.Length > MaxDescriptionLength)
        {
            yield return $"The description has {description.Length} characters; AWS accepts at most {MaxDescriptionLength}.";
        }
    }

    private static IEnumerable<string> ProblemsOfValue(string value, ValueCheck check)
    {
        if (check.IsSkipped)
        {
            yield break;
        }

        if (value.Length is < MinValueLength or > MaxValueLength)
        {
            yield return $"The value has {value.Length} characters; AWS accepts {MinValueLength} to {MaxValueLength}. Leave it out to have "
                + "one generated.";
        }

        if (value.Trim().Length < value.Length)
        {
            yield return "The value begins or ends with a blank. Remove the blank.";
        }
        else if (!value.All(char.IsAsciiLetterOrDigit))
        {
            yield return "The value has characters other than letters and digits. AWS documents only "
                + $"those{(check.WayRound is null ? "" : $"; {check.WayRound}")}.";
        }
    }
}
