using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using ApiKey.Calls;
using ApiKey.Formats;
using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Session;

/// <summary>
/// Whether a region exists, as far as the SDK knows. A misspelt one leads to a host that does not exist, which looks like trouble with
/// the network. It is a warning and no error, because new regions come sooner than new versions of the SDK.
/// </summary>
internal static class RegionCheck
{
    // Two letters exchanged are two slips.
    private const int MostSlips = 2;

    // Where people look for a city: Frankfurt, Ohio.
    private const int ShortestCity = 4;

    private static readonly ConditionalWeakTable<Runspace, HashSet<string>> Warned = [];

    /// <summary>The warning about a region that nobody knows, once in a session. An endpoint of one's own and the emulator have any
    /// region.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="region">Its region, wherever it was found.</param>
    /// <returns>The warning; null for none.</returns>
    public static string? WarningOf(ApiGatewayConnection connection, string region)
    {
        if (connection.IsEmulator || connection.EndpointUrl is not null)
        {
            return null;
        }

        IReadOnlyList<NamedRegion> known = AdapterHost.Adapter.ListRegions();
        return known.Any(one => one.Name == region)
            || !LeadsToAws(connection with { Region = region })
            || !Warned.GetOrCreateValue(Runspace.DefaultRunspace).Add(region)
            ? null
            : $"Region {Show.Quote(region)} is not known.{(NearestTo(region, known) is { } near ? $" Did you mean '{near}'?" : "")} "
                + "AWS may have added it since this version was made; then ignore this warning. Tab after -Region lists the known ones.";
    }

    private static bool LeadsToAws(ApiGatewayConnection connection)
    {
        try
        {
            return AdapterHost.Adapter.Describe(connection).EndpointSource == ConnectionReport.EndpointOfAws;
        }
        catch (ApiGatewayException)
        {
            // A profile that does not exist, for example: the first call reports that.
            return false;
        }
    }

    private static string? NearestTo(string region, IReadOnlyList<NamedRegion> known)
    {
        NamedRegion near = known.MinBy(one => Spelling.Distance(region, one.Name))!;
        return Spelling.Distance(region, near.Name) <= MostSlips ? near.Name
            : region.Length < ShortestCity ? null
            : known.FirstOrDefault(one => one.DisplayName.Contains(region, StringComparison.OrdinalIgnoreCase))?.Name;
    }
}
