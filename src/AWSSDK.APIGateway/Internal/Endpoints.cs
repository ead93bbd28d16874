using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;
using Amazon.Util;

namespace Amazon.APIGateway.Internal;

/// <summary>Hands the client's settings to the endpoint rules.</summary>
internal sealed class APIGatewayEndpointResolver : BaseEndpointResolver
{
    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters) =>
        InjectHostPrefix(executionContext.RequestContext);

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        IClientConfig config = requestContext.ClientConfig;
        EndpointParameters parameters = new();
        parameters["Region"] = RegionOf(config);
        parameters["UseFIPS"] = config.UseFIPSEndpoint;
        parameters["UseDualStack"] = config.UseDualstackEndpoint;
        parameters["Endpoint"] = config.ServiceURL;
        return parameters;
    }

    private static string? RegionOf(IClientConfig config)
    {
        if (!string.IsNullOrEmpty(config.ServiceURL))
        {
            return string.IsNullOrEmpty(config.AuthenticationRegion) ? AWSSDKUtils.DetermineRegion(config.ServiceURL)
                : config.AuthenticationRegion;
        }

        return config.RegionEndpoint?.SystemName;
    }
}

/// <summary>The service's endpoint rules: its own endpoint, or FIPS and dual stack by partition, or a given one as it is.</summary>
internal sealed class APIGatewayEndpointProvider : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        bool fips = parameters["UseFIPS"] is true;
        bool dualStack = parameters["UseDualStack"] is true;
        if (parameters["Endpoint"] is string { Length: > 0 } given)
        {
            return fips || dualStack
                ? throw new AmazonClientException("Invalid Configuration: FIPS and dual stack do not go with a custom endpoint")
                : new Endpoint(given);
        }

        if (parameters["Region"] is not string { Length: > 0 } region)
        {
            throw new AmazonClientException("Invalid Configuration: Missing Region");
        }

        Partition partition = Fn.Partition(region);
        string host = fips && partition.supportsFIPS ? "apigateway-fips" : "apigateway";
        string suffix = dualStack && partition.supportsDualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;
        return (fips && !partition.supportsFIPS) || (dualStack && !partition.supportsDualStack)
            ? throw new AmazonClientException("FIPS or dual stack is enabled but this partition does not support it")
            : new Endpoint($"https://{host}.{region}.{suffix}");
    }
}

/// <summary>Every operation is signed with SigV4.</summary>
internal sealed class SigV4Resolver : BaseAuthResolverHandler
{
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
}
