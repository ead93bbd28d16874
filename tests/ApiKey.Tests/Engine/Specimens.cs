using System.Management.Automation;
using ApiKey.Emulator;

namespace ApiKey.Tests.Engine;

/// <summary>One object of every type that commands emit, made by the commands themselves.</summary>
internal static class Specimens
{
    /// <summary>By type name, as the format file says it, what emits an object of the type in a session that <see cref="Prepare"/>
    /// filled.</summary>
    public static readonly IReadOnlyDictionary<string, string> Scripts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ApiKey.Model.ApiKeyInfo"] = "Get-ApiGatewayApiKey -Name $name -IncludeValue",
        ["ApiKey.Model.ApiKeyInfo#One"] = "Get-ApiGatewayApiKey -Id k1",
        ["ApiKey.Model.ApiKeyInfo#Place"] = "Get-ApiGatewayApiKey -Region eu-central-1, eu-west-1 | Select-Object -First 1",
        ["ApiKey.Model.UsagePlanInfo"] = "$plan",
        ["ApiKey.Model.UsagePlanKeyInfo"] = "Get-ApiGatewayUsagePlanKey $plan",
        ["ApiKey.Model.ApiKeyUsageInfo"] = "Get-ApiGatewayApiKeyUsage -UsagePlanId $plan | Select-Object -First 1",
        ["ApiKey.Model.ApiKeyRotationInfo"] = "$rotation",
        ["ApiKey.Model.ApiKeyTestInfo"] = "$test",
        ["ApiKey.Model.ApiKeyCheck"] = "$test.Checks[0]",
        ["ApiKey.Model.ApiKeyLeakInfo"] = "$leak",
        ["ApiKey.Model.PlanStage"] = "$plan.ApiStages[0]",
        ["ApiKey.Model.PlannedChange"] =
            "Compare-ApiGatewayApiKey @{ name = $name; description = \"$name other\"; tags = @{ $name = $name } }",
        ["ApiKey.Model.FieldDifference"] = "(Compare-ApiGatewayApiKey @{ name = $name; tags = @{ $name = $name } }).Differences[0]",
        ["ApiKey.Service.ConnectionReport"] = "Get-ApiGatewayConnection",
        ["ApiKey.Service.ApiGatewayConnection"] = "$connection",
        ["ApiKey.Emulator.EmulatorServer"] = "$server",
    };

    /// <summary>A session with a key, a plan and all else in it.</summary>
    /// <param name="name">What everything is named.</param>
    /// <param name="width">The width of the screen.</param>
    public static ModuleSession Prepare(string name, int width = 120)
    {
        ModuleSession session = new ModuleSession(width: width).WithUtility();
        session.Good("$global:ProgressPreference = 'SilentlyContinue'");
        SeedKey key = new()
        {
            Region = "eu-central-1",
            Id = "k1",
            Name = name,
            Description = name,
            CustomerId = name,
            CreatedDate = new DateTimeOffset(2026, 1, 15, 9, 30, 0, TimeSpan.Zero),
            Tags = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = name, ["env"] = "prod" },
        };
        session.Emulator.Seed(key);
        session.Emulator.Seed(key with { Id = "k2", Name = "rotated " + name });
        session.Good("$global:name = $args[0]", name);
        session.Good("$global:server = Start-ApiGatewayEmulator; $global:plan = New-ApiGatewayUsagePlan $name -Description $name "
            + "-RateLimit 2.5 -BurstLimit 9 -QuotaLimit 1000 -QuotaPeriod Day -ApiStage api:dev, api:prod -Tag @{ env = 'prod' }");
        session.Good("$null = Add-ApiGatewayUsagePlanKey -UsagePlanId $plan -Id k1; $global:rotation = Invoke-ApiGatewayApiKeyRotation k2; "
            + "$key = Get-ApiGatewayApiKey -Id k1 -IncludeValue; "
            + "$global:ConfirmPreference = 'None'; $global:test = Test-ApiGatewayApiKey k1; "
            + "$global:leak = $key.Value | Find-ApiGatewayApiKeyLeak");
        return session;
    }

    /// <summary>The object of a type.</summary>
    public static PSObject Of(ModuleSession session, string typeName) => session.Good(Scripts[typeName])[0];
}
