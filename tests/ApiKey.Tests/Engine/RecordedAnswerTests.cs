using System.Management.Automation;
using System.Text.Json.Nodes;
using ApiKey.Model;
using ApiKey.Service;

namespace ApiKey.Tests.Engine;

/// <summary>The module against AWS's own recorded answers: what it sends is what was recorded, what it makes of the answers is
/// right.</summary>
public sealed class RecordedAnswerTests : IDisposable
{
    private const string KeyValue = "V5xylgl0yk6000000000000000000000";

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey-recorded-").FullName;

    [Fact]
    public void AKeyIsCreatedWithTheRequestThatWasRecorded()
    {
        (Outcome outcome, RecordedAnswers aws) = Run(
            $"New-ApiGatewayApiKey p-supplied -Value {KeyValue} -Description supplied -CustomerId p-customer -Tag @{{ Owner = 'initial' }}",
                "key-supplied-enabled");
        ApiKeyInfo key = One<ApiKeyInfo>(outcome);
        Assert.Equal(("5xylgl0yk6", "p-supplied", "supplied", "p-customer", true, KeyValue),
            (key.Id, key.Name, key.Description, key.CustomerId, key.Enabled, key.Value));
        Assert.Equal("Owner=initial", key.Tags.ToString());
        AssertSent(aws, 0, "key-supplied-enabled");
    }

    [Fact]
    public void AUsedValueNamesItsHolder()
    {
        (Outcome outcome, _) = Run($"New-ApiGatewayApiKey p-duplicate-value -Value {KeyValue}", "key-duplicate-value",
            "keys-list-values-true-page-0");
        Assert.Equal("ApiKeyConflict", outcome.ErrorId);
        Assert.Contains("5xylgl0yk6", outcome.Error.ToString());
        AssertHidden(outcome);
    }

    [Fact]
    public void AShortValueIsRefusedByTheModuleAndByAws()
    {
        (Outcome outcome, RecordedAnswers aws) = Run("New-ApiGatewayApiKey p-short -Value short");
        Assert.Empty(aws.Asked);
        Assert.Contains("20", outcome.Error.ToString());
        (outcome, _) = Run("New-ApiGatewayApiKey p-short -Value short -SkipValueCheck", "key-short-value");
        Assert.Equal(("InvalidRequest", ErrorCategory.InvalidArgument), (outcome.ErrorId, outcome.Error.CategoryInfo.Category));
        Assert.Contains("API Key value should be at least 20 characters.", outcome.Error.ToString());
    }

    [Theory]
    [InlineData("Get-ApiGatewayApiKey -Id 5xylgl0yk6 -IncludeValue", "key-get-value-true", "p-supplied", KeyValue)]
    [InlineData("Get-ApiGatewayApiKey -Id 5xylgl0yk6", "key-get-value-false", "p-supplied", null)]
    [InlineData("Get-ApiGatewayApiKey -Id skquflcbj1 -IncludeValue", "key-omitted-name-retained", null,
        "Vskquflcbj100000000000000000000000000000")]
    public void AKeyIsRead(string script, string label, string? name, string? value)
    {
        ApiKeyInfo key = One<ApiKeyInfo>(Run(script, label).Outcome);
        Assert.Equal((name, value), (key.Name, key.Value));
    }

    [Fact]
    public void PagesAreFollowedToTheLastAndNoOrderIsNeeded()
    {
        string[] pages = ["keys-pagination-0-page-0", "keys-pagination-0-page-1", "keys-pagination-0-page-2", "keys-pagination-0-page-3"];
        (Outcome outcome, RecordedAnswers aws) = Run("Get-ApiGatewayApiKey -Name p*", pages);
        Assert.Empty(outcome.Errors);
        Assert.Equal(["3r8066xk97", "486cvacj28", "5xylgl0yk6", "q7r5tne7xg"], outcome.Output.Select(key => ((ApiKeyInfo)key.BaseObject).Id)
            .Order(StringComparer.Ordinal));
        Assert.Contains($"position={Uri.EscapeDataString("<POS:gen>")}", aws.Asked.Last().Target);
        Assert.Equal(0, aws.Left);
    }

