using Amazon.APIGateway.Model;

namespace Amazon.APIGateway.Internal;

/// <summary>The operations on keys and tags (model apigateway-2015-07-09), each described once.</summary>
internal static class Operations
{
    public static readonly Operation<CreateApiKeyRequest, CreateApiKeyResponse> CreateApiKey = new("POST", "/apikeys")
    {
        WriteBody = (request, writer) =>
        {
            Shapes.Write(writer, "name", request.Name);
            Shapes.Write(writer, "description", request.Description);
            Shapes.Write(writer, "enabled", request.Enabled);
            Shapes.Write(writer, "generateDistinctId", request.GenerateDistinctId);
            Shapes.Write(writer, "value", request.Value);
            Shapes.Write(writer, "customerId", request.CustomerId);
            Shapes.Write(writer, "tags", request.Tags);
            Shapes.Write(writer, "stageKeys", request.StageKeys, stage =>
            {
                Shapes.Write(writer, "restApiId", stage.RestApiId);
                Shapes.Write(writer, "stageName", stage.StageName);
            });
        },
        ReadAnswer = Shapes.ReadApiKey,
    };

    public static readonly Operation<GetApiKeyRequest, GetApiKeyResponse> GetApiKey = new("GET", "/apikeys/{api_Key}")
    {
        PathParameters = [("api_Key", request => request.ApiKey)],
        WriteQuery = (request, query) => query.Add("includeValue", request.IncludeValue),
        ReadAnswer = Shapes.ReadApiKey,
    };

    public static readonly Operation<GetApiKeysRequest, GetApiKeysResponse> GetApiKeys = new("GET", "/apikeys")
    {
        WriteQuery = (request, query) =>
        {
            query.Add("position", request.Position);
            query.Add("limit", request.Limit);
            query.Add("name", request.NameQuery);
            query.Add("customerId", request.CustomerId);
            query.Add("includeValues", request.IncludeValues);
        },
        ReadAnswer = (answer, response) =>
        {
            response.Position = Shapes.Text(answer, "position");
            response.Warnings = Shapes.Texts(answer, "warnings");
            response.Items = Shapes.List<ApiKey>(answer, "item", Shapes.ReadApiKey);
        },
    };

    public static readonly Operation<UpdateApiKeyRequest, UpdateApiKeyResponse> UpdateApiKey = new("PATCH", "/apikeys/{api_Key}")
    {
        PathParameters = [("api_Key", request => request.ApiKey)],
        WriteBody = (request, writer) => Shapes.Write(writer, request.PatchOperations),
        ReadAnswer = Shapes.ReadApiKey,
    };

    public static readonly Operation<DeleteApiKeyRequest, DeleteApiKeyResponse> DeleteApiKey = new("DELETE", "/apikeys/{api_Key}")
    {
        PathParameters = [("api_Key", request => request.ApiKey)],
    };

    public static readonly Operation<ImportApiKeysRequest, ImportApiKeysResponse> ImportApiKeys = new("POST", "/apikeys")
    {
        WriteQuery = (request, query) =>
        {
            query.Add("mode", "import");
            query.Add("format", request.Format?.Value);
            query.Add("failonwarnings", request.FailOnWarnings);
        },
        RawBody = request => request.Body?.ToArray() ?? [],
        ReadAnswer = (answer, response) =>
        {
            response.Ids = Shapes.Texts(answer, "ids");
            response.Warnings = Shapes.Texts(answer, "warnings");
        },
    };

    public static readonly Operation<TagResourceRequest, TagResourceResponse> TagResource = new("PUT", "/tags/{resource_arn}")
    {
        PathParameters = [("resource_arn", request => request.ResourceArn)],
        WriteBody = (request, writer) => Shapes.Write(writer, "tags", request.Tags),
    };

    public static readonly Operation<UntagResourceRequest, UntagResourceResponse> UntagResource = new("DELETE", "/tags/{resource_arn}")
    {
        PathParameters = [("resource_arn", request => request.ResourceArn)],
        WriteQuery = (request, query) => query.Add("tagKeys", request.TagKeys),
    };

    public static readonly Operation<GetTagsRequest, GetTagsResponse> GetTags = new("GET", "/tags/{resource_arn}")
    {
        PathParameters = [("resource_arn", request => request.ResourceArn)],
        WriteQuery = (request, query) =>
        {
            query.Add("position", request.Position);
            query.Add("limit", request.Limit);
        },
        ReadAnswer = (answer, response) => response.Tags = Shapes.Map(answer, "tags"),
    };
}
