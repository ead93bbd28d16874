using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Session;

/// <summary>Whether the profile of a connection can be used. What speaks against it is a warning and no error, because it may be made or
/// fixed before the first call.</summary>
internal static class ProfileCheck
{
    /// <summary>The warning about a profile that is nowhere or not whole; null for none.</summary>
    public static string? WarningOf(ApiGatewayConnection connection)
    {
        if (connection.ProfileName is not { } name)
        {
            return null;
        }

        try
        {
            return AdapterHost.Adapter.FindProblem(name, connection.ProfileLocation);
        }
        catch (ApiGatewayException unreadable)
        {
            return $"Whether there is a profile {Show.Quote(name)} is not known. {unreadable.Message.TrimEnd('.')}.";
        }
    }
}
