namespace ApiKey.Emulator;

/// <summary>What runs an operation.</summary>
/// <param name="store">The keys of the region.</param>
/// <param name="call">The request taken apart.</param>
/// <param name="now">The time in whole seconds since 1970.</param>
internal delegate ReadOnlyMemory<byte> RunOperation(RegionStore store, Call call, long now);

/// <summary>One operation of the service: where it listens and what runs it.</summary>
/// <param name="Name">Its name in the service model.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Collection">The first segment of the path.</param>
/// <param name="HasParameter">Whether a second segment follows.</param>
/// <param name="SuccessStatus">The status of its success.</param>
/// <param name="Run">What runs it.</param>
internal sealed record Operation(string Name, string Method, string Collection, bool HasParameter, int SuccessStatus, RunOperation Run)
{
    private static readonly Operation[] All =
    [
        new("CreateApiKey", "POST", "apikeys", false, 201, KeyOperations.Create),
        new("GetApiKeys", "GET", "apikeys", false, 200, (store, call, _) => KeyOperations.List(store, call)),
        new("GetApiKey", "GET", "apikeys", true, 200, (store, call, _) => KeyOperations.Get(store, call)),
        new("UpdateApiKey", "PATCH", "apikeys", true, 200, KeyOperations.Update),
        new("DeleteApiKey", "DELETE", "apikeys", true, 202, (store, call, _) => KeyOperations.Delete(store, call)),
        new("TagResource", "PUT", "tags", true, 204, (store, call, _) => TagOperations.Tag(store, call)),
        new("UntagResource", "DELETE", "tags", true, 204, (store, call, _) => TagOperations.Untag(store, call)),
        new("GetTags", "GET", "tags", true, 200, (store, call, _) => TagOperations.Get(store, call)),
    ];

    /// <summary>Finds the operation a request is for.</summary>
    public static (Operation Operation, Call Call) Match(EmulatorRequest request)
    {
        int mark = request.Target.IndexOf('?', StringComparison.Ordinal);
        string path = (mark < 0 ? request.Target : request.Target[..mark]).TrimStart('/');
        string query = mark < 0 ? "" : request.Target[(mark + 1)..];

        // An ARN may come with its slashes encoded or not, so the parameter is all that follows the first segment.
        int slash = path.IndexOf('/', StringComparison.Ordinal);
        string collection = slash < 0 ? path : path[..slash];
        string? parameter = slash < 0 || slash == path.Length - 1 ? null : Uri.UnescapeDataString(path[(slash + 1)..]);
        Operation operation = Array.Find(All, candidate => candidate.Method == request.Method && candidate.Collection == collection && candidate.HasParameter == parameter is not null)
            ?? throw new ServiceError(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
        return operation.Name == "CreateApiKey" && query.Contains("mode=import", StringComparison.Ordinal)
            ? throw new ServiceError(501, "NotImplementedException", "This emulator does not know ImportApiKeys yet")
            : (operation, new Call(request, parameter, query));
    }
}
