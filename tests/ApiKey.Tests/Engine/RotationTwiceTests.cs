using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>A key and its successor in one pipeline: the successor is not rotated in its turn.</summary>
public sealed class RotationTwiceTests
{
    [Theory]
    [InlineData("")]
    [InlineData("-Force")]
    public void ASuccessorThatIsReadWhenItsOldKeyIsGoneIsLeftAlone(string force)
    {
        SlowSuccessor? door = null;
        using ModuleSession session = new(inner => door = new SlowSuccessor(inner));
        ApiKeyRotationInfo kept = session.One<ApiKeyRotationInfo>(
            "New-ApiGatewayApiKey acme | Invoke-ApiGatewayApiKeyRotation -OldKey Disable");
        door!.Successor = kept.New.Id;
        Outcome outcome = session.Run("$args | Invoke-ApiGatewayApiKeyRotation -OldKey Remove -ThrottleLimit 2 -Confirm:$false -Verbose "
            + force, kept.Old!.Id, kept.New.Id);
        Assert.Empty(outcome.ErrorTexts);
        Assert.Empty(outcome.Warnings);
        Assert.Equal(kept.New.Id, Assert.IsType<ApiKeyRotationInfo>(Assert.Single(outcome.Output).BaseObject).New.Id);
        Assert.Contains($"API key '{kept.New.Id}' was rotated already, or made, by this command; it is left alone.", outcome.Chatter);
        Assert.Equal(kept.New.Id, session.One<ApiKeyInfo>("Get-ApiGatewayApiKey").Id);
    }

    [Theory]
    [InlineData("Keep")]
    [InlineData("Remove")]
    public void AKeyThatIsListedAfterThisCommandMadeItIsLeftAlone(string oldKey)
    {
        using ModuleSession session = new();
        Assert.Single(session.Good("$key = New-ApiGatewayApiKey acme; & { $key; Get-ApiGatewayApiKey } "
            + $"| Invoke-ApiGatewayApiKeyRotation -OldKey {oldKey} -Force -Confirm:$false"));
    }

    /// <summary>Lets a successor be read only once some key was deleted.</summary>
    private sealed class SlowSuccessor(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly TaskCompletionSource _isDeleted = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string? Successor { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Successor is not null && request.RequestUri!.AbsolutePath == $"/apikeys/{Successor}")
            {
                await _isDeleted.Task.WaitAsync(cancellationToken);
            }

            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            if (request.Method == HttpMethod.Delete)
            {
                _isDeleted.TrySetResult();
            }

            return answer;
        }
    }
}
