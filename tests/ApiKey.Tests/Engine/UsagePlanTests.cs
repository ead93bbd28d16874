using ApiKey.Emulator;
using ApiKey.Emulator.Faults;
using ApiKey.Emulator.Store;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Usage plans and the keys in them, as a user types it.</summary>
public class UsagePlanTests : IDisposable
{
    private readonly ModuleSession _session = new();

    [Fact]
    public void EverythingSaidIsOnThePlan()
    {
        UsagePlanInfo made = _session.One<UsagePlanInfo>("""
            New-ApiGatewayUsagePlan gold -Description d -RateLimit 2.5 -BurstLimit 5 -QuotaLimit 1000 -QuotaPeriod Month -QuotaOffset 7 `
                -Tag @{ env = 'prod' } `
                -ApiStage api1:prod, @{ ApiId = 'api2'; Stage = 'dev'; Throttle = @{ '/pets/GET' = @{ RateLimit = 1; BurstLimit = 2 } } }
            """);
        Assert.Equal(("gold", "d", 2.5, 5, 1000, QuotaPeriod.Month, 7),
            (made.Name, made.Description, made.RateLimit, made.BurstLimit, made.QuotaLimit, made.QuotaPeriod, made.QuotaOffset));
        Assert.Equal(["api1:prod", "api2:dev"], made.ApiStages.Select(stage => stage.ToString()));
        Assert.Equal(new ThrottleLimits(1, 2), made.ApiStages[1].Throttle["/pets/GET"]);
        Assert.Equal($"arn:aws:apigateway:eu-central-1::/usageplans/{made.Id}", made.Arn);
        UsagePlanInfo read = _session.One<UsagePlanInfo>("Get-ApiGatewayUsagePlan -Id $args[0]", made.Id);
        Assert.Equal(("gold", "d", 2.5, 5, 1000, QuotaPeriod.Month, 7, "env=prod"),
            (read.Name, read.Description, read.RateLimit, read.BurstLimit, read.QuotaLimit, read.QuotaPeriod, read.QuotaOffset,
                read.Tags.ToString()));
        Assert.Equal(new ThrottleLimits(1, 2), read.ApiStages[1].Throttle["/pets/GET"]);
    }

    [Fact]
    public void AStageOfAnotherPlanIsTakenAsItIs()
    {
        _session.Good("$a = New-ApiGatewayUsagePlan a -ApiStage @{ ApiId = 'api'; Stage = 's'; Throttle = @{ '*/*' = @{ RateLimit = 0.5; "
            + "BurstLimit = 3 } } }");
        Assert.Equal(new ThrottleLimits(0.5, 3), _session.One<UsagePlanInfo>("New-ApiGatewayUsagePlan b -ApiStage $a.ApiStages")
            .ApiStages[0].Throttle["*/*"]);
    }

    [Fact]
    public void DefaultAndIgnoredTagsApplyToPlansToo()
    {
        _session.Unconnected().Good("Connect-ApiGateway -Emulator -DefaultTag @{ team = 'a' } -IgnoreTag x");
        UsagePlanInfo plan = _session.One<UsagePlanInfo>("New-ApiGatewayUsagePlan p -Tag @{ env = 'prod' }");
        Assert.Equal(("env=prod", "env=prod, team=a"), (plan.Tags.ToString(), plan.TagsAll.ToString()));
    }

    [Fact]
    public void PlansAreListedByNameAndId()
    {
        _session.Good("'gold', 'goldfish', 'silver' | New-ApiGatewayUsagePlan");
        Assert.Equal(["silver", "goldfish", "gold"], Names("Get-ApiGatewayUsagePlan"));
        Assert.Equal(["goldfish", "gold"], Names("Get-ApiGatewayUsagePlan gold*"));
        Assert.Equal(["gold"], Names("Get-ApiGatewayUsagePlan gold"));
        Assert.Equal(["goldfish", "gold"], Names("(Get-ApiGatewayUsagePlan gold*).Id | Get-ApiGatewayUsagePlan"));
        Assert.Equal("UsagePlanNotFound", _session.Run("Get-ApiGatewayUsagePlan Gold").ErrorId);
    }

