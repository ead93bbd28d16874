using Amazon.APIGateway.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;

namespace Amazon.APIGateway;

/// <summary>Settings of a client for Amazon API Gateway.</summary>
public class AmazonAPIGatewayConfig : ClientConfig
{
    // "Legacy" is what every AWS SDK does when nothing is set; the other modes only change time-outs and retry.
    private static readonly IDefaultConfiguration[] Modes =
        [.. Enum.GetValues<DefaultConfigurationMode>()
            .Select(mode => new DefaultConfiguration { Name = mode, RetryMode = RequestRetryMode.Standard })];

    /// <summary>Settings with the SDK's defaults.</summary>
    public AmazonAPIGatewayConfig()
        : base(new DefaultConfigurationProvider(Modes))
    {
        ServiceId = "API Gateway";
        AuthenticationServiceName = "apigateway";
        EndpointProvider = new APIGatewayEndpointProvider();
    }

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "apigateway";

    /// <inheritdoc/>
    public override string ServiceVersion => "2015-07-09";

    /// <inheritdoc/>
    public override string UserAgent { get; } = $"ApiKey/{typeof(AmazonAPIGatewayConfig).Assembly.GetName().Version!.ToString(3)}";

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        RequestContext request = new(false)
        {
            ClientConfig = this,
            OriginalRequest = parameters.Request,
            Request = new DefaultRequest(parameters.Request, "APIGateway"),
        };
        return new APIGatewayEndpointResolver().GetEndpoint(new Amazon.Runtime.Internal.ExecutionContext(request, null));
    }
}
