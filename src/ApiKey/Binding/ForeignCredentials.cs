using System.Management.Automation;
using ApiKey.Service;

namespace ApiKey.Binding;

/// <summary>
/// Reads credentials from what a user has at hand: a PSCredential (access key and secret), a credentials object of AWS.Tools
/// (anything with GetCredentials()), or the answer of an STS call (AccessKeyId, SecretAccessKey, SessionToken). No AWS type is
/// named: the user's modules bring their own versions.
/// </summary>
internal static class ForeignCredentials
{
    private static readonly string[] AccessKeyNames = ["AccessKey", "AccessKeyId"];
    private static readonly string[] SecretKeyNames = ["SecretKey", "SecretAccessKey"];
    private static readonly string[] TokenNames = ["Token", "SessionToken"];

    /// <summary>How to get credentials from an object, each time anew because temporary ones renew themselves; null when it holds
    /// none.</summary>
    public static Func<GivenCredentials>? Reader(PSObject source)
    {
        if (source.BaseObject is PSCredential credential)
        {
            return () => new GivenCredentials(credential.UserName, credential.GetNetworkCredential().Password, null);
        }

        if (source.Methods["GetCredentials"] is { } method)
        {
            return () => Read(PSObject.AsPSObject(method.Invoke())) ?? throw NotCredentials();
        }

        return Read(source) is { } given ? () => given : null;
    }

    private static GivenCredentials? Read(PSObject source) =>
        Text(source, AccessKeyNames) is { } accessKey && Text(source, SecretKeyNames) is { } secretKey
            ? new GivenCredentials(accessKey, secretKey, Text(source, TokenNames))
            : null;

    private static string? Text(PSObject source, string[] names) =>
        names.Select(name => source.Properties[name]?.Value as string).FirstOrDefault(text => !string.IsNullOrEmpty(text));

    private static ApiGatewayException NotCredentials() =>
        new(ApiGatewayErrorKind.NoCredentials,
            "The object given to -Credential returned no access key and secret. Give a PSCredential, or what Get-AWSCredential returns.");
}
