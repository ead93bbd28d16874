using ApiKey.Access;
using ApiKey.Binding;
using ApiKey.Model;
using ApiKey.Text;

namespace ApiKey.Cmdlets;

/// <summary>What was determined about a key, as an answer: a verdict, a sentence, and the command that fixes each cause.</summary>
internal static class AccessAnswer
{
    private const int LengthOfId = 10;

    /// <summary>The answer to a question.</summary>
    public static ApiKeyTestInfo Of(AccessQuestion question, AccessFindings found)
    {
        AccessCheck[] failures = [.. found.Checks.Where(check => check.Result == ApiKeyCheckResult.Failed)];
        AccessCheck? failed = failures.FirstOrDefault(check => !check.IsDoubtful) ?? failures.FirstOrDefault();
        AccessCheck? unsettled = found.Checks.FirstOrDefault(
            check => check is { Kind: ApiKeyCheckKind.Settled, Result: ApiKeyCheckResult.Notice });
        string unknown = string.Join(", ", found.Checks.Where(check => check is { Result: ApiKeyCheckResult.NotKnown }
            && check.Kind != ApiKeyCheckKind.Deployment).Select(check => check.Kind));
        (bool? isAllowed, string answer) = (failed, unsettled) switch
        {
            ({ IsDoubtful: true } cause, { } change) => (null, $"Perhaps not. {cause.Text} {change.Text}"),
            ({ } cause, _) => ((bool?)false, $"No. {cause.Text}"),
            _ when unknown.Length > 0 => (null, $"Perhaps. The credentials do not allow to look at: {unknown}."),
            _ when question.Stage is null => (null, "Perhaps. Nothing stands in the way so far; specify -ApiId and -Stage to look "
                + "at all of it."),
            (_, { } change) => (null, $"Perhaps not yet. {change.Text}"),
            _ when found.Checks.First(check => check.Kind == ApiKeyCheckKind.Method) is { Result: ApiKeyCheckResult.Notice } method =>
                (true, $"Yes. {method.Text}"),
            _ => (true, "Yes. AWS lets this key through."),
        };
        return new ApiKeyTestInfo
        {
            IsAllowed = isAllowed,
            Answer = answer,
            Remedy = failed is null ? null : RemedyOf(failed, question, found),
            ApiKeyId = found.Key?.Id ?? question.KeyId,
            ApiKeyName = found.Key?.Name,
            Region = found.Region,
            ApiId = question.ApiId,
            Stage = question.Stage,
            Method = question.Method,
            Path = question.Path,
            Checks = TextList<ApiKeyCheck>.Of([.. found.Checks.Select(check => new ApiKeyCheck
            {
                Name = check.Kind,
                Result = check.Result,
                Text = check.Text,
                Remedy = check.Result is ApiKeyCheckResult.Failed or ApiKeyCheckResult.Notice ? RemedyOf(check, question, found) : null,
            })]),
        };
    }

    private static string? RemedyOf(AccessCheck check, AccessQuestion question, AccessFindings found)
    {
        string key = TypedId.Of(Show.Plain(found.Key?.Id ?? question.KeyId));
        string? plan = TypedId.Of(found.Plan?.Id ?? found.AdvisedPlan?.Id);
        string stage = $"{question.ApiId}:{question.Stage}";
        string here = $"-Region {found.Region}";
        string aws = $"--rest-api-id {question.ApiId} --region {found.ApiRegion ?? found.Region}";
        string deploy = $"aws apigateway create-deployment {aws} --stage-name {question.Stage}";
        return check.Kind switch
        {
            // What does not look like an id may be meant as a name.
            ApiKeyCheckKind.Exists when question.KeyId is { } given && !IsShapedAsId(given) =>
                $"Get-ApiGatewayApiKey {Quote(Show.Plain(given))} {here} | Test-ApiGatewayApiKey",
            ApiKeyCheckKind.Exists => $"Get-ApiGatewayApiKey {here}",
            ApiKeyCheckKind.Region => $"Get-ApiGatewayApiKey -Id {key} -IncludeValue {here} | "
                + $"New-ApiGatewayApiKey -Region {found.ApiRegion}{(plan is null ? "" : $" -UsagePlanId {plan}")}",
            ApiKeyCheckKind.Enabled => $"Set-ApiGatewayApiKey {key} -Enabled $true {here}",
            ApiKeyCheckKind.UsagePlan when plan is null && question.Stage is null => $"Get-ApiGatewayUsagePlan {here}",
            ApiKeyCheckKind.UsagePlan when plan is null => $"New-ApiGatewayUsagePlan {Quote($"{question.ApiId}-{question.Stage}")} "
                + $"-ApiStage {Quote(stage)} {here} | ForEach-Object {{ Add-ApiGatewayUsagePlanKey -UsagePlanId $_.Id -Id {key} {here} }}",
            ApiKeyCheckKind.UsagePlan => $"Add-ApiGatewayUsagePlanKey -UsagePlanId {plan} -Id {key} {here}",
            ApiKeyCheckKind.Stage when found.Key is not null && found.ApiRegion is not null && !found.IsStageMissing && plan is not null =>
                question.Stage is null ? $"aws apigateway get-stages {aws}"
                    : $"Set-ApiGatewayUsagePlan {plan} -AddApiStage {Quote(stage)} {here}",
            ApiKeyCheckKind.Stage when found.ApiRegion is not null => $"aws apigateway get-stages {aws}",
            ApiKeyCheckKind.Stage => $"aws apigateway get-rest-apis --region {found.Region}",
            ApiKeyCheckKind.Quota => $"Set-ApiGatewayApiKeyUsage -UsagePlanId {plan} -Id {key} -Remaining 1000 {here}",
            ApiKeyCheckKind.Throttle when found.ShutMethod is { } method => $"Set-ApiGatewayUsagePlan {plan} -AddApiStage @{{ ApiId = "
                + $"{Quote(question.ApiId!)}; Stage = {Quote(question.Stage!)}; Throttle = @{{ {Quote(method)} = @{{ RateLimit = 5; "
                + $"BurstLimit = 10 }} }} }} {here}",
            ApiKeyCheckKind.Throttle => $"Set-ApiGatewayUsagePlan {plan} -RateLimit 5 -BurstLimit 10 {here}",
            ApiKeyCheckKind.Settled => "Start-Sleep 90",
            ApiKeyCheckKind.Method when check.Result == ApiKeyCheckResult.Failed => deploy,
            ApiKeyCheckKind.Method => found.Method is not { ResourceId: { } resource, Verb: var verb } ? null
                : $"aws apigateway update-method {aws} --resource-id {resource} --http-method {verb} --patch-operations "
                    + $"op=replace,path=/apiKeyRequired,value=true; {deploy}",
            ApiKeyCheckKind.KeySource => $"aws apigateway update-rest-api {aws} --patch-operations "
                + "op=replace,path=/apiKeySource,value=HEADER",
            _ => deploy,
        };
    }

    private static bool IsShapedAsId(string text) => text.Length == LengthOfId && text.All(char.IsAsciiLetterOrDigit);

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