    [Fact]
    public void AnUpdateIsOnePatchAndItsAnswerIsTheKey()
    {
        (Outcome outcome, RecordedAnswers aws) = Run(
            "Set-ApiGatewayApiKey 5xylgl0yk6 -Name p-renamed -Description changed -CustomerId p-customer-updated -Enabled $false -PassThru",
                "key-update-fields");
        ApiKeyInfo key = One<ApiKeyInfo>(outcome);
        Assert.Equal(("p-renamed", "changed", "p-customer-updated", false, "Owner=initial"),
            (key.Name, key.Description, key.CustomerId, key.Enabled, key.Tags.ToString()));
        Assert.Equal(Patches(RecordedAnswers.InputOf("key-update-fields")), Patches(JsonNode.Parse(Assert.Single(aws.Asked).Body)!));
    }

    [Fact]
    public void AnEmptyDescriptionClearsItAndAnEmptyCustomerIsRefusedBeforeTheCall()
    {
        (Outcome outcome, RecordedAnswers aws) = Run("Set-ApiGatewayApiKey 5xylgl0yk6 -Description '' -PassThru", "key-empty-description");
        Assert.Null(One<ApiKeyInfo>(outcome).Description);
        Assert.Equal(Patches(RecordedAnswers.InputOf("key-empty-description")), Patches(JsonNode.Parse(Assert.Single(aws.Asked).Body)!));
        (outcome, aws) = Run("Set-ApiGatewayApiKey 5xylgl0yk6 -Description '' -CustomerId ''");
        Assert.Contains("customer", outcome.Error.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(aws.Asked);
    }

    [Fact]
    public void TagsAreMergedAndTakenOffAsRecorded()
    {
        (Outcome outcome, RecordedAnswers aws) = Run(
            "Set-ApiGatewayApiKey 5xylgl0yk6 -AddTag @{ Owner = 'control'; Mutable = 'added'; Empty = '' } -PassThru",
                "key-update-fields-retained", "apikeys-tags-merge");
        Assert.Equal("Empty=, Mutable=added, Owner=control", One<ApiKeyInfo>(outcome).Tags.ToString());
        (string target, string body) = aws.Asked.Last();
        Assert.StartsWith("PUT /tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Fapikeys%2F5xylgl0yk6", target);
        Assert.True(JsonNode.DeepEquals(RecordedAnswers.InputOf("apikeys-tags-merge")["tags"], JsonNode.Parse(body)!["tags"]), body);
    }

    [Theory]
    [InlineData("Set-ApiGatewayApiKey 5xylgl0yk6 -Description iam-deny",
        "apigateway:PATCH on resource: arn:aws:apigateway:us-east-1::/apikeys/5xylgl0yk6 with an explicit deny in a session policy",
            "iam-deny-key-patch")]
    [InlineData("Get-ApiGatewayApiKey -Id 3r8066xk97", "because no identity-based policy allows the apigateway:GET action",
        "iam-allow-outside-key")]
    [InlineData("Get-ApiGatewayUsagePlan -Id lkg9bt", "because no identity-based policy allows the apigateway:GET action",
        "iam-allow-outside-plan")]
    [InlineData("Remove-ApiGatewayUsagePlanKey ibq43c 5xylgl0yk6 -Confirm:$false",
        "apigateway:DELETE on resource: arn:aws:apigateway:us-east-1::/usageplans/ibq43c/keys/5xylgl0yk6", "iam-deny-association-delete")]
    public void ADenialIsToldInAwsOwnWords(string script, string says, string label)
    {
        (Outcome outcome, _) = Run(script, label);
        Assert.Equal(("AccessDenied", ErrorCategory.PermissionDenied), (outcome.ErrorId, outcome.Error.CategoryInfo.Category));
        Assert.Contains(says, outcome.Error.ToString());
        Assert.Contains("The credentials need the IAM permission apigateway:", outcome.Error.ToString());
    }

    [Fact]
    public void AKeyIsDeletedOnce()
    {
        Assert.Empty(Run("Remove-ApiGatewayApiKey 486cvacj28 -Confirm:$false", "delete-associated-key").Outcome.Errors);
        Assert.Equal("ApiKeyNotFound", Run("Remove-ApiGatewayApiKey 486cvacj28 -Confirm:$false", "delete-key-again").Outcome.ErrorId);
        Assert.Empty(Run("Remove-ApiGatewayApiKey 486cvacj28 -Confirm:$false -IfExists", "delete-key-again").Outcome.Errors);
    }

    [Fact]
    public void AWarningOfAnImportIsToldWithItsLine()
    {
        string file = Write((string)RecordedAnswers.InputOf("csv-partial-keep-valid")["body"]!);

        // The key is read back one by one, which was not recorded.
        (Outcome outcome, _) = Run($"Import-ApiGatewayApiKey -Path '{file}' -SkipValueCheck", isWhole: false,
            ["csv-fail-on-warning-fresh-name-absent", "csv-partial-keep-valid"]);
        Assert.EndsWith("keys.csv, line 3: Skipped invalid record: 2. API Key value should be at least 20 characters", outcome.Warnings[0]);
    }

    [Fact]
    public void ARefusedImportTellsItsLinesEachOnALineOfItsOwn()
    {
        string file = Write((string)RecordedAnswers.InputOf("csv-rollback-on-warning")["body"]!);
        (Outcome outcome, _) = Run($"Import-ApiGatewayApiKey -Path '{file}' -SkipValueCheck -FailOnWarning",
            "csv-fail-on-warning-fresh-name-absent", "csv-rollback-on-warning", "csv-rollback-on-warning-retained-page-0");
        string[] lines = outcome.Error.ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.EndsWith("failed: AWS warns of a row of this file:", lines[0]);
        Assert.Equal("  line 3: Skipped invalid record: 2. API Key value should be at least 20 characters.", lines[1]);
        Assert.Equal("AWS imported the other rows all the same, so this key exists now:", lines[2]);
        Assert.StartsWith("  p-csv-rollback (", lines[3]);
        Assert.DoesNotContain("\\n", outcome.Error.ToString());
        Assert.DoesNotContain("V0l8hgyua9a", outcome.Error.ToString());
    }

    [Fact]
    public void AnImportIntoAPlanThatIsNotThereIsRefusedBecauseAwsWouldNotSay()
    {
        string file = Write((string)RecordedAnswers.InputOf("csv-invalid-plan-partial")["body"]!);
        (Outcome outcome, RecordedAnswers aws) = Run($"Import-ApiGatewayApiKey -Path '{file}'", "key-legacy-plans-page-0");
        Assert.Contains("There is no usage plan 'zzzzzz' in us-east-1.", outcome.Error.ToString());
        Assert.Single(aws.Asked);
    }

    [Fact]
    public void APlanIsCreatedWithTheRequestThatWasRecorded()
    {
        (Outcome outcome, RecordedAnswers aws) = Run(
            """
            New-ApiGatewayUsagePlan p-plan-a -Description initial -RateLimit 3.5 -BurstLimit 7 -QuotaLimit 25 `
                -QuotaOffset 0 -QuotaPeriod Day -Tag @{ Owner = 'initial' } `
                -ApiStage @{ ApiId = 'fevhzk07q0'; Stage = 'alpha'; Throttle = @{ '/probe/GET' = @{ RateLimit = 1.5; BurstLimit = 4 } } }
            """,
            "plan-all-fields");
        UsagePlanInfo plan = One<UsagePlanInfo>(outcome);
        Assert.Equal(("ibq43c", 3.5, 7, 25, QuotaPeriod.Day, 0, "Owner=initial"),
            (plan.Id, plan.RateLimit, plan.BurstLimit, plan.QuotaLimit, plan.QuotaPeriod, plan.QuotaOffset, plan.Tags.ToString()));
        Assert.Equal(new ThrottleLimits(1.5, 4), Assert.Single(plan.ApiStages).Throttle["/probe/GET"]);
        AssertSent(aws, 0, "plan-all-fields");
    }

    [Theory]
    [InlineData("-RateLimit 0.5 -QuotaLimit 10 -QuotaPeriod Month")]
    [InlineData("-BurstLimit 3")]
    [InlineData("-QuotaPeriod Day")]
    [InlineData("-QuotaLimit 10")]
    [InlineData("-QuotaLimit 25 -QuotaPeriod Day -QuotaOffset 2")]
    [InlineData("-RateLimit 1 -BurstLimit -2")]
    [InlineData("-ApiStage @{ ApiId = 'a'; Stage = 's'; Throttle = @{ '/p/GET' = @{ RateLimit = 1 } } }")]
    public void WhatAwsRefusesOrStoresAsZeroIsRefusedBeforeTheCall(string parameters)
    {
        (Outcome outcome, RecordedAnswers aws) = Run($"New-ApiGatewayUsagePlan p {parameters}");
        Assert.Equal("InvalidUsagePlan", outcome.ErrorId);
        Assert.Empty(aws.Asked);
    }

    [Fact]
    public void AStageThatIsNotThereIsNamed()
    {
        (Outcome outcome, _) = Run("New-ApiGatewayUsagePlan p-missing-stage -ApiStage fevhzk07q0:missing", "plan-missing-stage");
        Assert.Equal(("ApiStageNotFound", ErrorCategory.ObjectNotFound), (outcome.ErrorId, outcome.Error.CategoryInfo.Category));
        Assert.Contains("API 'fevhzk07q0' has no stage 'missing' in us-east-1. Check the API's id and the stage's name.",
            outcome.Error.ToString());
    }

    [Fact]
    public void APlanWithStagesIsRemovedAsAwsAllowsIt()
    {
        (Outcome outcome, RecordedAnswers aws) = Run(
            "Remove-ApiGatewayUsagePlan ibq43c -Confirm:$false", "delete-plan-with-stage-rejected", "delete-plan-with-stage-retained",
                "plan-remove-quota-throttle", "delete-associated-plan");
        Assert.Empty(outcome.Errors);
        Assert.Equal(["DELETE /usageplans/ibq43c", "GET /usageplans/ibq43c", "PATCH /usageplans/ibq43c", "DELETE /usageplans/ibq43c"],
            aws.Asked.Select(one => one.Target));
        Assert.Equal(["remove /apiStages fevhzk07q0:alpha"], Patches(JsonNode.Parse(aws.Asked.ElementAt(2).Body)!));

        // What is not an id may be a name: the plans are listed then, and no listing without it is on record.
        Assert.Equal("UsagePlanNotFound",
            Run("Remove-ApiGatewayUsagePlan ibq43c -Confirm:$false", isWhole: false, ["delete-plan-again"]).Outcome.ErrorId);
    }

    [Fact]
    public void APlanThatGetsAStageMeanwhileIsExplained()
    {
        (Outcome outcome, _) = Run(
            "Get-ApiGatewayUsagePlan -Id ibq43c | Remove-ApiGatewayUsagePlan -Confirm:$false",
            "plan-remove-method-throttle-retained",
            "plan-remove-quota-throttle",
            "delete-plan-with-stage-rejected",
            "delete-plan-with-stage-retained",
            "plan-remove-method-throttle",
            "delete-plan-with-stage-rejected");
        Assert.Equal("InvalidRequest", outcome.ErrorId);
        Assert.Contains("including fevhzk07q0:alpha", outcome.Error.ToString());
        Assert.Contains("Run the command again", outcome.Error.ToString());
        Assert.Contains("Already changed: fevhzk07q0:alpha", outcome.Error.ToString());
    }

    [Theory]
    [InlineData("association-duplicate", "ibq43c", "is already in usage plan 'p-plan-renamed (ibq43c)'", "plans-pagination-0-page-0",
        "plans-pagination-0-page-1")]
    [InlineData("association-conflicting-stage", "nkt4tx",
        "or in another one that opens the stage fevhzk07q0:alpha too. AWS allows a key in one plan for each stage. Which one could not be "
        + "determined", "plans-pagination-0-page-0", "plans-pagination-0-page-1")]
    [InlineData("association-conflicting-stage", "nkt4tx", "stage fevhzk07q0:alpha too", "key-legacy-plans-page-0")]
    public void AClashOfStagesIsExplained(string conflict, string plan, string says, params string[] reads)
    {
        (Outcome outcome, _) = Run($"Add-ApiGatewayUsagePlanKey {plan} 5xylgl0yk6", isWhole: false, [conflict, .. reads]);
        Assert.Equal(("UsagePlanKeyConflict", ErrorCategory.ResourceExists), (outcome.ErrorId, outcome.Error.CategoryInfo.Category));
        Assert.Contains(says, outcome.Error.ToString());
    }

    [Theory]
    [InlineData(":")]
    [InlineData("/")]
    public void BothSpellingsOfAStageAreUnderstood(string between)
    {
        // AWS writes api:stage of a new key of a plan, api/stage of a new stage of a plan.
        string text = RecordedAnswers.MessageOf("plan-conflict-introduced-by-update")
            .Replace("/alpha", between + "alpha", StringComparison.Ordinal);
        using ModuleSession session =
            new(StubHandler.Always(System.Net.HttpStatusCode.Conflict, new JsonObject { ["message"] = text }.ToJsonString(),
                "ConflictException"));
        Assert.Contains("in another one that opens the stage fevhzk07q0:alpha too.",
            session.Run("Add-ApiGatewayUsagePlanKey lkg9bt 5xylgl0yk6").Error.ToString());
    }

    [Theory]
    [InlineData("Add-ApiGatewayUsagePlanKey nkt4tx zzzzzzzzzz", "ApiKeyNotFound", "There is no API key 'zzzzzzzzzz' in us-east-1.",
        "association-missing-key")]
    [InlineData("Get-ApiGatewayUsagePlanKey ibq43c -Id 486cvacj28", "ApiKeyNotFound", "There is no API key '486cvacj28' in us-east-1.",
        "deleted-key-association-get")]
    [InlineData("Get-ApiGatewayUsagePlanKey ibq43c -Id 486cvacj28", "UsagePlanKeyNotFound",
        "API key '486cvacj28' is not in usage plan 'ibq43c' in us-east-1.", "association-deleted-get", "iam-ready-deny-plan-0")]
    [InlineData("Get-ApiGatewayUsagePlanKey ibq43c -Id 5xylgl0yk6", "UsagePlanNotFound", "There is no usage plan 'ibq43c' in us-east-1.",
        "deleted-plan-association-get", "deleted-plan-get")]
    [InlineData("Remove-ApiGatewayUsagePlanKey ibq43c 486cvacj28 -Confirm:$false", "UsagePlanKeyNotFound",
        "API key '486cvacj28' is not in usage plan 'ibq43c' in us-east-1.", "association-delete-again", "iam-ready-deny-plan-0")]
    public void OneTextOfAwsForTwoThingsIsToldApart(string script, string errorId, string says, params string[] labels)
    {
        (Outcome outcome, RecordedAnswers aws) = Run(script, isWhole: false, labels);

        // A plan that is missing by id is looked for by name; no listing without it is on record.
        Assert.All(aws.Unexpected, request => Assert.StartsWith("GET /usageplans?", request, StringComparison.Ordinal));
        Assert.Equal(errorId, outcome.ErrorId);
        Assert.Contains(says, outcome.Error.ToString());
    }

    [Fact]
    public void KeysOfAPlanAreListedOverPagesWithoutTheirValues()
    {
        (Outcome outcome, _) = Run("Get-ApiGatewayUsagePlanKey ibq43c p*", "associations-pagination-0-page-0",
            "associations-pagination-0-page-1");
        Assert.Equal(["486cvacj28", "5xylgl0yk6"], outcome.Output.Select(key => ((UsagePlanKeyInfo)key.BaseObject).Id)
            .Order(StringComparer.Ordinal));
        Assert.DoesNotContain(outcome.Output,
            key => key.Properties.Any(property => property.Value is string text && text.Contains("00000000", StringComparison.Ordinal)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (Outcome Outcome, RecordedAnswers Aws) Run(string script, params string[] labels) => Run(script, isWhole: true, labels);

    private static (Outcome Outcome, RecordedAnswers Aws) Run(string script, bool isWhole, string[] labels)
    {
        RecordedAnswers aws = new(labels);
        using ModuleSession session = new(_ => aws, new ApiGatewayConnection { Region = "us-east-1", MaxAttempts = 1 });
        Outcome outcome = session.Run(script);
        Assert.Equal((0, isWhole ? 0 : aws.Unexpected.Count), (aws.Left, aws.Unexpected.Count));
        return (outcome, aws);
    }

    private static T One<T>(Outcome outcome)
    {
        Assert.Empty(outcome.ErrorTexts);
        return Assert.IsType<T>(Assert.Single(outcome.Output).BaseObject);
    }

    private static void AssertHidden(Outcome outcome)
        => Assert.DoesNotContain(KeyValue, string.Join(' ', outcome.ErrorTexts.Concat(outcome.Warnings).Concat(outcome.Chatter)));

    private static void AssertSent(RecordedAnswers aws, int at, string label)
    {
        JsonNode sent = JsonNode.Parse(aws.Asked.ElementAt(at).Body)!;
        Assert.True(JsonNode.DeepEquals(RecordedAnswers.InputOf(label), sent),
            $"{sent.ToJsonString()}\ninstead of {RecordedAnswers.InputOf(label).ToJsonString()}");
    }

    private static IEnumerable<string> Patches(JsonNode input)
        => input["patchOperations"]!.AsArray().Select(one => $"{one!["op"]} {one["path"]} {one["value"]}").Order(StringComparer.Ordinal);

    private string Write(string content)
    {
        string path = Path.Combine(_folder, "keys.csv");
        File.WriteAllText(path, content);
        return path;
    }
}
