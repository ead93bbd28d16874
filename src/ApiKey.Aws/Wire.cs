using Amazon;
using ApiKey.Tags;

namespace ApiKey.Aws;

/// <summary>From our terms to the service's and back, for keys and plans alike.</summary>
internal static class Wire
{
    /// <summary>What every ARN of the region's API Gateway starts with.</summary>
    public static string ServiceArn(string region) => $"arn:{RegionEndpoint.GetBySystemName(region).PartitionName}:apigateway:{region}::";

    public static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    public static Dictionary<string, string> ToWire(TagSet tags) => tags.ToDictionary(tag => tag.Key, tag => tag.Value ?? "", StringComparer.Ordinal);

    public static TagSet ToTags(Dictionary<string, string>? tags) => TagSet.From(tags?.Select(tag => KeyValuePair.Create(tag.Key, (string?)tag.Value)));
}
