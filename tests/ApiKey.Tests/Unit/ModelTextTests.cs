using System.Reflection;
using System.Runtime.CompilerServices;
using ApiKey.Access;
using ApiKey.Calls;
using ApiKey.DesiredState;
using ApiKey.Emulator;
using ApiKey.Emulator.Service;
using ApiKey.Emulator.Wire;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tags;
using ApiKey.Text;

namespace ApiKey.Tests.Unit;

/// <summary>What each object reads as, where a script puts it into a text: every kind of object that has a text form of its own.</summary>
[Trait(Category.Name, Category.Unit)]
public class ModelTextTests
{
    private static readonly ApiKeyInfo Key = new() { Id = "k1", Name = "a\u001b", Arn = "", Region = "eu-central-1", Enabled = true };
    private static readonly ApiKeyInfo Nameless = Key with { Name = null };

    private static readonly UsagePlanInfo Plan = new() { Id = "p1", Name = "gold", Arn = "", Region = "eu-central-1" };

    private static readonly ApiKeyUsageInfo Usage = new() { Date = new DateTime(2026, 1, 31), ApiKeyId = "k1", Region = "r" };
    private static readonly PlannedChange Change = new() { Action = PlanAction.Create, Name = "a", Region = "r", Reason = "x" };

    private static readonly (object Subject, string Text)[] All =
    [
        (Key, "a\\u001b (k1)"),
        (Nameless, "k1"),
        (new RawKey { Id = "k1", Name = "a", Arn = "", Region = "r" }, "a (k1)"),
        (new ApiKeySpec { Name = "a" }, "API key 'a'"),
        (new ApiKeyIdentity("k1"), "k1"),
        (new ApiKeyIdentity(new UsagePlanKeyInfo { Id = "k1", Name = "a", UsagePlanId = "p1", Region = "r" }), "a (k1)"),
        (Plan, "gold (p1)"),
        (Plan with { Name = null }, "p1"),
        (new UsagePlanIdentity("p1"), "p1"),
        (new PlanStage("api", "prod"), "api:prod"),
        (new ThrottleLimits(2.5, 3), "2.5/s, burst 3"),
        (new ThrottleLimits(0, null), "0/s"),
        (new ThrottleLimits(null, 0), "any rate, burst 0"),
        (new ApiMethod("/a", "GET", NeedsKey: true), "GET /a"),
        (TagSet.Parse("env=prod"), "env=prod"),
        (TextList<string>.Of(["a", "b"]), "a, b"),
        (TextMap<int>.Of(new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = 1, ["b"] = 2 }), "a=1, b=2"),
        (new ApiGatewayEmulator(), "0 requests answered"),
        (Asked(), "1 request answered"),
        (new FileProblem(4, 7, "x."), "line 4, column 7: x."),
        (new FileProblem(4, 0, "x."), "object 4: x."),
        (new ApiKeyLeakInfo(Key), ": a\\u001b (k1)"),
        (new ApiKeyLeakInfo(Key) { Path = "f", Line = 2, Column = 3 }, "f:2:3: a\\u001b (k1)"),
        (new ApiKeyLeakInfo(Key) { Line = 2, Column = 3 }, "2:3: a\\u001b (k1)"),
        (new ApiKeyLeakInfo(Key) { Path = "f" }, "f: a\\u001b (k1)"),
        (new ApiKeyIdentity(Key), "a\\u001b (k1)"),
        (new UsagePlanIdentity(Plan), "gold (p1)"),
        (new UsagePlanKeyInfo { Id = "k1", Name = "a", UsagePlanId = "p1", Region = "r" }, "a (k1) in p1"),
        (new UsagePlanKeyInfo { Id = "k1", UsagePlanId = "p1", Region = "r" }, "k1 in p1"),
        (Usage, "k1 in no plan on 2026-01-31: used, not counted"),
        (Usage with { ApiKeyName = "a", UsagePlanId = "p1", Used = 5 }, "a in p1 on 2026-01-31: 5 used"),
        (Usage with { UsagePlanName = "gold", UsagePlanId = "p1", Used = 0 }, "k1 in gold on 2026-01-31: 0 used"),
        (new ApiKeyRotationInfo { Old = Nameless, New = Nameless with { Id = "k2" } }, "k1 -> k2"),
        (new ApiKeyRotationInfo { New = Nameless }, "(removed) -> k1"),
        (new ApiKeyCheck { Name = ApiKeyCheckKind.Stage, Result = ApiKeyCheckResult.Failed, Text = "x." }, "Stage Failed: x."),
        (new ApiKeyTestInfo { Answer = "No. x.", Region = "r", Checks = [] }, "No. x."),
        (new FieldDifference("Tags.env", null, "x"), "Tags.env = 'x'"),
        (new FieldDifference("Tags.env", "x", null), "Tags.env 'x' taken off"),
        (new FieldDifference("Description", "x", "y"), "Description 'x' -> 'y'"),
        (new FieldDifference("Description", null, new string('x', 60)), $"Description = '{new string('x', 60)}'"),
        (new FieldDifference("Description", null, new string('x', 61)), $"Description = '{new string('x', 57)}...'"),
        (Change, "Create a"),
        (Change with { Id = "k1", Action = PlanAction.Remove }, "Remove a (k1)"),
        (Change with { Resource = PlannedResource.UsagePlan, Id = "p1" }, "Create usage plan a (p1)"),
        (Change with { Resource = PlannedResource.UsagePlanKey, UsagePlan = "gold" }, "Create a in usage plan gold"),
        (new ApiGatewayConnection(), "AWS"),
        (new ApiGatewayConnection { ProfileName = "dev", Region = "r" }, "AWS, profile dev, r"),
        (new ApiGatewayConnection { EndpointUrl = new Uri("http://localhost:4566"), ProfileName = "dev" }, "http://localhost:4566/"),