    [Fact]
    public void KeysArePipedIntoAPlanAndPlansToKeys()
    {
        _session.Good("""
            $gold = New-ApiGatewayUsagePlan gold; $silver = New-ApiGatewayUsagePlan silver
            $keys = 'partner-a', 'partner-b', 'other' | New-ApiGatewayApiKey
            Get-ApiGatewayApiKey -Name partner-* | Add-ApiGatewayUsagePlanKey -UsagePlanId $gold.Id
            $silver | Add-ApiGatewayUsagePlanKey -Id $keys[2].Id, $keys[0].Id
            """);
        Assert.Equal(["partner-a in gold", "partner-b in gold", "other in silver", "partner-a in silver"],
            _session.Good("Get-ApiGatewayUsagePlan | Get-ApiGatewayUsagePlanKey | ForEach-Object { \"$($_.Name) in $($_.UsagePlanName)\" }")
                .Select(text => text.ToString()).OrderBy(text => text.Split(' ')[2]).ThenBy(text => text));
        Assert.Equal(["gold", "silver"], Names("$keys[0].GetUsagePlans()").Order());
        Assert.Equal(["gold"], Names("Get-ApiGatewayApiKey -Name partner-b | Get-ApiGatewayUsagePlan"));
        Assert.Equal(["silver"], Names("Get-ApiGatewayUsagePlan -ApiKeyId $keys[2].Id"));
        Assert.Equal("partner-b", _session.One<UsagePlanKeyInfo>("Get-ApiGatewayUsagePlanKey $gold.Id *-b").Name);
        Assert.Equal("partner-b", _session.One<UsagePlanKeyInfo>("Get-ApiGatewayUsagePlanKey $gold -Id $keys[1]").Name);
        _session.Good("Get-ApiGatewayUsagePlanKey $gold | Remove-ApiGatewayUsagePlanKey -Confirm:$false");
        Assert.Equal(["silver"], Names("$keys[0].GetUsagePlans()"));
        _session.Good("Get-ApiGatewayUsagePlanKey $silver | Set-ApiGatewayApiKey -Enabled $false");
        Assert.Equal(2, _session.Good("Get-ApiGatewayApiKey -Enabled $false").Count);
    }

    [Fact]
    public void ShowingAKeyAsksNothingAboutItsPlans()
    {
        // What is shown of a key, in whatever form, asks AWS nothing about its plans.
        _session.Good("$key = New-ApiGatewayApiKey a");
        long before = _session.Emulator.RequestCount;
        _session.Screen("$key");
        _session.Good("$key.psobject.Properties | ForEach-Object Value");
        Assert.Equal(before, _session.Emulator.RequestCount);
    }

    [Fact]
    public void ANewKeyIsPutIntoItsPlans()
    {
        _session.Good("$gold = New-ApiGatewayUsagePlan gold; $silver = New-ApiGatewayUsagePlan silver");
        long before = _session.Emulator.RequestCount;
        _session.Good("$key = New-ApiGatewayApiKey a -UsagePlanId $gold, $silver.Id");

        // The create, two plans, and a listing, because a plan given as text may not be there: then no key is made.
        Assert.Equal(4, _session.Emulator.RequestCount - before);
        Assert.Equal(["gold", "silver"], Names("$key.GetUsagePlans()").Order());
        _session.Good("$row = [pscustomobject]@{ Name = 'b'; UsagePlanIds = \"$($gold.Id),$($silver.Id)\" }, [pscustomobject]@{ Name = "
            + "'c'; UsagePlanIds = '' } | New-ApiGatewayApiKey");
        Assert.Equal(["gold", "silver"], Names("$row[0].GetUsagePlans()").Order());
        Assert.Empty(Names("$row[1].GetUsagePlans()"));
    }

