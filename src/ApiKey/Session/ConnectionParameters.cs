using System.Management.Automation;

namespace ApiKey.Session;

/// <summary>Which parameters of Connect-ApiGateway go together, and which do not.</summary>
internal static class ConnectionParameters
{
    /// <summary>What contradicts itself, and what to do; null when nothing does.</summary>
    /// <param name="bound">What was given, by the names of the parameters.</param>
    public static string? FindContradiction(IReadOnlyDictionary<string, object> bound)
    {
        return Has("AccessKey") != Has("SecretKey") ? "-AccessKey and -SecretKey go together. Give both, or neither."
            : Has("SessionToken") && !Has("AccessKey") ? "-SessionToken goes with -AccessKey and -SecretKey. Give all three."
            : Given("AccessKey", "Credential", "ProfileName") is [_, _, ..] several
                ? $"{string.Join(" and ", several)} each name credentials. Give one of them."
            : !Has("RoleArn") && Given("ExternalId", "RoleSessionName") is [string lone, ..]
                ? $"{lone} goes with -RoleArn. Give the role to assume, or leave it out."
            : !Has("Emulator") && Given("EnforceQuota", "PropagationSeconds", "Fault") is not []
                ? "-EnforceQuota, -PropagationSeconds and -Fault are about the emulator. Use -Emulator too, or leave them out."
            : Has("Emulator") && Given("ProfileName", "UseFipsEndpoint", "UseDualStackEndpoint") is [string needless, ..]
                ? $"-Emulator stands in for AWS, so {needless} has no meaning with it. Leave one of them out."
            : null;

        bool Has(string parameter) => bound.TryGetValue(parameter, out object? value) && value is not SwitchParameter { IsPresent: false };

        string[] Given(params string[] parameters) => [.. parameters.Where(Has).Select(parameter => $"-{parameter}")];
    }
}
