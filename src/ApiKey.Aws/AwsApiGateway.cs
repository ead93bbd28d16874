using Amazon;
using Amazon.APIGateway;
using ApiKey.Calls;
using ApiKey.Service;
using ApiKey.Tags;

namespace ApiKey.Aws;

/// <summary>The port on the service client: each call sent once, as its row says, failures in the module's own terms.</summary>
internal sealed class AwsApiGateway(IAmazonAPIGateway client, string region, Func<string, CancellationToken, Task<QuotaScope>> findScope)
    : IApiGateway
{
    private static readonly Dictionary<Type, CallRow> Rows = KeyRows.All.Concat(PlanRows.All).Concat(ApiRows.All)
        .ToDictionary(row => row.Call);

    public string Region => region;

    /// <summary>The service client.</summary>
    public IAmazonAPIGateway Client => client;

    /// <summary>What every ARN of the region's API Gateway starts with.</summary>
    public string ServiceArn { get; } = $"arn:{RegionEndpoint.GetBySystemName(region).PartitionName}:apigateway:{region}::";

    public async Task<QuotaScope> FindQuotaScopeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await findScope(region, cancellationToken);
        }
        catch (Exception failure) when (failure is not (ApiGatewayException or OperationCanceledException))
        {
            throw Failures.Translate(failure, $"apigateway:GET on {ServiceArn}/apikeys");
        }
    }

    public async Task<T> SendAsync<T>(Call<T> call, CancellationToken cancellationToken)
    {
        CallRow row = Rows[call.GetType()];
        try
        {
            return await row.SendAsync(this, call, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && failure is not ApiGatewayException)
        {
            string action = $"apigateway:{call.Verb} on {ServiceArn}{row.PathOf(this, call)}";
            throw Failures.Translate(failure, action, new Secrets(call.Secret, call.SecretFile));
        }
        catch (Exception failure) when (cancellationToken.IsCancellationRequested && failure is not OperationCanceledException)
        {
            // However the SDK ends a call that was cancelled, to the caller it is cancelled.
            throw new OperationCanceledException(failure.Message, failure, cancellationToken);
        }
    }

    public void Dispose() => client.Dispose();
}

/// <summary>How one kind of call is sent.</summary>
internal sealed class CallRow
{
    private readonly Func<AwsApiGateway, Call, CancellationToken, Task> _send;

    private CallRow(Type call, Func<AwsApiGateway, Call, string> pathOf, Func<AwsApiGateway, Call, CancellationToken, Task> send) =>
        (Call, PathOf, _send) = (call, pathOf, send);

    /// <summary>The kind of call.</summary>
    public Type Call { get; }

    /// <summary>The path of the call's IAM action, and what else it needs. Only a failure asks.</summary>
    public Func<AwsApiGateway, Call, string> PathOf { get; }

    /// <summary>A row.</summary>
    /// <param name="pathOf">The path of the call's IAM action, and what else it needs.</param>
    /// <param name="send">Its request, the client's method, and what the answer is to us.</param>
    public static CallRow For<TCall, TAnswer>(Func<AwsApiGateway, TCall, string> pathOf,
        Func<AwsApiGateway, TCall, CancellationToken, Task<TAnswer>> send)
        where TCall : Call<TAnswer> =>
        new(typeof(TCall), (aws, call) => pathOf(aws, (TCall)call), (aws, call, stop) => send(aws, (TCall)call, stop));

    /// <summary>Sends a call of this kind.</summary>
    public Task<T> SendAsync<T>(AwsApiGateway aws, Call<T> call, CancellationToken stop) => (Task<T>)_send(aws, call, stop);
}

/// <summary>From our terms to the service's and back, for keys and plans alike.</summary>
internal static class Wire
{
    /// <summary>Items asked for per page: the most AWS gives.</summary>
    public const int PageSize = ApiKeyQuery.PageSize;

    public static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Tags of a request; null, which sends none, when there are none.</summary>
    public static Dictionary<string, string>? ToWire(TagSet? tags) => tags is { Count: > 0 }
        ? tags.ToDictionary(tag => tag.Key, tag => tag.Value ?? "", StringComparer.Ordinal)
        : null;

    /// <summary>What else a call that creates with tags needs.</summary>
    public static string PermissionFor(TagSet? tags) => tags is { Count: > 0 } ? " and apigateway:PUT for its tags" : "";

    public static TagSet ToTags(Dictionary<string, string>? tags)
        => TagSet.From(tags?.Select(tag => KeyValuePair.Create(tag.Key, (string?)tag.Value)));

    /// <summary>The end of a call that answers without content.</summary>
    public static async Task<Nothing> Done(Task request)
    {
        await request;
        return Nothing.Value;
    }

    /// <summary>Takes tags off a key or a plan: nearly always one request.</summary>
    public static async Task<Nothing> UntagAsync(AwsApiGateway aws, string arn, IEnumerable<string> tagKeys, CancellationToken stop)
    {
        foreach (List<string> keys in SignableGroups(tagKeys))
        {
            await aws.Client.UntagResourceAsync(new() { ResourceArn = arn, TagKeys = keys }, stop);
        }

        return Nothing.Value;
    }

    /// <summary>A page. AWS writes the list even when nothing is on it, so without one it is not a page.</summary>
    public static Page<TItem> ToPage<T, TItem>(List<T>? items, string? position, Func<T, TItem> toItem) =>
        new([.. (items ?? throw Unexpected("The answer has no list of items.")).Select(toItem)], NullIfEmpty(position));

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

    // Tag keys in groups whose order is the same in plain and in encoded text: AWSSDK.Core signs the values of a repeated query
    // parameter in the order of their plain text, SigV4 wants that of their encoded text ("a1" and "a:b" are such a pair). Nearly
    // always the two agree and this is one group.
    private static List<List<string>> SignableGroups(IEnumerable<string> keys)
    {
        List<List<string>> groups = [];
        string? last = null;
        foreach (string key in keys.Order(StringComparer.Ordinal))
        {
            string encoded = Uri.EscapeDataString(key);
            if (last is null || string.CompareOrdinal(encoded, last) < 0)
            {
                groups.Add([]);
            }

            groups[^1].Add(key);
            last = encoded;
        }

        return groups;
    }
}