    [Fact]
    public void WhenAnAttachmentFailsTheKeyIsKeptAndTheErrorHasTheCommandThatMendsIt()
    {
        _session.Good("$gold = New-ApiGatewayUsagePlan gold -ApiStage a:s; $clash = New-ApiGatewayUsagePlan clash -ApiStage a:s");
        Outcome outcome = _session.Run("New-ApiGatewayApiKey a -UsagePlanId $gold.Id, $clash.Id");
        ApiKeyInfo key = Assert.IsType<ApiKeyInfo>(Assert.Single(outcome.Output).BaseObject);
        Assert.NotNull(key.Value);
        Assert.Equal("UsagePlanKeyConflict", outcome.ErrorId);
        string clash = _session.Good("$clash.Id")[0].ToString();
        Assert.Contains($"a ({key.Id})", outcome.Error.ToString());
        string fix = $"Add-ApiGatewayUsagePlanKey -UsagePlanId {clash} -Id {key.Id} -Region eu-central-1";
        Assert.Contains(fix, outcome.Error.ToString());
        _session.Good($"Remove-ApiGatewayUsagePlanKey $gold {key.Id} -Confirm:$false; {fix}");
        Assert.Equal(["clash"], Names($"Get-ApiGatewayUsagePlan -ApiKeyId {key.Id}"));
    }

    [Fact]
    public void KeysInNoPlanEarnOneHintForAll()
    {
        Outcome outcome = _session.Run("1..20 | ForEach-Object { \"k$_\" } | New-ApiGatewayApiKey -Verbose");
        Assert.Equal("20", Assert.Single(outcome.Chatter, text => text.Contains("in no usage plan")).Split(' ')[0]);
        Assert.Empty(outcome.Warnings);
    }

    [Fact]
    public void APlanWithStagesIsRemovedStagesFirst()
    {
        _session.Good("$gold = New-ApiGatewayUsagePlan gold -ApiStage a:s, b:t; $blue = New-ApiGatewayUsagePlan blue -ApiStage c:u; $bare "
            + "= New-ApiGatewayUsagePlan bare");
        long before = _session.Emulator.RequestCount;
        _session.Good("Remove-ApiGatewayUsagePlan $bare.Id -Confirm:$false");
        Assert.Equal(1, _session.Emulator.RequestCount - before);
        _session.Good("$gold | Remove-ApiGatewayUsagePlan -Confirm:$false");
        Assert.Equal(3, _session.Emulator.RequestCount - before);
        Assert.Equal("blue", _session.One<UsagePlanInfo>("Remove-ApiGatewayUsagePlan $blue.Id -Confirm:$false -PassThru").Name);
        Assert.Empty(_session.Good("Get-ApiGatewayUsagePlan"));
        Assert.Equal("UsagePlanNotFound", _session.Run("Remove-ApiGatewayUsagePlan $bare.Id -Confirm:$false").ErrorId);
        Assert.Empty(_session.Good("Remove-ApiGatewayUsagePlan $bare.Id -Confirm:$false -IfExists"));
    }

