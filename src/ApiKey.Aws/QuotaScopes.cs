using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.APIGateway;
using Amazon.Runtime;
using ApiKey.Calls;
using ApiKey.Service;

namespace ApiKey.Aws;

/// <summary>Finds whose quotas calls count against, without a call: the account is written in the access key id.</summary>
internal static class QuotaScopes
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int PrefixLength = 4;
    private const int EncodedLength = 10;

    private static readonly SearchValues<char> Base32Characters = SearchValues.Create(Base32);

    /// <summary>How to find a connection's scope once its region is known.</summary>
    public static Func<string, CancellationToken, Task<QuotaScope>> Finder(ApiGatewayConnection connection, AWSCredentials? credentials,
        AmazonAPIGatewayConfig config)
    {
        if (connection.Transport is { } transport)
        {
            return (region, _) => Task.FromResult(new QuotaScope(string.Create(CultureInfo.InvariantCulture,
                $"emulator {RuntimeHelpers.GetHashCode(transport)} {region}"), IsAws: false));
        }

        if (config.ServiceURL is { Length: > 0 } endpoint)
        {
            return (region, _) => Task.FromResult(new QuotaScope($"{endpoint} {region}", IsAws: false));
        }

        return async (region, cancellationToken) =>
        {
            AWSCredentials source = credentials ?? CredentialFinder.FindDefault(config);
            ImmutableCredentials given = await source.GetCredentialsAsync().WaitAsync(cancellationToken);
            return new QuotaScope($"{AccountOf(given)} {region}", IsAws: true);
        };
    }

    /// <summary>
    /// The account of credentials: named by them, or read out of the access key id (the ten characters after its prefix hold it
    /// since 2019; sts:GetAccessKeyInfo answers the same). Of an older key id, the id itself.
    /// </summary>
    public static string AccountOf(ImmutableCredentials credentials)
    {
        string id = credentials.AccessKey;
        if (!string.IsNullOrEmpty(credentials.AccountId))
        {
            return credentials.AccountId;
        }

        if (id.Length != 20 || id.AsSpan(PrefixLength).ContainsAnyExcept(Base32Characters))
        {
            return id;
        }

        ulong bits = 0;
        foreach (char character in id.AsSpan(PrefixLength, EncodedLength))
        {
            bits = (bits << 5) | (uint)Base32.IndexOf(character, StringComparison.Ordinal);
        }

        // 50 bits: the first tells the newer form, the next 40 are the account.
        bool isNewer = bits >> 49 == 1;
        return isNewer ? ((bits >> 9) & 0xFF_FFFF_FFFF).ToString("D12", CultureInfo.InvariantCulture) : id;
    }
}
