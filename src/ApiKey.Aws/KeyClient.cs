using System.Net.Sockets;
using Amazon.APIGateway;
using Amazon.APIGateway.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace ApiKey.Aws;

/// <summary>The service client with a retry policy that never makes a second key of one request.</summary>
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
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new SafeRetryPolicy(Config)));
    }

    /// <summary>
    /// The SDK's standard policy, less two things: a fixed quota is not waited for, and a create is repeated only when it is
    /// certain that AWS made no key (CreateApiKey has no idempotency token).
    /// </summary>
    private sealed class SafeRetryPolicy(IClientConfig config) : StandardRetryPolicy(config)
    {
        public override bool RetryForException(IExecutionContext executionContext, Exception exception) =>
            MayRepeat(executionContext, exception) && base.RetryForException(executionContext, exception);

        public override Task<bool> RetryForExceptionAsync(IExecutionContext executionContext, Exception exception) =>
            MayRepeat(executionContext, exception) ? base.RetryForExceptionAsync(executionContext, exception) : Task.FromResult(false);

        private static bool MayRepeat(IExecutionContext context, Exception exception) => exception switch
        {
            LimitExceededException => false,
            TooManyRequestsException => true,
            _ => context.RequestContext.OriginalRequest is not CreateApiKeyRequest || NeverArrived(exception),
        };

        private static bool NeverArrived(Exception? exception) => exception switch
        {
            null => false,
            SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable or SocketError.NetworkUnreachable } => true,
            HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } => true,
            _ => NeverArrived(exception.InnerException),
        };
    }
}
