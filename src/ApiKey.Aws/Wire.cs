using Amazon;
using ApiKey.Service;
using ApiKey.Tags;

namespace ApiKey.Aws;

/// <summary>From our terms to the service's and back, for keys and plans alike.</summary>
internal static class Wire
{
    /// <summary>What every ARN of the region's API Gateway starts with.</summary>
    public static string ServiceArn(string region) => $"arn:{RegionEndpoint.GetBySystemName(region).PartitionName}:apigateway:{region}::";

    public static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    public static Dictionary<string, string> ToWire(TagSet tags)
        => tags.ToDictionary(tag => tag.Key, tag => tag.Value ?? "", StringComparer.Ordinal);

    public static TagSet ToTags(Dictionary<string, string>? tags)
        => TagSet.From(tags?.Select(tag => KeyValuePair.Create(tag.Key, (string?)tag.Value)));

    /// <summary>The items of a page. AWS writes the list even when nothing is on it, so without one it is no page.</summary>
    public static List<T> List<T>(List<T>? items) => items ?? throw Unexpected("The answer has no list of items.");

    /// <summary>The id of an answer.</summary>
    /// <param name="id">What the answer has for one.</param>
    /// <param name="what">What the answer should be, as an error says it.</param>
    /// <param name="isChange">Whether the call made something, which an answer without an id does not name.</param>
    public static string Id(string? id, string what, bool isChange) => string.IsNullOrEmpty(id)
        ? throw Unexpected($"The answer has no id, so it is not {what}.", isChange)
        : id;

    /// <summary>The id of an answer that must be about the resource that was asked for.</summary>
    public static string? Same(string asked, string? answered) =>
        string.IsNullOrEmpty(answered) || string.Equals(asked, answered, StringComparison.Ordinal)
            ? answered
            : throw Unexpected("The answer is about another resource than the one that was asked for.");

    /// <summary>A whole answer that is not API Gateway's.</summary>
    public static ApiGatewayException Unexpected(string message, bool mayHaveHappened = false) =>
        new(ApiGatewayErrorKind.UnexpectedAnswer, message) { MayHaveHappened = mayHaveHappened };
}
