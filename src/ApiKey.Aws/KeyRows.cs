using Amazon.APIGateway;
using Amazon.APIGateway.Model;
using ApiKey.Calls;
using WireKey = Amazon.APIGateway.Model.ApiKey;

namespace ApiKey.Aws;

/// <summary>How the calls for keys are sent: a row each, with its request and what its answer is to us.</summary>
internal static class KeyRows
{
    public static IReadOnlyList<CallRow> All { get; } =
    [
        CallRow.For<CreateKey, RawKey>((_, call) => $"/apikeys{Wire.PermissionFor(call.Spec.Tags)}", async (aws, call, stop) =>
        {
            CreateApiKeyResponse key = await aws.Client.CreateApiKeyAsync(new()
            {
                Name = call.Spec.Name,
                Description = call.Spec.Description,
                Enabled = call.Spec.Enabled,
                Value = Wire.NullIfEmpty(call.Spec.Value),
                CustomerId = Wire.NullIfEmpty(call.Spec.CustomerId),
                Tags = Wire.ToWire(call.Spec.Tags),
            }, stop);
            return ToRaw(aws, key.Id, key.Name, key.Description, key.Enabled, key.CustomerId, key.Value, key.CreatedDate,
                key.LastUpdatedDate, key.StageKeys, key.Tags, isChange: true);
        }),
        CallRow.For<GetKey, RawKey>((_, call) => $"/apikeys/{call.Id}", async (aws, call, stop) =>
        {
            GetApiKeyResponse key = await aws.Client.GetApiKeyAsync(new() { ApiKey = call.Id, IncludeValue = call.IncludeValue }, stop);
            return ToRaw(aws, Wire.Same(call.Id, key.Id), key.Name, key.Description, key.Enabled, key.CustomerId, key.Value,
                key.CreatedDate, key.LastUpdatedDate, key.StageKeys, key.Tags);
        }),
        CallRow.For<ListKeys, Page<RawKey>>((_, _) => "/apikeys", async (aws, call, stop) =>
        {
            GetApiKeysResponse page = await aws.Client.GetApiKeysAsync(new()
            {
                NameQuery = call.Query.NamePrefix,
                CustomerId = call.Query.CustomerId,
                IncludeValues = call.Query.IncludeValues,
                Limit = Wire.PageSize,
                Position = call.Position,
            }, stop);
            return Wire.ToPage(page.Items, page.Position, key => ToRaw(aws, key));
        }),
        CallRow.For<UpdateKey, RawKey>((_, call) => $"/apikeys/{call.Id}", async (aws, call, stop) =>
        {
            UpdateApiKeyResponse key = await aws.Client.UpdateApiKeyAsync(new()
            {
                ApiKey = call.Id,
                PatchOperations =
                [
                    .. call.Changes.Select(change => new PatchOperation { Op = Op.Replace, Path = change.Path, Value = change.Value }),
                ],
            }, stop);

            // AWS never answers an update with the value; other servers do, and it was not asked for.
            return ToRaw(aws, Wire.Same(call.Id, key.Id), key.Name, key.Description, key.Enabled, key.CustomerId, null,
                key.CreatedDate, key.LastUpdatedDate, key.StageKeys, key.Tags);
        }),
        CallRow.For<DeleteKey, Nothing>((_, call) => $"/apikeys/{call.Id}", (aws, call, stop) =>
            Wire.Done(aws.Client.DeleteApiKeyAsync(new() { ApiKey = call.Id }, stop))),
        CallRow.For<TagKey, Nothing>((aws, call) => TagPath(aws, call.Id), (aws, call, stop) =>
            Wire.Done(aws.Client.TagResourceAsync(new() { ResourceArn = Arn(aws, call.Id), Tags = Wire.ToWire(call.Tags) ?? [] }, stop))),
        CallRow.For<UntagKey, Nothing>((aws, call) => TagPath(aws, call.Id), (aws, call, stop) =>
            Wire.UntagAsync(aws, Arn(aws, call.Id), call.Keys, stop)),
        CallRow.For<ImportKeys, ImportAnswer>((_, _) => "/apikeys", async (aws, call, stop) =>
        {
            ImportApiKeysResponse answer = await aws.Client.ImportApiKeysAsync(new()
            {
                Body = new MemoryStream(call.KeyFile.ToArray(), writable: false),
                Format = ApiKeysFormat.Csv,
                FailOnWarnings = call.FailOnWarnings,
            }, stop);
            return new ImportAnswer(answer.Ids ?? [], answer.Warnings ?? []);
        }),
    ];

    private static string Arn(AwsApiGateway aws, string id) => $"{aws.ServiceArn}/apikeys/{id}";

    private static string TagPath(AwsApiGateway aws, string id) => $"/tags/{Uri.EscapeDataString(Arn(aws, id))}";

    private static RawKey ToRaw(AwsApiGateway aws, WireKey key) =>
        ToRaw(aws, key.Id, key.Name, key.Description, key.Enabled, key.CustomerId, key.Value, key.CreatedDate, key.LastUpdatedDate,
            key.StageKeys, key.Tags);

    // The SDK has no common type for an API key in a listing and in single answers.
    private static RawKey ToRaw(
        AwsApiGateway aws,
        string? id,
        string? name,
        string? description,
        bool? enabled,
        string? customerId,
        string? value,
        DateTime? created,
        DateTime? updated,
        List<string>? stageKeys,
        Dictionary<string, string>? tags,
        bool isChange = false)
    {
        return new RawKey
        {
            Id = Wire.Id(id, "an API key", isChange),
            Name = Wire.NullIfEmpty(name),
            Description = Wire.NullIfEmpty(description),
            Enabled = enabled ?? false,
            CustomerId = Wire.NullIfEmpty(customerId),
            Value = Wire.NullIfEmpty(value),
            CreatedDate = ToUtc(created),
            LastUpdatedDate = ToUtc(updated),
            Arn = Arn(aws, id!),
            Region = aws.Region,
            StageKeys = stageKeys ?? [],
            AllTags = Wire.ToTags(tags),
        };
    }

    private static DateTimeOffset? ToUtc(DateTime? time) => time is { } known ? new DateTimeOffset(known.ToUniversalTime()) : null;
}
