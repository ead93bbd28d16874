using Amazon.Runtime.CredentialManagement;
using Amazon.Util;
using ApiKey.Service;

namespace ApiKey.Aws;

/// <summary>A setting and where it came from.</summary>
internal readonly record struct Found(string Value, string Source);

/// <summary>Finds the region in the order the AWS tools share: parameter, profile, environment, default profile, instance.</summary>
internal static class RegionFinder
{
    private const string EmulatorRegion = "us-east-1";

    // Without an instance there is nobody to answer, and a user at the prompt should not wait for that.
    private static readonly TimeSpan InstanceTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The region; null when there is none to be found.</summary>
    /// <param name="connection">What was specified.</param>
    /// <param name="askInstance">Whether the instance metadata service may be asked, which is a call.</param>
    public static Found? Find(ApiGatewayConnection connection, bool askInstance) =>
        From(connection.Region, "-Region")
        ?? (connection.ProfileName is { } profile ? From(RegionOf(profile, connection.ProfileLocation), $"profile '{profile}'") : null)
        ?? From(Environment.GetEnvironmentVariable("AWS_REGION"), "environment AWS_REGION")
        ?? From(Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION"), "environment AWS_DEFAULT_REGION")
        ?? From(RegionOf(CredentialFinder.DefaultProfile, connection.ProfileLocation), $"profile '{CredentialFinder.DefaultProfile}'")
        ?? From(connection.IsEmulator ? EmulatorRegion : null, "emulator's default")
        ?? (askInstance ? From(AskInstance(), "instance metadata") : null);

    /// <summary>Refuses text that cannot be part of a host name.</summary>
    public static void Check(string region)
    {
        if (ConnectionRules.ProblemOfRegion(region) is { } problem)
        {
            throw new ApiGatewayException(ApiGatewayErrorKind.InvalidConfiguration, problem);
        }
    }

    private static Found? From(string? value, string source) => string.IsNullOrWhiteSpace(value) ? null : new Found(value.Trim(), source);

    private static string? RegionOf(string profile, string? location) =>
        CredentialFinder.Profiles(location).TryGetProfile(profile, out CredentialProfile found) ? found.Region?.SystemName : null;

    private static string? AskInstance()
    {
        if (!EC2InstanceMetadata.IsIMDSEnabled)
        {
            return null;
        }

        Task<string?> answer = Task.Run(() => EC2InstanceMetadata.Region?.SystemName);
        try
        {
            return answer.Wait(InstanceTimeout) ? answer.Result : null;
        }
        catch (AggregateException)
        {
            // Not on an instance: then there is no region from there, which is an answer too.
            return null;
        }
    }
}
