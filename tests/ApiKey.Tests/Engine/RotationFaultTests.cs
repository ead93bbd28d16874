using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tests.Emulator;

namespace ApiKey.Tests.Engine;

/// <summary>
/// A rotation fails at every single call it makes, in every way, and a second run finishes it. After each call the state is
/// looked at: until a complete successor is there, the old key is enabled and in its plans.
/// </summary>
public class RotationFaultTests
{
    private const string Setup = """
        $plans = 'gold', 'silver' | New-ApiGatewayUsagePlan
        $key = New-ApiGatewayApiKey acme -Description d -CustomerId c -Tag @{ env = 'prod' } -UsagePlanId $plans
        $null = New-ApiGatewayApiKey acme-other -UsagePlanId $plans[0]
        """;

    public static TheoryData<OldKeyAction, EmulatorFaultKind, bool> Cases
    {
        get
        {
            TheoryData<OldKeyAction, EmulatorFaultKind, bool> cases = [];
            foreach (OldKeyAction action in Enum.GetValues<OldKeyAction>())
            {
                foreach (EmulatorFaultKind kind in new[] { EmulatorFaultKind.ErrorAfter, EmulatorFaultKind.InternalError,
                    EmulatorFaultKind.ResetAfter })
                {
                    cases.Add(action, kind, true);
                    cases.Add(action, kind, false);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task AFailureAtAnyCallLeavesAStateFromWhichASecondRunFinishes(OldKeyAction action, EmulatorFaultKind kind, bool asObject)
    {
        int calls = (await RunAsync(action, kind, asObject, failing: null)).Calls;
        Assert.InRange(calls, 6, 8);
        int failed = 0;
        for (int call = 0; call < calls; call++)
        {
            failed += (await RunAsync(action, kind, asObject, call)).Failed ? 1 : 0;
        }

        // A create whose answer is lost is found again at once; every other failure ends the first run.
        Assert.InRange(failed, calls - 1, calls);
    }

    private static async Task<(int Calls, bool Failed)> RunAsync(OldKeyAction action, EmulatorFaultKind kind, bool asObject, int? failing)
    {
        ApiGatewayEmulator emulator = new();
        using EmulatorClient client = EmulatorClient.InProcess(emulator);
        State state = new(client);
        FailingDoor? path = null;
        using ModuleSession session = new(
            inner => path = new FailingDoor(inner, kind, state.CheckAsync),
            new ApiGatewayConnection { Region = "us-east-1", MaxAttempts = 1, Clock = new SkippingClock() },
            emulator: emulator);
        session.Good(Setup);
        await state.BeginAsync(session.One<ApiKeyInfo>("$key").Id);
        path!.Arm(failing);
        string script = $"{(asObject ? "$key" : "$key.Id")} | Invoke-ApiGatewayApiKeyRotation -OldKey {action} -Confirm:$false";
        Outcome first = session.Run(script);
        int calls = path.Calls;
        path.Arm(failing: null);
        Outcome last = first.Errors.Count > 0 ? session.Run(script) : first;
        string where = $"{action}, {kind} at call {failing}";
        Assert.True(first.Thrown is null && last.Thrown is null, $"{where}: {first.Thrown?.Message} {last.Thrown?.Message}");
        Assert.True(last.Errors.Count == 0, $"{where}: {string.Join(' ', last.ErrorTexts)}");
        ApiKeyRotationInfo done = Assert.IsType<ApiKeyRotationInfo>(Assert.Single(last.Output).BaseObject);
        Assert.NotNull(done.New.Value);
        Assert.Equal(done.New.Value, session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $args[0] -IncludeValue", done.New.Id).Value);
        await state.AssertFinishedAsync(action, done.New.Id, where);
        return (calls, first.Errors.Count > 0);
    }

    /// <summary>Lets one request fail, and has the state looked at after each.</summary>
    private sealed class FailingDoor(HttpMessageHandler inner, EmulatorFaultKind kind, Func<Task> check) : DelegatingHandler(inner)
    {
        private int? _failing;
        private bool _isArmed;

        public int Calls { get; private set; }

        public void Arm(int? failing) => (_failing, _isArmed, Calls) = (failing, true, 0);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            bool fails = _isArmed && Calls++ == _failing;
            if (fails && kind == EmulatorFaultKind.InternalError)
            {
                return StubHandler.Answer(HttpStatusCode.InternalServerError, """{"message":"oops"}""", "InternalFailure");
            }

            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            if (_isArmed)
            {
                await check();
            }

            return !fails ? answer
                : kind == EmulatorFaultKind.ErrorAfter
                    ? StubHandler.Answer(HttpStatusCode.InternalServerError, """{"message":"oops"}""", "InternalFailure")
                : throw new HttpRequestException(HttpRequestError.ResponseEnded, "reset",
                    new SocketException((int)SocketError.ConnectionReset));
        }
    }

    /// <summary>The keys and plans at the emulator, read past everything under test.</summary>
    private sealed class State(EmulatorClient client)
    {
        private string _oldId = "";
        private string[] _plans = [];

        public async Task BeginAsync(string oldId)
        {
            _oldId = oldId;
            _plans = await PlansOfAsync(oldId);
            Assert.Equal(2, _plans.Length);
        }

        public async Task CheckAsync()
        {
            JsonElement[] keys = await KeysAsync();
            bool oldWorks = Array.Exists(keys, key => IdOf(key) == _oldId && key.GetProperty("enabled").GetBoolean())
                && (await PlansOfAsync(_oldId)).SequenceEqual(_plans);
            bool newWorks = false;
            foreach (JsonElement key in keys.Where(key => TagOf(key, "apikey:rotated-from") == _oldId && key.GetProperty("enabled")
                .GetBoolean()))
            {
                newWorks |= (await PlansOfAsync(IdOf(key))).SequenceEqual(_plans);
            }

            Assert.True(oldWorks || newWorks, "For a moment callers had neither the old key nor a complete new one.");
        }

        public async Task AssertFinishedAsync(OldKeyAction action, string newId, string where)
        {
            JsonElement[] keys = [.. (await KeysAsync()).Where(key => key.GetProperty("name").GetString() == "acme")];
            Assert.True(keys.Length == (action == OldKeyAction.Remove ? 1 : 2), $"{where}: {keys.Length} keys.");
            JsonElement successor = Assert.Single(keys, key => IdOf(key) == newId);
            Assert.Equal(("d", "c", true, "prod", _oldId),
                (successor.GetProperty("description").GetString(), successor.GetProperty("customerId").GetString(),
                    successor.GetProperty("enabled").GetBoolean(), TagOf(successor, "env"), TagOf(successor, "apikey:rotated-from")));
            Assert.Null(TagOf(successor, "apikey:rotated-to"));
            Assert.Equal(_plans, await PlansOfAsync(newId));
            if (action != OldKeyAction.Remove)
            {
                JsonElement old = Assert.Single(keys, key => IdOf(key) == _oldId);
                Assert.Equal((action == OldKeyAction.Keep, newId, "prod"),
                    (old.GetProperty("enabled").GetBoolean(), TagOf(old, "apikey:rotated-to"), TagOf(old, "env")));
                Assert.Equal(_plans, await PlansOfAsync(_oldId));
            }
        }

        private static string IdOf(JsonElement element) => element.GetProperty("id").GetString()!;

        private static string? TagOf(JsonElement key, string name) =>
            key.TryGetProperty("tags", out JsonElement tags) && tags.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

        private async Task<JsonElement[]> KeysAsync()
            => [.. (await client.Send("GET", "/apikeys?limit=500")).Body.GetProperty("item").EnumerateArray()];

        private async Task<string[]> PlansOfAsync(string keyId) =>
            [.. (await client.Send("GET", $"/usageplans?keyId={keyId}")).Body.GetProperty("item").EnumerateArray().Select(IdOf).Order()];
    }
}
