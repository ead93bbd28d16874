namespace ApiKey.Calls;

/// <summary>GetRestApi: whether the API takes keys from its authorizer, and not from the header.</summary>
internal sealed record GetKeySource(string ApiId) : Call<ApiKeySource>;

/// <summary>GetStage: which deployment it serves.</summary>
internal sealed record GetStageDeployment(string ApiId, string Stage) : Call<StageDeployment>;

/// <summary>GetDeployment: the methods as they were deployed.</summary>
internal sealed record GetDeployedMethods(string ApiId, string DeploymentId) : Call<IReadOnlyList<ApiMethod>>;

/// <summary>GetResources: a page of the methods as they are now.</summary>
internal sealed record ListMethods(string ApiId, string? Position) : Call<Page<ApiMethod>>
{
    public override string? Secret => Position;
}

/// <summary>Where an API's keys come from.</summary>
/// <param name="IsAuthorizer">Whether it is the authorizer.</param>
internal sealed record ApiKeySource(bool IsAuthorizer);

/// <summary>What a stage serves.</summary>
/// <param name="Id">The deployment.</param>
internal sealed record StageDeployment(string Id);

/// <summary>A method of an API.</summary>
/// <param name="Path">The path of its resource, for example <c>/orders/{id}</c>.</param>
/// <param name="Verb">Its verb, or ANY.</param>
/// <param name="NeedsKey">Whether it asks for a key.</param>
/// <param name="ResourceId">The id of its resource; null when it is not known.</param>
internal sealed record ApiMethod(string Path, string Verb, bool NeedsKey, string? ResourceId = null)
{
    /// <summary>For reading: <c>GET /orders</c>.</summary>
    public override string ToString() => $"{Verb} {Path}";
}
