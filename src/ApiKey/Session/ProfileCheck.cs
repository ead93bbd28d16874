using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Session;

/// <summary>Whether the profile of a connection exists. It is a warning and no error, because it may be made before the first
/// call.</summary>
internal static class ProfileCheck
{
    /// <summary>The warning about a profile that is nowhere; null for none.</summary>
    public static string? WarningOf(ApiGatewayConnection connection)
    {
        if (connection.ProfileName is not { } name)
        {
            return null;
        }

        string[] known;
        try
        {
            known = [.. AdapterHost.Adapter.ListProfiles(connection.ProfileLocation).Select(profile => profile.Name)];
        }
        catch (ApiGatewayException unreadable)
        {
            return $"Whether there is a profile {Show.Quote(name)} is not known. {unreadable.Message.TrimEnd('.')}.";
        }

        return known.Contains(name, StringComparer.Ordinal) ? null : $"There is no profile {Show.Quote(name)} yet. "
            + (known.Length == 0 ? "There are no profiles; 'aws configure' makes one." : $"There are: {string.Join(", ", known)}.");
    }
}
