using ApiKey.Access;
using ApiKey.Keys;
using ApiKey.Plans;

namespace ApiKey.Session;

/// <summary>What can be done over one connection.</summary>
/// <param name="Keys">With keys.</param>
/// <param name="Plans">With usage plans.</param>
internal sealed record ServiceOperations(ApiKeyOperations Keys, UsagePlanOperations Plans)
{
    /// <summary>What is read of APIs.</summary>
    public required ApiReads Apis { get; init; }
}
