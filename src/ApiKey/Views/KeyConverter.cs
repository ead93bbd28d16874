using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tags;

// The types file is read when only this assembly is loaded, and says what the objects become.
[assembly: TypeForwardedTo(typeof(ApiKeyInfo))]
[assembly: TypeForwardedTo(typeof(UsagePlanInfo))]

namespace ApiKey.Views;

/// <summary>
/// Makes keys and usage plans of what comes back from a job, a remote session or Export-Clixml, so that they bind to commands and go
/// back to the region they were read in. Their connection is not in a file; the session's is used.
/// </summary>
public sealed class KeyConverter : PSTypeConverter
{
    private const string Prefix = "Deserialized.";

    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) =>
        sourceValue is PSObject { TypeNames: { } names } && names.Contains(Prefix + destinationType?.FullName);

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        PSObject source = (PSObject)sourceValue;
        return destinationType == typeof(ApiKeyInfo) ? ToKey(source)
            : destinationType == typeof(UsagePlanInfo) ? ToPlan(source)
            : throw new InvalidCastException($"Not a type of this converter: {destinationType}.");
    }

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new InvalidCastException("Keys and usage plans are only read.");

    private static ApiKeyInfo ToKey(PSObject source) => new()
    {
        Id = Required(source, "Id"),
        Name = Text(source, "Name"),
        Description = Text(source, "Description"),
        Enabled = Get(source, "Enabled") is true,
        CustomerId = Text(source, "CustomerId"),
        Value = Text(source, "Value"),
        CreatedDate = Date(source, "CreatedDate"),
        LastUpdatedDate = Date(source, "LastUpdatedDate"),
        Arn = Required(source, "Arn"),
        Region = Required(source, "Region"),
        StageKeys = [.. Items(source, "StageKeys")],
        Tags = Tags(source, "Tags"),
        TagsAll = Tags(source, "TagsAll"),
        StackName = Text(source, "StackName"),
        Connection = Place(source),
    };

    private static UsagePlanInfo ToPlan(PSObject source) => new()
    {
        Id = Required(source, "Id"),
        Name = Text(source, "Name"),
        Description = Text(source, "Description"),
        ApiStages = [.. Get(source, "ApiStages") is IEnumerable stages and not string ? stages.Cast<object>().Select(ToStage) : []],
        RateLimit = Get(source, "RateLimit") as double?,
        BurstLimit = Get(source, "BurstLimit") as int?,
        QuotaLimit = Get(source, "QuotaLimit") as int?,
        QuotaPeriod = Get(source, "QuotaPeriod") is { } period ? LanguagePrimitives.ConvertTo<QuotaPeriod>(period) : null,
        QuotaOffset = Get(source, "QuotaOffset") as int?,
        ProductCode = Text(source, "ProductCode"),
        Arn = Required(source, "Arn"),
        Region = Required(source, "Region"),
        Tags = Tags(source, "Tags"),
        TagsAll = Tags(source, "TagsAll"),
        StackName = Text(source, "StackName"),
        Connection = Place(source),
    };

    // A file of an earlier version has it as text.
    private static PlanStage ToStage(object stage) => stage is PSObject item && Text(item, "ApiId") is { } id
        ? new PlanStage(id, Required(item, "Stage")) { Throttle = Methods(item) }
        : $"{stage}".Split(':', 2) is [string api, string name] ? new PlanStage(api, name)
        : throw new InvalidCastException("Not a stage of an API.");

    private static Dictionary<string, ThrottleLimits> Methods(PSObject stage) => Get(stage, "Throttle") is IDictionary methods
        ? methods.Cast<DictionaryEntry>().ToDictionary(method => $"{method.Key}", method => method.Value is PSObject limits
            ? new ThrottleLimits(Get(limits, "RateLimit") as double?, Get(limits, "BurstLimit") as int?)
            : throw new InvalidCastException("Not the rate of a method."), StringComparer.Ordinal)
        : [];

    private static ApiGatewayConnection Place(PSObject source) =>
        new() { Region = Required(source, "Region"), ProfileName = Text(source, "ProfileName"), IsPlaceOnly = true };

    private static object? Get(PSObject source, string name) =>
        source.Properties[name]?.Value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject
            : source.Properties[name]?.Value;

    private static string? Text(PSObject source, string name) => Get(source, name) as string;

    private static string Required(PSObject source, string name) => Text(source, name)
        ?? throw new InvalidCastException($"It has no {name}.");

    private static DateTimeOffset? Date(PSObject source, string name) => Get(source, name) switch
    {
        PSObject parts when parts.Properties["UtcDateTime"]?.Value is DateTime date
            => new DateTimeOffset(DateTime.SpecifyKind(date, DateTimeKind.Utc)),
        _ => null,
    };

    private static IEnumerable<string> Items(PSObject source, string name) =>
        Get(source, name) is IEnumerable items and not string
            ? items.Cast<object>().Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)!) : [];

    private static TagSet Tags(PSObject source, string name) => Get(source, name) is IDictionary tags
        ? TagSet.From(tags.Keys.Cast<object>().Select(key => KeyValuePair.Create($"{key}", tags[key]?.ToString())))
        : TagSet.Empty;
}
