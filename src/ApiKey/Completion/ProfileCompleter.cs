using ApiKey.Service;
using ApiKey.Session;

namespace ApiKey.Completion;

/// <summary>Profiles of the shared files, or of the connection's own file.</summary>
public sealed class ProfileCompleter : SessionCompleter
{
    private protected override IAsyncEnumerable<Suggestion> FindAsync(ApiGatewayConnection connection, string word,
        CancellationToken cancellationToken) =>
        AdapterHost.Adapter.ListProfiles(connection.ProfileLocation)
            .Where(profile => profile.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(profile => new Suggestion(profile.Name, profile.Description))
            .InTurn();
}
