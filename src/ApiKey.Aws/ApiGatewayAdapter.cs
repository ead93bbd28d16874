using Amazon;
using Amazon.APIGateway;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using ApiKey.Calls;
using ApiKey.Service;

namespace ApiKey.Aws;

/// <summary>The AWS side: makes clients and says what is in force. The module creates it by name on the first call.</summary>
internal sealed class ApiGatewayAdapter : IApiGatewayAdapter
{
    // The SDK adds whatever it was asked for to its list, under this name.
    private const string NameOfUnknownRegion = "Unknown";

    // Another name of us-east-1, which only S3 has.
    private const string Regional = "-regional";

    /// <inheritdoc/>
    public IApiGateway Open(ApiGatewayConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return Translated<IApiGateway>(() => OpenClient(connection));
    }

    private static AwsApiGateway OpenClient(ApiGatewayConnection connection)
    {
        // First the profile: one that does not exist explains a missing region too.
        AWSCredentials? source = CredentialFinder.FindSource(connection);
        Found region = RegionFinder.Find(connection, askInstance: true)
            ?? throw new ApiGatewayException(
                ApiGatewayErrorKind.NoRegion,
                "No region was given or found. Give one in one of four ways: -Region on the command, Connect-ApiGateway -Region, the "
                + "environment variable AWS_REGION, or a region in the profile (aws configure).");
        RegionFinder.Check(region.Value);
        AmazonAPIGatewayConfig config = CreateConfig(connection, region.Value);
        if (!connection.IsEmulator && connection.EndpointUrl is null && config.ServiceURL is { Length: > 0 } configured)
        {
            // The AWS configuration may name an endpoint too, and the same holds for it.
            ThrowIf(ConnectionRules.ProblemOfEndpoint(configured, connection.AllowUnencryptedEndpoint));
        }

        AWSCredentials? credentials = CredentialFinder.AssumeRole(connection, source, config);
        KeyClient client = KeyClient.Create(credentials, config);
        return new AwsApiGateway(client, region.Value, QuotaScopes.Finder(connection, credentials, config));
    }

    /// <inheritdoc/>
    public ConnectionReport Describe(ApiGatewayConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return Translated(() => DescribeSettings(connection));
    }

    /// <inheritdoc/>
    public IReadOnlyList<NamedRegion> ListRegions() =>
        [.. RegionEndpoint.EnumerableAllRegions
            .Where(region => region.DisplayName != NameOfUnknownRegion && !region.SystemName.EndsWith(Regional, StringComparison.Ordinal))
            .Select(region => new NamedRegion(region.SystemName, region.DisplayName))
            .OrderBy(region => region.Name, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IReadOnlyList<NamedProfile> ListProfiles(string? location) => Translated(() => CredentialFinder.ListProfiles(location));

    /// <inheritdoc/>
    public string? FindProblem(string name, string? location) => Translated(() => CredentialFinder.FindProblem(name, location));

    // Settings and files are the user's, so whatever the SDK makes of them is reported in the module's own terms.
    private static T Translated<T>(Func<T> find)
    {
        try
        {
            // The SDK reads most settings once; what was changed since is to count. The files' places are the loader's care.
            FallbackInternalConfigurationFactory.Reset();
            return find();
        }
        catch (Exception failure) when (failure is not ApiGatewayException)
        {
            throw Failures.Translate(failure);
        }
    }

    private static void ThrowIf(string? problem)
    {
        if (problem is not null)
        {
            throw new ApiGatewayException(ApiGatewayErrorKind.InvalidConfiguration, problem);
        }
    }

    private static ConnectionReport DescribeSettings(ApiGatewayConnection connection)
    {
        Found? region = RegionFinder.Find(connection, askInstance: false);
        (Uri? endpoint, string? endpointSource) = region is { } found ? DescribeEndpoint(connection, found.Value)
            : (connection.EndpointUrl, null);
        return new ConnectionReport
        {
            Connection = connection,
            Region = region?.Value,
            RegionSource = region?.Source,
            Endpoint = endpoint,
            EndpointSource = endpointSource,
            ProfileName = connection.ProfileName ?? Environment.GetEnvironmentVariable("AWS_PROFILE"),
            CredentialSource = CredentialFinder.Describe(connection),
            RoleArn = connection.RoleArn,
            RequestsPerSecond = connection.RequestsPerSecond,
            MaxAttempts = connection.MaxAttempts ?? ApiGatewayConnection.DefaultMaxAttempts,
            Timeout = connection.Timeout ?? ApiGatewayConnection.DefaultTimeout,
            IsEmulator = connection.IsEmulator,
        };
    }

    private static AmazonAPIGatewayConfig CreateConfig(ApiGatewayConnection connection, string region)
    {
        // Whatever could follow from a new SDK default is set here, so that an update of the SDK changes nothing.
        AmazonAPIGatewayConfig config = new()
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 1,
            MaxStaleConnectionRetries = 0,
            Timeout = Timeout.InfiniteTimeSpan,
            DisableLogging = true,
        };
        if (connection.UseFipsEndpoint is { } fips)
        {
            config.UseFIPSEndpoint = fips;
        }

        if (connection.UseDualStackEndpoint is { } dualStack)
        {
            config.UseDualstackEndpoint = dualStack;
        }

        config.HttpClientFactory = new GuardedHttp(connection.Transport, connection.Around);
        if (connection.IsEmulator)
        {
            // Plain http spares what TLS-only code paths of the SDK would do; nothing leaves the process.
            config.ServiceURL = "http://emulator.invalid";
        }
        else if (connection.EndpointUrl is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
        }

        // Setting an endpoint clears the region, and it is signed for all the same.
        config.AuthenticationRegion = region;
        return config;
    }

    private static (Uri? Endpoint, string Source) DescribeEndpoint(ApiGatewayConnection connection, string region)
    {
        if (connection.IsEmulator)
        {
            return (null, "emulator");
        }

        AmazonAPIGatewayConfig config = CreateConfig(connection, region);
        string url;
        try
        {
            url = config.DetermineServiceOperationEndpoint(
                new ServiceOperationEndpointParameters(new Amazon.APIGateway.Model.GetApiKeysRequest())).URL;
        }
        catch (AmazonClientException contradiction)
        {
            return (null, contradiction.Message);
        }

        string source = connection.EndpointUrl is not null ? "-EndpointUrl"
            : string.IsNullOrEmpty(config.ServiceURL) ? ConnectionReport.EndpointOfAws
            : "the AWS configuration (AWS_ENDPOINT_URL or a profile's endpoint_url)";
        return (new Uri(url), source);
    }
}
