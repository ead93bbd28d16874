using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>What a rotation makes of a key and its successor in one pipeline does not depend on how many calls are under way at
/// once.</summary>
public sealed class RotationOrderTests
{
    private static readonly string[][] Orders =
        [["o", "s", "t"], ["o", "t", "s"], ["s", "o", "t"], ["s", "t", "o"], ["t", "o", "s"], ["t", "s", "o"]];

    public static TheoryData<string, bool, string> Cases
    {
        get
        {
            TheoryData<string, bool, string> all = [];
            foreach (string oldKey in Enum.GetNames<OldKeyAction>())
            {
                foreach (string[] order in Orders)
                {
                    all.Add(oldKey, true, string.Join(' ', order));
                    all.Add(oldKey, false, string.Join(' ', order));
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheOrderOfThePipelineDecides(string oldKey, bool force, string order)
    {
        Assert.Equal(Rotate(oldKey, force, order, calls: 1), Rotate(oldKey, force, order, calls: 4));
    }

    // The successor looks, and its old key is held up until it has: it waits all the same.
    [Fact]
    public void ASuccessorThatIsReadBeforeItsOldKeyClaimsItIsLeftAlone()
    {
        Gate? gate = null;
        using ModuleSession session = new(inner => gate = new Gate(inner));
        ApiKeyRotationInfo kept = session.One<ApiKeyRotationInfo>("New-ApiGatewayApiKey acme | Invoke-ApiGatewayApiKeyRotation");
        gate!.Hold(request => request.RequestUri!.AbsolutePath == $"/apikeys/{kept.Old!.Id}" && request.Method == HttpMethod.Get,
            until: request => request.RequestUri!.AbsolutePath == "/apikeys" && request.Method == HttpMethod.Get);
        Outcome outcome = session.Run("$args | Invoke-ApiGatewayApiKeyRotation -Force -ThrottleLimit 2 -Verbose", kept.Old!.Id,
            kept.New.Id);
        Assert.Empty(outcome.ErrorTexts);
        Assert.Empty(outcome.Warnings);
        Assert.Equal(kept.New.Id, Assert.IsType<ApiKeyRotationInfo>(Assert.Single(outcome.Output).BaseObject).New.Id);
        Assert.Contains($"API key '{kept.New.Id}' was rotated already, or made, by this command; it is left alone.", outcome.Chatter);
        Assert.Equal(2, session.Good("Get-ApiGatewayApiKey").Count);
    }

    // The old key is looked at while its successor, which comes first, is not removed yet.
    [Fact]
    public void ASuccessorThatIsRemovedFirstIsNotGoneOnWith()
    {
        Gate? gate = null;
        using ModuleSession session = new(inner => gate = new Gate(inner));
        ApiKeyRotationInfo kept = session.One<ApiKeyRotationInfo>("New-ApiGatewayApiKey acme | Invoke-ApiGatewayApiKeyRotation");
        string old = $"/apikeys/{kept.Old!.Id}";
        gate!.Hold(request => request.Method == HttpMethod.Post, until: request => request.RequestUri!.AbsolutePath == "/apikeys"
            && request.Method == HttpMethod.Get && gate.Seen.Contains(old));
        Outcome outcome = session.Run("$args | Invoke-ApiGatewayApiKeyRotation -OldKey Remove -Force -ThrottleLimit 2 -Confirm:$false",
            kept.New.Id, kept.Old!.Id);
        Assert.Empty(outcome.ErrorTexts);
        Assert.Equal(outcome.Output.Select(one => ((ApiKeyRotationInfo)one.BaseObject).New.Id).Order(StringComparer.Ordinal),
            session.Good("(Get-ApiGatewayApiKey).Id").Select(id => id.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(2, outcome.Output.Count);
    }

    // Three keys, each the successor of the one before, are rotated in that order; everything that can be seen of it, with each id as what
    // it came from.
    private static string Rotate(string oldKey, bool force, string order, int calls)
    {
        using ModuleSession session = new(inner => calls == 1 ? inner : new Jitter(inner));
        session.Good("$o = New-ApiGatewayApiKey acme; $s = ($o | Invoke-ApiGatewayApiKeyRotation).New; "
            + "$t = ($s | Invoke-ApiGatewayApiKeyRotation -Force).New");
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        foreach (string name in new[] { "o", "s", "t" })
        {
            names.Add(session.Good($"${name}.Id")[0].ToString(), name);
        }

        string ids = string.Join(", ", order.Split(' ').Select(name => $"${name}.Id"));
        Outcome outcome = session.Run($"{ids} | Invoke-ApiGatewayApiKeyRotation -OldKey {oldKey} -ThrottleLimit {calls} -Confirm:$false "
            + (force ? "-Force" : ""));
        ApiKeyRotationInfo[] rotations = [.. outcome.Output.Select(one => (ApiKeyRotationInfo)one.BaseObject)];
        foreach (ApiKeyRotationInfo rotation in rotations)
        {
            names.TryAdd(rotation.New.Id, $"{names[rotation.Old!.Id]}+");
        }

        IEnumerable<string> left = session.Good("Get-ApiGatewayApiKey").Select(key => (ApiKeyInfo)key.BaseObject)
            .Select(key => $"{names.GetValueOrDefault(key.Id, "?")} from {Name(key.RotatedFrom)} to {Name(key.RotatedTo)} {key.Enabled}")
            .Order(StringComparer.Ordinal);
        return string.Join('\n',
        [
            .. rotations.Select(one => $"{names[one.Old!.Id]} -> {names[one.New.Id]}: {one.OldKey}"), "left:", .. left,
            "warnings:", .. outcome.Warnings, "errors:", .. outcome.Errors.Select(error => error.FullyQualifiedErrorId),
        ]);

        string Name(string? id) => id is null ? "-" : names.GetValueOrDefault(id, "?");
    }

    /// <summary>Holds some requests back until another one was answered.</summary>
    private sealed class Gate(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly TaskCompletionSource _isOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly System.Collections.Concurrent.ConcurrentBag<string> _seen = [];
        private Func<HttpRequestMessage, bool>? _isHeld;
        private Func<HttpRequestMessage, bool>? _opens;

        public IEnumerable<string> Seen => _seen;

        public void Hold(Func<HttpRequestMessage, bool> requests, Func<HttpRequestMessage, bool> until)
        {
            _seen.Clear();
            (_isHeld, _opens) = (requests, until);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (_isHeld?.Invoke(request) is true)
            {
                await _isOpen.Task.WaitAsync(cancellationToken);
            }

            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            if (_opens?.Invoke(request) is true)
            {
                _isOpen.TrySetResult();
            }

            _seen.Add(request.RequestUri!.AbsolutePath);
            return answer;
        }
    }

    /// <summary>Lets requests overtake each other.</summary>
    private sealed class Jitter(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly Random _random = new(1);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            int turns;
            lock (_random)
            {
                turns = _random.Next(5);
            }

            for (; turns > 0; turns--)
            {
                await Task.Yield();
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