    [Theory]
    [InlineData("Add-ApiGatewayUsagePlanKey $gold.Id $key.Id", "UsagePlanKeyConflict", "already in usage plan 'gold (")]
    [InlineData("Add-ApiGatewayUsagePlanKey $clash.Id $key.Id", "UsagePlanKeyConflict", "opens the stage a:s")]
    [InlineData("Add-ApiGatewayUsagePlanKey gone $key.Id", "UsagePlanNotFound", "no usage plan 'gone' in eu-central-1")]
    [InlineData("Add-ApiGatewayUsagePlanKey $gold.Id gone", "ApiKeyNotFound", "no API key 'gone' in eu-central-1")]
    [InlineData("Remove-ApiGatewayUsagePlanKey $clash.Id $key.Id -Confirm:$false", "UsagePlanKeyNotFound", "is not in usage plan")]
    [InlineData("Remove-ApiGatewayUsagePlanKey gone $key.Id -Confirm:$false", "UsagePlanNotFound", "no usage plan 'gone'")]
    [InlineData("Get-ApiGatewayUsagePlanKey gone", "UsagePlanNotFound", "no usage plan 'gone'")]
    [InlineData("Get-ApiGatewayUsagePlanKey $gold.Id -Id gone", "ApiKeyNotFound", "no API key 'gone'")]
    [InlineData("Get-ApiGatewayUsagePlanKey $gold.Id gone", "UsagePlanKeyNotFound", "no API key named 'gone' in usage plan")]
    [InlineData("Get-ApiGatewayUsagePlan -Id gone", "UsagePlanNotFound", "no usage plan 'gone'")]
    [InlineData("Get-ApiGatewayUsagePlan -ApiKeyId gone", "ApiKeyNotFound", "API key 'gone'")]
    [InlineData("Set-ApiGatewayApiKeyUsage $gold.Id gone -Remaining 1", "UsagePlanKeyNotFound", "'gone' is not in usage plan")]
    [InlineData("Set-ApiGatewayApiKeyUsage gone $key.Id -Remaining 1", "UsagePlanNotFound", "no usage plan 'gone'")]
    public void WhatStandsInTheWayIsToldWithItsIds(string script, string errorId, string says)
    {
        _session.Good("$gold = New-ApiGatewayUsagePlan gold -ApiStage a:s; $clash = New-ApiGatewayUsagePlan clash -ApiStage a:s; $key = "
            + "New-ApiGatewayApiKey k -UsagePlanId $gold");
        Outcome outcome = _session.Run(script);
        Assert.Equal(errorId, outcome.ErrorId);
        Assert.Contains(says, outcome.Error.ToString());
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void TheEleventhPlanOfAKeyIsAQuotaError()
    {
        using ModuleSession session =
            new(emulator: new ApiGatewayEmulator(quotas: new EmulatorQuotas
            {
                CallsPerSecond = 1000,
                CallBurst = 1000,
                CreateApiKeyPerSecond = 100
            }));
        Outcome outcome = session.Run(
            "$key = New-ApiGatewayApiKey k; 1..11 | ForEach-Object { New-ApiGatewayUsagePlan \"p$_\" } | Add-ApiGatewayUsagePlanKey -Id "
            + "$key");
        Assert.Equal("QuotaExceeded", outcome.ErrorId);
        Assert.Contains("10 usage plans per key", outcome.Error.ToString());
        Assert.Contains("'k (", outcome.Error.ToString());
        Assert.Equal(10, session.Good("$key.GetUsagePlans()").Count);
    }

    [Theory]
    [InlineData("New-ApiGatewayUsagePlan ''", "EmptyParameter", "-Name was given nothing")]
    [InlineData("New-ApiGatewayUsagePlan p -QuotaLimit 5", "InvalidUsagePlan", "go together")]
    [InlineData("New-ApiGatewayUsagePlan p -QuotaPeriod Day", "InvalidUsagePlan", "go together")]
    [InlineData("New-ApiGatewayUsagePlan p -QuotaOffset 5", "InvalidUsagePlan", "-QuotaOffset goes with")]
    [InlineData("New-ApiGatewayUsagePlan p -RateLimit -1", "InvalidUsagePlan", "negative")]
    [InlineData("New-ApiGatewayUsagePlan p -ApiStage a:s, a:s", "InvalidUsagePlan", "given twice")]
    [InlineData("New-ApiGatewayUsagePlan p -ApiStage @{ ApiId = 'a' }", "InvalidUsagePlan", "lacks")]
    [InlineData("New-ApiGatewayUsagePlan p -ApiStage @{ ApiId = 'a'; Stage = 's'; Throttle = @{ pets = @{ RateLimit = 1 } } }",
        "InvalidUsagePlan", "is not a method")]
    [InlineData("New-ApiGatewayUsagePlan p -ApiStage @{ ApiId = 'a'; Stage = 's'; Throttle = @{ '/pets/GET' = @{} } }", "InvalidUsagePlan",
        "needs a RateLimit and a BurstLimit")]
    [InlineData("New-ApiGatewayUsagePlan p -ApiStage @{ ApiId = 'a'; Stage = 's'; Throttle = @{ '/pets/GET' = @{ RateLimit = 1 } } }",
        "InvalidUsagePlan", "stores 0 for one that is omitted")]
    [InlineData("New-ApiGatewayUsagePlan p -ApiStage @{ ApiId = 'a'; Stage = 's'; Throttle = @{ '/pets/GET' = @{ BurstLimit = 1 } } }",
        "InvalidUsagePlan", "stores 0 for one that is omitted")]
    [InlineData("New-ApiGatewayUsagePlan p -RateLimit 5", "InvalidUsagePlan", "-RateLimit and -BurstLimit go together")]
    [InlineData("New-ApiGatewayUsagePlan p -BurstLimit 5", "InvalidUsagePlan", "-RateLimit and -BurstLimit go together")]
    [InlineData("New-ApiGatewayUsagePlan p -RateLimit 5 -BurstLimit -2", "InvalidUsagePlan", "negative")]
    [InlineData("New-ApiGatewayUsagePlan p -QuotaLimit 5 -QuotaPeriod Day -QuotaOffset 1", "InvalidUsagePlan", "Omit it: AWS allows none")]
    [InlineData("New-ApiGatewayUsagePlan p -QuotaLimit 5 -QuotaPeriod Week -QuotaOffset 7", "InvalidUsagePlan", "AWS allows 0 to 6")]
    [InlineData("New-ApiGatewayUsagePlan p -QuotaLimit 5 -QuotaPeriod Month -QuotaOffset 28", "InvalidUsagePlan", "AWS allows 0 to 27")]
    [InlineData("New-ApiGatewayUsagePlan p -QuotaPeriod Year -QuotaLimit 5",
        "ParameterArgumentTransformationError|ParameterArgumentTransformationErrorMessage|CannotConvertArgumentNoMessage", "Day")]
    [InlineData("New-ApiGatewayUsagePlan p -ApiStage @{ ApiId = 'a'; Stage = 's'; Throttle = @{ '/pets/GET' = @{ RateLimit = 'x' } } }",
        "ParameterArgumentTransformationError", "not a number")]
    [InlineData("New-ApiGatewayUsagePlan p -ApiStage @{ ApiId = 'a'; Stages = 's' }", "ParameterArgumentTransformationError",
        "'Stages' is not known")]
    [InlineData("New-ApiGatewayUsagePlan p -ApiStage a", "ParameterArgumentTransformationError", "apiId:stage")]
    [InlineData("New-ApiGatewayUsagePlan p -ApiStage 5", "ParameterArgumentTransformationError", "is not a stage")]
    [InlineData("New-ApiGatewayUsagePlan p -Tag @{ 'aws:x' = 'n' }", "InvalidUsagePlan", "AWS keeps for itself")]
    [InlineData("Get-ApiGatewayUsagePlanKey ' '", "EmptyParameter", "-UsagePlanId was given nothing")]
    [InlineData("Set-ApiGatewayApiKeyUsage p k -Remaining -1", "ParameterArgumentValidationError", "-1")]
    [InlineData("New-ApiGatewayApiKey a -UsagePlanId 5", "InvalidId", "is not a usage plan")]
    public void WrongInputIsRefusedBeforeAnyCall(string script, string errorIds, string says)
    {
        Outcome outcome = _session.Run(script);
        Assert.Contains(outcome.ErrorId, errorIds.Split('|'));
        Assert.Contains(says, outcome.Error.ToString());
        Assert.Equal(0, _session.Emulator.RequestCount);
    }

    [Theory]
    [InlineData("New-ApiGatewayUsagePlan p -WhatIf", "What if: Create usage plan 'p' in eu-central-1.")]
    [InlineData("New-ApiGatewayApiKey a -UsagePlanId x1, x2 -WhatIf",
        "What if: Create API key 'a' in eu-central-1 and add it to usage plan x1, x2.")]
    [InlineData("Add-ApiGatewayUsagePlanKey x1 k -WhatIf", "What if: Add API key 'k' to usage plan 'x1' in eu-central-1.")]
    [InlineData("Remove-ApiGatewayUsagePlanKey x1 k -WhatIf", "What if: Remove API key 'k' from usage plan 'x1' in eu-central-1.")]
    [InlineData("Remove-ApiGatewayUsagePlan x1 -WhatIf", "What if: Remove usage plan 'x1' in eu-central-1.")]
    [InlineData("Set-ApiGatewayApiKeyUsage x1 k -Remaining 5 -WhatIf",
        "What if: Set the remaining requests of API key 'k' in usage plan 'x1' in eu-central-1 to 5.")]
    public void WhatIfSendsNothing(string script, string says)
    {
        Assert.Equal(says, _session.Screen(script));
        Assert.Equal(0, _session.Emulator.RequestCount);
    }

    [Theory]
    [InlineData("New-ApiGatewayApiKey k2 -UsagePlanId $plan", "API key 'k2' would be created in eu-central-1, and usage plan 'p (")]
    [InlineData("New-ApiGatewayApiKey k2 -UsagePlanId 'x1', $plan", "would be created in eu-central-1")]
    [InlineData("@{ Name = 'k2'; UsagePlanIds = $plan } | New-ApiGatewayApiKey", "would be created in eu-central-1")]
    [InlineData("Add-ApiGatewayUsagePlanKey $plan $key", "is in eu-west-1")]
    [InlineData("$key | Remove-ApiGatewayUsagePlanKey -UsagePlanId $plan -Confirm:$false", "is in eu-west-1")]
    [InlineData("Set-ApiGatewayApiKeyUsage $plan $key -Remaining 5", "is in eu-west-1")]
    [InlineData("Get-ApiGatewayUsagePlanKey $plan -Id $key", "is in eu-west-1")]
    [InlineData("Get-ApiGatewayApiKeyUsage $key $plan", "is in eu-west-1")]
    public void ObjectsOfTwoRegionsAreNotSent(string script, string says)
    {
        _session.Good("$plan = New-ApiGatewayUsagePlan p -Region eu-west-1; $key = New-ApiGatewayApiKey k");
        long before = _session.Emulator.RequestCount;
        Outcome outcome = _session.Run(script);
        Assert.Equal("DifferentRegions", outcome.ErrorId);
        Assert.Contains(says, outcome.Error.ToString());
        Assert.Contains("eu-central-1", outcome.Error.ToString());
        Assert.Empty(outcome.Output);
        Assert.Equal(before, _session.Emulator.RequestCount);
    }

    [Fact]
    public void ObjectsOfTwoConnectionsAreNotSent()
    {
        ModuleSession session = _session.Unconnected();
        session.Good("""
            Connect-ApiGateway -Emulator -Region eu-central-1
            $global:plan = New-ApiGatewayUsagePlan p
            $global:key = New-ApiGatewayApiKey k -UsagePlanId $plan
            Connect-ApiGateway -Emulator -Region eu-central-1
            """);
        foreach (string script in new[] { "New-ApiGatewayApiKey k2 -UsagePlanId $plan",
            "Add-ApiGatewayUsagePlanKey $plan (New-ApiGatewayApiKey k2)" })
        {
            Assert.Equal("DifferentConnections", session.Run(script).ErrorId);
        }

        Assert.Equal("k", session.One<UsagePlanKeyInfo>("Get-ApiGatewayUsagePlanKey $plan").Name);
    }

    [Fact]
    public void AKeyAndAPlanOfDifferentRegionsAreNotSent()
    {
        _session.Good("$plan = New-ApiGatewayUsagePlan p -Region eu-west-1; $key = New-ApiGatewayApiKey k");
        long before = _session.Emulator.RequestCount;
        Outcome outcome = _session.Run("Add-ApiGatewayUsagePlanKey $plan $key");
        Assert.Equal("DifferentRegions", outcome.ErrorId);
        Assert.Equal(before, _session.Emulator.RequestCount);
    }

    [Fact]
    public void APlanGoesBackToWhereItLives()
    {
        _session.Unconnected().Good(
            "$one = Connect-ApiGateway -Emulator -Region eu-west-1 -PassThru; $two = Connect-ApiGateway -Emulator -Region us-east-2 "
            + "-PassThru; $plan = New-ApiGatewayUsagePlan p -Connection $one; $key = New-ApiGatewayApiKey k -Connection $one");
        _session.Good("$plan | Add-ApiGatewayUsagePlanKey -Id $key.Id; $plan | Get-ApiGatewayUsagePlanKey | Remove-ApiGatewayUsagePlanKey "
            + "-Confirm:$false; $plan | Remove-ApiGatewayUsagePlan -Confirm:$false");
        Assert.Empty(_session.Good("Get-ApiGatewayUsagePlan -Connection $one"));
    }

    [Theory]
    [InlineData(EmulatorFaultKind.ResetAfter)]
    [InlineData(EmulatorFaultKind.ErrorAfter)]
    [InlineData(EmulatorFaultKind.InternalError)]
    [InlineData(EmulatorFaultKind.TooManyRequests)]
    public void AnAttachmentWhoseAnswerIsLostIsDoneOnce(EmulatorFaultKind kind)
    {
        using ModuleSession session =
            new(emulator: new ApiGatewayEmulator(faults: [new EmulatorFault { Kind = kind, Operation = "CreateUsagePlanKey", Times = 1 }]));
        session.Good("$plan = New-ApiGatewayUsagePlan p; $key = New-ApiGatewayApiKey k -UsagePlanId $plan");
        Assert.Single(session.Good("Get-ApiGatewayUsagePlanKey $plan"));
    }

    [Fact]
    public void AClashAfterALostAnswerIsStillAnError()
    {
        using ModuleSession session =
            new(emulator: new ApiGatewayEmulator(faults: [new EmulatorFault { Kind = EmulatorFaultKind.ResetBefore,
                Operation = "CreateUsagePlanKey", Skip = 1, Times = 1 }]));
        session.Good("$gold = New-ApiGatewayUsagePlan gold -ApiStage a:s; $clash = New-ApiGatewayUsagePlan clash -ApiStage a:s; $key = "
            + "New-ApiGatewayApiKey k -UsagePlanId $gold");
        Assert.Equal("UsagePlanKeyConflict", session.Run("Add-ApiGatewayUsagePlanKey $clash $key").ErrorId);
    }

    [Fact]
    public void APlanWhoseAnswerIsLostIsNotMadeTwice()
    {
        using ModuleSession session =
            new(emulator: new ApiGatewayEmulator(
                faults: [new EmulatorFault { Kind = EmulatorFaultKind.ErrorAfter, Operation = "CreateUsagePlan", Times = 1 }]));
        Outcome outcome = session.Run("New-ApiGatewayUsagePlan p");
        Assert.Equal("OutcomeUnknown", outcome.ErrorId);
        Assert.Contains("Get-ApiGatewayUsagePlan -Name 'p'", outcome.Error.ToString());
        Assert.Single(session.Good("Get-ApiGatewayUsagePlan"));
    }

    [Fact]
    public void PlansAreATableThatFitsEightyColumns()
    {
        using ModuleSession session = new(width: 80);
        session.Good("$null = New-ApiGatewayUsagePlan gold -RateLimit 5 -BurstLimit 10 -QuotaLimit 1000 -QuotaPeriod Month -ApiStage "
            + "a1b2c3d4e5:prod, f1b2c3d4e5:prod");
        string[] lines = session.Screen("Get-ApiGatewayUsagePlan").Split('\n');
        Assert.Matches("^Id +Name +Rate +Quota +Stages$", lines[0]);
        Assert.Matches("^[a-z0-9]{6} +gold +5/s, burst 10 +1000 a month +a1b2", lines[2]);
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
    }

    public void Dispose() => _session.Dispose();

    private IEnumerable<string?> Names(string script) => _session.Good(script).Select(plan => ((UsagePlanInfo)plan.BaseObject).Name);
}
