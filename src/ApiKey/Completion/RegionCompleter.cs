using ApiKey.Service;
using ApiKey.Session;

namespace ApiKey.Completion;

/// <summary>Regions that the SDK knows. Another one may be typed: new regions come sooner than new SDKs.</summary>
public sealed class RegionCompleter : SessionCompleter
{
    private protected override IAsyncEnumerable<Suggestion> FindAsync(ApiGatewayConnection connection, string word,
        CancellationToken cancellationToken) =>
        AdapterHost.Adapter.ListRegions()
            .Where(region => region.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(region => new Suggestion(region.Name, region.DisplayName))
            .InTurn();
}
