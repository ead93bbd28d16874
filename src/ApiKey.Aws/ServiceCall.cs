using ApiKey.Service;

namespace ApiKey.Aws;

/// <summary>Makes one call on the service client and tells its failures in the module's own terms.</summary>
internal static class ServiceCall
{
    /// <summary>Makes a call.</summary>
    /// <param name="iamAction">The IAM action it needs, for an error that says so.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">What the call was given to end it.</param>
    /// <param name="secrets">What of the request must not come back in a text.</param>
    /// <exception cref="ApiGatewayException">The call failed.</exception>
    public static async Task<T> RunAsync<T>(string iamAction, Func<Task<T>> call, CancellationToken cancellationToken, Secrets secrets = default)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && failure is not ApiGatewayException)
        {
            throw Failures.Translate(failure, iamAction, secrets);
        }
        catch (Exception failure) when (cancellationToken.IsCancellationRequested && failure is not OperationCanceledException)
        {
            // However the SDK ends a call that was cancelled, to the caller it is cancelled.
            throw new OperationCanceledException(failure.Message, failure, cancellationToken);
        }
    }
}
