using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Service;
using Microsoft.Extensions.Time.Testing;

namespace ApiKey.Tests.Engine;

/// <summary>Where a rotation meets a limit of tags, keys that changed since they were read, and a rotation that is over already.</summary>
public sealed class RotationEndTests : IDisposable
{
    private const string Region = "eu-central-1";

    private readonly List<string> _requests = [];
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ModuleSession _session;

    public RotationEndTests()
    {
        _session = new ModuleSession(
            inner => new StubHandler(inner, (request, _) =>
            {
                _requests.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
                return Task.FromResult<HttpResponseMessage?>(null);
            }),
            new ApiGatewayConnection { Region = Region, Clock = _clock },
            emulator: new ApiGatewayEmulator(_clock));
    }

    [Theory]
    [InlineData(49, false, "Keep", true)]
    [InlineData(49, false, "Remove -Force", true)]
    [InlineData(50, false, "Keep", false)]
    [InlineData(50, false, "Remove -Force", false)]
    [InlineData(48, true, "Keep", true)]
    [InlineData(48, true, "Remove -NoWait", true)]
    [InlineData(49, true, "Keep", false)]
    [InlineData(49, true, "Disable -Force", false)]
    [InlineData(49, true, "Remove -NoWait", false)]
    [InlineData(49, true, "Remove", false)]
    [InlineData(49, true, "Remove -Force", true)]
    [InlineData(49, true, "Remove", true, false)]
    [InlineData(49, true, "Remove", true, true, false)]
    public void EachKeyNeedsRoomForItsMark(int tags, bool isSuccessor, string oldKey, bool isRotated, bool isEnabled = true,
        bool isInPlan = true)
    {
        Dictionary<string, string> all = Enumerable.Range(0, tags).ToDictionary(number => $"t{number}", _ => "v");
        if (isSuccessor)
        {
            // Of a key that is gone. Its successor's mark replaces this one; on the key itself both stand.
            all["apikey:rotated-from"] = "gone";
        }

        string id = _session.Emulator.Seed(new SeedKey { Region = Region, Name = "full", Tags = all, Enabled = isEnabled });
        if (isInPlan)
        {
            _session.Good("Add-ApiGatewayUsagePlanKey (New-ApiGatewayUsagePlan gold) $args[0]", id);
        }

        int before = _requests.Count;
        Outcome outcome = _session.Run($"Invoke-ApiGatewayApiKeyRotation $args[0] -OldKey {oldKey} -Confirm:$false", id);
        if (isRotated)
        {
            Assert.Single(outcome.Output);
            Assert.DoesNotContain("InvalidRequest", outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        }
        else
        {
            Assert.Contains($"has {all.Count} tags, and rotation puts one more on each key; AWS allows 50.", outcome.Error.ToString());
            Assert.All(_requests.Skip(before), request => Assert.StartsWith("GET ", request, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void ARotationThatIsOverSaysAgainFromWhenTheSuccessorIsReliable()
    {
        const string Script = "$key | Invoke-ApiGatewayApiKeyRotation -OldKey Remove -Force -Confirm:$false";
        _session.Good("$key = New-ApiGatewayApiKey acme -UsagePlanId (New-ApiGatewayUsagePlan gold)");
        ApiKeyRotationInfo first = _session.One<ApiKeyRotationInfo>(Script);
        Assert.Equal(_clock.GetUtcNow().AddSeconds(90), first.ReliableFrom);
        ApiKeyRotationInfo again = _session.One<ApiKeyRotationInfo>(Script);
        Assert.Equal((OldKeyState.Removed, first.New.Id, first.ReliableFrom), (again.OldKey, again.New.Id, again.ReliableFrom));
    }

    [Fact]
    public void ARotationThatBeganUnderTheNewNameOfAKeyIsFinished()
    {
        _session.Good("$key = New-ApiGatewayApiKey acme; Set-ApiGatewayApiKey $key -Name other");
        string id = _session.One<ApiKeyInfo>("$key").Id;
        string successor = _session.Emulator.Seed(new SeedKey
        {
            Region = Region,
            Name = "other",
            Tags = new Dictionary<string, string> { ["apikey:rotated-from"] = id },
        });
        Assert.Equal(successor, _session.One<ApiKeyRotationInfo>("$key | Invoke-ApiGatewayApiKeyRotation").New.Id);
    }

    [Theory]
    [InlineData("$key.Id")]
    [InlineData("$key")]
    public void TheValueOfTheOldKeyIsNotAskedFor(string key)
    {
        _session.Good("$key = New-ApiGatewayApiKey acme; Set-ApiGatewayApiKey $key -Name other");
        string path = $"GET /apikeys/{_session.One<ApiKeyInfo>("$key").Id}";
        _requests.Clear();
        _session.Good($"{key} | Invoke-ApiGatewayApiKeyRotation");
        string read = Assert.Single(_requests, request => request.StartsWith(path, StringComparison.Ordinal));
        Assert.DoesNotContain("includeValue=true", read, StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => _session.Dispose();
}