        // They hold secrets, and show none.
        (new GivenCredentials("AKID", "secret", "token"), "(credentials)"),
        (new EmulatorCredential("AKID", "secret"), "AKID"),
        (new AccessQuestion("k1", null, "api", "prod", "GET", "/"), "k1 at api:prod"),
        (new AccessQuestion(null, "abcdefghij0123456789", "api", null, null, null), " at api:"),
        (new KeyFileRow(4, new ApiKeySpec { Name = "a", Value = "abcdefghij0123456789" }, []), "API key 'a' (line 4)"),
        (new DesiredKey(null, new ApiKeySpec { Name = "a", Value = "abcdefghij0123456789" }, new DesiredSource("f"), default),
            "API key 'a'"),
        (new DesiredPlan(null, new UsagePlanSpec { Name = "p" }, new DesiredSource("f"), default), "Usage plan 'p'"),
        (new CallTally(),
            "0 calls to API Gateway, 0 of them repeated, 0 answered 429, 0.0 s waited (added up over calls in flight)."),
        (Tally(), "1 call to API Gateway, 1 of them repeated, 1 answered 429, 0.0 s waited (added up over calls in flight)."),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, All.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void AnObjectReadsAs(int number) => Assert.Equal(All[number].Text, All[number].Subject.ToString());

    [Fact]
    public void EveryKindOfObjectIsThere() => Assert.Empty(new[] { typeof(ApiKeyInfo), typeof(EmulatorCredential) }
        .SelectMany(type => type.Assembly.GetTypes())
        .Where(type => !type.IsSubclassOf(typeof(Exception)) && type.GetMethod(nameof(ToString), BindingFlags.Public | BindingFlags.Instance
            | BindingFlags.DeclaredOnly, [])?.IsDefined(typeof(CompilerGeneratedAttribute)) == false)
        .Select(type => type.Name).Except(All.Select(one => one.Subject.GetType().Name)));

    private static ApiGatewayEmulator Asked()
    {
        ApiGatewayEmulator emulator = new();
        emulator.Handle(new EmulatorRequest("GET", "/apikeys", _ => null, default));
        return emulator;
    }

    private static CallTally Tally()
    {
        CallTally tally = new();
        tally.CountCall();
        tally.CountRetry();
        tally.CountThrottled();
        return tally;
    }
}
