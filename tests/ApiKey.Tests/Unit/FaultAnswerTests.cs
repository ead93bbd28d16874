using System.Text;
using ApiKey.Emulator.Faults;
using ApiKey.Emulator.Wire;

namespace ApiKey.Tests.Unit;

/// <summary>The answer of each kind of fault, whole: status, headers and body.</summary>
[Trait(Category.Name, Category.Unit)]
public class FaultAnswerTests
{
    private static readonly EmulatorResponse Made = new(201, "{\"a\":1}"u8.ToArray(), null, "id") { Delay = TimeSpan.FromSeconds(3) };

    private static readonly Dictionary<EmulatorFaultKind, string> Instead = new()
    {
        [EmulatorFaultKind.TooManyRequests] =
            """429 x-amzn-requestid: id, x-amzn-errortype: TooManyRequestsException, Retry-After: 1 {"message":"Too Many Requests"}""",
        [EmulatorFaultKind.InternalError] =
            """500 x-amzn-requestid: id, x-amzn-errortype: InternalFailure {"message":"Internal server error"}""",
        [EmulatorFaultKind.BadGateway] = "502 text/html x-amzn-requestid: id <html>",
        [EmulatorFaultKind.Unavailable] =
            """503 x-amzn-requestid: id, x-amzn-errortype: ServiceUnavailableException, Retry-After: 1 {"message":"Service Unavailable"}""",
        [EmulatorFaultKind.ResetBefore] = "0 BeforeAnswer x-amzn-requestid: id ",
        [EmulatorFaultKind.Html] = "200 text/html x-amzn-requestid: id <html>",
        [EmulatorFaultKind.ExpiredToken] = "403 x-amzn-requestid: id, x-amzn-errortype: ExpiredTokenException "
            + """{"message":"The security token included in the request is expired"}""",
        [EmulatorFaultKind.ClockSkew] = "403 x-amzn-requestid: id, x-amzn-errortype: InvalidSignatureException, "
            + "Date: Thu, 01 Jan 2026 01:00:00 GMT "
            + """{"message":"Signature expired: the request\u0027s time is too far from the service\u0027s"}""",
        [EmulatorFaultKind.AccessDenied] = "403 x-amzn-requestid: id, x-amzn-errortype: AccessDeniedException "
            + """{"Message":"User: arn:aws:iam::000000000000:user/emulator is not authorized to perform: apigateway:GET on resource: """
            + """arn:aws:apigateway:eu-central-1::/apikeys because no identity-based policy allows the apigateway:GET action"}""",
        [EmulatorFaultKind.Busy] = "409 x-amzn-requestid: id, x-amzn-errortype: ConflictException "
            + """{"message":"Unable to complete operation due to concurrent modification. Please try again later."}""",
    };

    private static readonly Dictionary<EmulatorFaultKind, string> Afterwards = new()
    {
        [EmulatorFaultKind.ResetAfter] = """201 BeforeAnswer x-amzn-requestid: id {"a":1}""",
        [EmulatorFaultKind.TruncatedBody] = """201 WithinBody x-amzn-requestid: id {"a":1}""",
        [EmulatorFaultKind.ErrorAfter] =
            """500 x-amzn-requestid: id, x-amzn-errortype: InternalFailure {"message":"Internal server error"}""",
    };

    public static TheoryData<EmulatorFaultKind> Kinds => [.. Enum.GetValues<EmulatorFaultKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AFaultIsAnsweredInsteadOrAfterTheCall(EmulatorFaultKind kind)
    {
        EmulatorRequest request = new("GET", "/apikeys?limit=1", _ => null, default);
        EmulatorResponse? instead = FaultPlan.Before(kind, request, "eu-central-1", "id", new January());
        Assert.Equal(Instead.GetValueOrDefault(kind), instead is null ? null : Told(instead));
        EmulatorResponse after = FaultPlan.After(kind, Made);
        Assert.Equal(Afterwards.GetValueOrDefault(kind, Told(Made)), Told(after));
        Assert.Equal(Made.Delay, after.Delay);
    }

    private static string Told(EmulatorResponse answer)
    {
        string body = Encoding.UTF8.GetString(answer.Body.Span);
        return $"{answer.Status} {(answer.ContentType == "application/json" ? "" : answer.ContentType + " ")}"
            + $"{(answer.Break == EmulatorBreak.None ? "" : answer.Break + " ")}"
            + $"{string.Join(", ", answer.Headers().Select(header => $"{header.Key}: {header.Value}"))} "
            + (body.StartsWith("<html>", StringComparison.Ordinal) ? "<html>" : body);
    }

    private sealed class January : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
