using Amazon.APIGateway;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace ApiKey.Aws;

/// <summary>The service client without the SDK's retry: what to repeat and when is decided above it, for every call alike.</summary>
internal sealed class KeyClient : AmazonAPIGatewayClient
{
    private KeyClient(AmazonAPIGatewayConfig config)
        : base(config)
    {
    }

    private KeyClient(AWSCredentials credentials, AmazonAPIGatewayConfig config)
        : base(credentials, config)
    {
    }

    /// <summary>A client; without credentials the SDK's default chain finds them at the first call.</summary>
    public static KeyClient Create(AWSCredentials? credentials, AmazonAPIGatewayConfig config) =>
        credentials is null ? new KeyClient(config) : new KeyClient(credentials, config);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new ClockSkewPolicy(Config)));

        // They do nothing here, and .NET compiles for each what awaiting it takes: API Gateway has no endpoint discovery, nobody listens
        // for failures, and the SDK's log of durations is off.
        pipeline.RemoveHandler<EndpointDiscoveryHandler>();
        pipeline.RemoveHandler<ErrorCallbackHandler>();
        pipeline.RemoveHandler<MetricsHandler>();
    }

    // One thing is left to the SDK: when this machine's clock is wrong it learns the right time from the refusal and signs again.
    private sealed class ClockSkewPolicy(IClientConfig config) : StandardRetryPolicy(config)
    {
        public override bool RetryForException(IExecutionContext executionContext, Exception exception) => false;

        public override Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception)
            => Task.FromResult(false);
    }
}
