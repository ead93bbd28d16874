using System.Text.Json;
using System.Text.RegularExpressions;
using ApiKey.Help;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Help;

/// <summary>The policies of the page on automation allow each task's calls, as they reach the service, and nothing that it does not
/// need.</summary>
public class PolicyTests
{
    // A key that is created with tags needs this permission too, although tags are not a call of their own then.
    private const string TagsOfNewKeys = "apigateway:PUT arn:aws:apigateway:eu-central-1::/tags/*";

    private static readonly Page Automation = Page.Read(Repository.PathOf("docs", "about_ApiKey_Automation.md"));

    /// <summary>The tasks of the page, and all that belongs to each.</summary>
    public static TheoryData<string, string> Tasks => new()
    {
        { "Read keys", "Get-ApiGatewayApiKey; Get-ApiGatewayApiKey -Id $key.Id -IncludeValue; Get-ApiGatewayApiKey -Value $key.Value" },
        { "Create keys with tags, in a plan", "New-ApiGatewayApiKey a -Tag @{ env = 'prod' } -UsagePlanId $plan.Id" },
        {
            "Change keys",
            "Set-ApiGatewayApiKey $key.Id -Enabled $false -Confirm:$false; Set-ApiGatewayApiKey $key.Id -Tag @{ a = 'b' } -Confirm:$false; "
            + "Set-ApiGatewayApiKey $key.Id -RemoveTag a -Confirm:$false"
        },
        { "Remove keys", "Remove-ApiGatewayApiKey $key.Id -PassThru -Confirm:$false" },
        {
            "Rotate keys, and disable or remove the old ones",
            "$old = Get-ApiGatewayApiKey k; $null = Add-ApiGatewayUsagePlanKey $plan $old; $null = $old | Invoke-ApiGatewayApiKeyRotation; "
            + "$null = $old.Id | Invoke-ApiGatewayApiKeyRotation -OldKey Disable -Force -Confirm:$false; "
            + "$old | Invoke-ApiGatewayApiKeyRotation -OldKey Remove -Force -Confirm:$false"
        },
        {
            "Import keys from a file",
            "$folder = [IO.Directory]::CreateTempSubdirectory('apikey-').FullName; "
            + "foreach ($rows in 1, 21) { $file = \"$folder/$rows.csv\"; "
            + "[IO.File]::WriteAllText($file, \"Name,Key,Tags`n\" + (\"a,,env=prod`n\" * $rows)); Import-ApiGatewayApiKey -Path $file }; "
            + "[IO.Directory]::Delete($folder, $true)"
        },
        {
            "Sync keys with a desired state",
            "Sync-ApiGatewayApiKey @{ name = 'k'; description = 'd'; tags = @{ a = 'b' } }, @{ name = 'n'; tags = @{ a = 'b' } } "
            + "-Confirm:$false; Sync-ApiGatewayApiKey @{ name = 'n'; tags = @{ a = 'b' } } -Prune -PruneTag @{ a = 'b' } -Confirm:$false"
        },
        {
            "Report the usage of keys",
            "Get-ApiGatewayApiKey | Get-ApiGatewayApiKeyUsage; Get-ApiGatewayApiKeyUsage -UsagePlanId $plan.Id"
        },
    };

    [Fact]
    public void EveryPolicyIsTried()
        => Assert.Equal(
            Automation.Blocks.OfType<Heading>().Where(heading => heading.Level == 3).Select(heading => heading.Text),
            Tasks.Select(task => task.Data.Item1));

    [Theory]
    [MemberData(nameof(Tasks))]
    public void APolicyAllowsWhatTheTaskNeedsAndNoMore(string task, string script)
    {
        List<string> calls = [];
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) =>
        {
            lock (calls)
            {
                calls.Add($"apigateway:{request.Method} arn:aws:apigateway:eu-central-1::{request.RequestUri!.AbsolutePath}");
            }

            return Task.FromResult<HttpResponseMessage?>(null);
        }));
        session.Good("$key = New-ApiGatewayApiKey k -Tag @{ env = 'test' }; $plan = New-ApiGatewayUsagePlan p");
        calls.Clear();
        session.Good(script);
        string[] allowed = [.. Permissions(task)];
        Assert.NotEmpty(calls);
        Assert.All(calls, call => Assert.Contains(allowed, permission => Allows(permission, call)));
        Assert.All(allowed, permission => Assert.True(
            permission == TagsOfNewKeys || calls.Exists(call => Allows(permission, call)), $"{task}: {permission} is not needed."));
    }

    private static IEnumerable<string> Permissions(string task)
    {
        Fence policy = Automation.Blocks.SkipWhile(block => block is not Heading { Level: 3 } heading || heading.Text != task)
            .OfType<Fence>().First();
        Assert.Equal("json", policy.Info);
        using JsonDocument document = JsonDocument.Parse(policy.Text);
        Assert.Equal("2012-10-17", document.RootElement.GetProperty("Version").GetString());
        return
        [
            .. from statement in document.RootElement.GetProperty("Statement").EnumerateArray()
               where statement.GetProperty("Effect").GetString() == "Allow"
               from action in Texts(statement.GetProperty("Action"))
               from resource in Texts(statement.GetProperty("Resource"))
               select $"{action} {resource}",
        ];
    }

    private static IEnumerable<string> Texts(JsonElement one) =>
        one.ValueKind == JsonValueKind.Array ? one.EnumerateArray().Select(item => item.GetString()!) : [one.GetString()!];

    // In a policy an asterisk stands for any text, slashes included.
    private static bool Allows(string permission, string call) => Regex.IsMatch(
        call, $"^{Regex.Escape(permission).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.None,
        Regex.InfiniteMatchTimeout);
}
