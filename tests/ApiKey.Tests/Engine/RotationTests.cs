using ApiKey.Emulator;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Rotation as a user types it. What happens when calls fail is in <see cref="RotationFaultTests"/>.</summary>
public class RotationTests : IDisposable
{
    private readonly ModuleSession _session =
        new(settings: new Service.ApiGatewayConnection { Region = "eu-central-1", Clock = new SkippingClock() });

    [Fact]
    public void TheSuccessorIsAsTheOldKeyButForItsValue()
    {
        _session.Good("$plan = 'gold', 'silver' | New-ApiGatewayUsagePlan; $key = New-ApiGatewayApiKey acme -Description d -CustomerId c "
            + "-Tag @{ env = 'prod'; empty = '' } -UsagePlanId $plan");
        ApiKeyInfo old = _session.One<ApiKeyInfo>("$key");
        ApiKeyRotationInfo rotation = _session.One<ApiKeyRotationInfo>("$key | Invoke-ApiGatewayApiKeyRotation");
        Assert.Equal((old.Name, old.Description, old.CustomerId, old.Enabled),
            (rotation.New.Name, rotation.New.Description, rotation.New.CustomerId, rotation.New.Enabled));
        Assert.Equal($"apikey:rotated-from={old.Id}, empty=, env=prod", rotation.New.Tags.ToString());
        Assert.Equal($"apikey:rotated-to={rotation.New.Id}, empty=, env=prod", rotation.Old!.Tags.ToString());
        Assert.NotEqual(old.Value, rotation.New.Value);
        Assert.NotNull(rotation.New.Value);
        Assert.Null(rotation.Old.Value);
        Assert.Equal(rotation.New.Value, _session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $args[0] -IncludeValue", rotation.New.Id)
            .Value);
        Assert.Equal(2, _session.Good("Get-ApiGatewayUsagePlan -ApiKeyId $args[0]", rotation.New.Id).Count);
        Assert.Equal(2, _session.Good("Get-ApiGatewayUsagePlan -ApiKeyId $args[0]", old.Id).Count);
        Assert.True(_session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $args[0]", old.Id).Enabled);
    }

    [Fact]
    public void TheOldKeyIsDisabledOrRemovedWhenAsked()
    {
        _session.Good("$a = New-ApiGatewayApiKey a; $b = New-ApiGatewayApiKey b");
        Assert.False(_session.One<ApiKeyRotationInfo>("$a | Invoke-ApiGatewayApiKeyRotation -OldKey Disable").Old!.Enabled);
        Assert.False(_session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $a.Id").Enabled);
        ApiKeyRotationInfo removed =
            _session.One<ApiKeyRotationInfo>("Invoke-ApiGatewayApiKeyRotation $b.Id -OldKey Remove -Confirm:$false");
        Assert.Equal("b", removed.Old!.Name);
        Assert.Equal(removed.New.Id, _session.One<ApiKeyInfo>("Get-ApiGatewayApiKey b").Id);
    }

    [Fact]
    public void WhatWasKeptIsFinishedLaterWithTheSameSuccessor()
    {
        _session.Good("$key = New-ApiGatewayApiKey acme; $kept = $key | Invoke-ApiGatewayApiKeyRotation");
        ApiKeyRotationInfo kept = _session.One<ApiKeyRotationInfo>("$kept");
        foreach ((string script, string action) in new[] { ("$key.Id | Invoke-ApiGatewayApiKeyRotation -OldKey Disable", "disabled"),
            ("$key | Invoke-ApiGatewayApiKeyRotation -OldKey Remove -Confirm:$false", "removed") })
        {
            ApiKeyRotationInfo finished = _session.One<ApiKeyRotationInfo>(script);
            Assert.Equal((kept.New.Id, kept.New.Value), (finished.New.Id, finished.New.Value));
            Assert.Equal(action == "removed" ? 1 : 2, _session.Good("Get-ApiGatewayApiKey").Count);
        }
    }

    [Fact]
    public void ASecondRunWithEverythingDoneWritesNothing()
    {
        _session.Good("$plan = New-ApiGatewayUsagePlan p; $key = New-ApiGatewayApiKey acme -UsagePlanId $plan; $null = $key | "
            + "Invoke-ApiGatewayApiKeyRotation -OldKey Disable");
        long before = Writes();
        Assert.NotNull(_session.One<ApiKeyRotationInfo>("$key | Invoke-ApiGatewayApiKeyRotation -OldKey Disable").New.Value);
        Assert.Equal(before, Writes());
    }

    [Fact]
    public void TheSamePipelineAgainDoesNotRotateTheSuccessors()
    {
        const string Script = "Get-ApiGatewayApiKey -Name k* | Invoke-ApiGatewayApiKeyRotation";
        _session.Good("1..20 | ForEach-Object { \"k$_\" } | New-ApiGatewayApiKey");
        Assert.Equal(20, _session.Good(Script).Count);
        Outcome again = _session.Run(Script);
        Assert.Equal(20, again.Output.Count);
        Assert.Empty(again.Errors);
        Assert.Contains("20 API keys were left alone", Assert.Single(again.Warnings));
        Assert.Equal(40, _session.Good("Get-ApiGatewayApiKey").Count);
        Assert.Equal(20, _session.Run("Get-ApiGatewayApiKey -Name k* | Invoke-ApiGatewayApiKeyRotation -OldKey Remove -Confirm:$false")
            .Output.Count);
        Assert.Equal(20, _session.Good("Get-ApiGatewayApiKey").Count);
    }

    [Fact]
    public void ASuccessorIsRotatedInItsTurnWhenTheOldKeyIsGoneOrWithForce()
    {
        _session.Good("$one = New-ApiGatewayApiKey acme; $two = ($one | Invoke-ApiGatewayApiKeyRotation -OldKey Remove "
            + "-Confirm:$false).New");
        ApiKeyRotationInfo next = _session.One<ApiKeyRotationInfo>("($two | Invoke-ApiGatewayApiKeyRotation)");
        Assert.Equal($"apikey:rotated-from={next.Old!.Id}", next.New.Tags.ToString());
        Assert.Single(_session.Run("$args[0] | Invoke-ApiGatewayApiKeyRotation", next.New).Warnings);
        Assert.Equal(next.New.Id, _session.One<ApiKeyRotationInfo>("$args[0] | Invoke-ApiGatewayApiKeyRotation -Force", next.New).Old!.Id);
    }

    [Fact]
    public void ARenamedSuccessorIsFoundByTheOldKeysTag()
    {
        _session.Good("$key = New-ApiGatewayApiKey acme; $r = $key | Invoke-ApiGatewayApiKeyRotation; Set-ApiGatewayApiKey $r.New -Name "
            + "other");
        Assert.Equal("other", _session.One<ApiKeyRotationInfo>("$key.Id | Invoke-ApiGatewayApiKeyRotation -OldKey Disable").New.Name);
        Assert.Equal(2, _session.Good("Get-ApiGatewayApiKey").Count);
    }

    [Fact]
    public void AKeyThatWasRenamedSinceItWasListedIsRotatedAsItIsNow()
    {
        _session.Good("$key = New-ApiGatewayApiKey acme; Set-ApiGatewayApiKey $key -Name newname -Description now");
        ApiKeyRotationInfo rotation = _session.One<ApiKeyRotationInfo>("$key | Invoke-ApiGatewayApiKeyRotation");
        Assert.Equal(("newname", "now"), (rotation.New.Name, rotation.New.Description));
    }

    [Fact]
    public void MarksDoNotDependOnWhichTagsTheConnectionIgnores()
    {
        _session.Unconnected().Good(
            "Connect-ApiGateway -Emulator -Region eu-central-1 -DefaultTag @{ team = 'a'; env = 'test' } -IgnoreTagPrefix 'apikey:'");
        _session.Good("$key = New-ApiGatewayApiKey acme -Tag @{ env = 'prod' }");
        ApiKeyRotationInfo first = _session.One<ApiKeyRotationInfo>("$key | Invoke-ApiGatewayApiKeyRotation");
        Assert.Equal(("env=prod", "env=prod, team=a"), (first.New.Tags.ToString(), first.New.TagsAll.ToString()));
        Assert.Equal(("env=prod", "env=prod, team=a"), (first.Old!.Tags.ToString(), first.Old.TagsAll.ToString()));
        Assert.Equal(first.New.Id, _session.One<ApiKeyRotationInfo>("$key | Invoke-ApiGatewayApiKeyRotation -OldKey Disable").New.Id);
    }

    [Fact]
    public void AnExactSetOfTagsLeavesTheMarks()
    {
        _session.Good("$key = New-ApiGatewayApiKey acme -Tag @{ env = 'prod' }; $r = $key | Invoke-ApiGatewayApiKeyRotation");
        _session.Good("Get-ApiGatewayApiKey | Set-ApiGatewayApiKey -Tag @{ env = 'test' }");
        ApiKeyRotationInfo rotation = _session.One<ApiKeyRotationInfo>("$r");
        Assert.Equal(rotation.New.Id, _session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $key.Id").RotatedTo);
        Assert.Equal(rotation.Old!.Id, _session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $r.New.Id").RotatedFrom);
        _session.Good("Set-ApiGatewayApiKey $key -RemoveTag apikey:rotated-to");
        Assert.Null(_session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $key.Id").RotatedTo);
    }

    [Theory]
    [InlineData("$copy = Get-ApiGatewayApiKey -Id $key.Id | New-ApiGatewayApiKey -Name copy -WarningAction SilentlyContinue")]
    [InlineData("$copy = Get-ApiGatewayApiKey -Id $key.Id | ForEach-Object { @{ name = 'copy'; tags = @{ 'apikey:rotated-to' = "
        + "$_.RotatedTo } } } | Sync-ApiGatewayApiKey | ForEach-Object { Get-ApiGatewayApiKey copy }")]
    public void ACopyOfARotatedKeyIsNotPartOfItsRotation(string makeCopy)
    {
        _session.Good("$key = New-ApiGatewayApiKey acme; $r = $key | Invoke-ApiGatewayApiKeyRotation");
        _session.Good(makeCopy);
        ApiKeyInfo copy = _session.One<ApiKeyInfo>("Get-ApiGatewayApiKey copy");
        Assert.Null(copy.RotatedTo);
        Assert.NotEqual(_session.One<ApiKeyRotationInfo>("$r").New.Id,
            _session.One<ApiKeyRotationInfo>("Get-ApiGatewayApiKey copy | Invoke-ApiGatewayApiKeyRotation").New.Id);
    }

    [Fact]
    public void ACopyThatAnotherToolMadeIsNotDisabledForSomebodyElsesSuccessor()
    {
        _session.Good("$key = New-ApiGatewayApiKey acme; $r = $key | Invoke-ApiGatewayApiKeyRotation");
        string other = _session.One<ApiKeyRotationInfo>("$r").New.Id;
        string id = _session.Emulator.Seed(new SeedKey
        {
            Region = "eu-central-1",
            Name = "copy",
            Tags = new Dictionary<string, string> { ["apikey:rotated-to"] = other }
        });
        Assert.NotEqual(other, _session.One<ApiKeyRotationInfo>("Invoke-ApiGatewayApiKeyRotation $args[0] -OldKey Disable", id).New.Id);
    }

    [Fact]
    public void OthersTagsGoWithTheSuccessorAndAwsOwnDoNot()
    {
        string id = _session.Emulator.Seed(new SeedKey
        {
            Region = "eu-central-1",
            Name = "a",
            Tags = new Dictionary<string, string> { ["aws:x"] = "1", ["k8s/x"] = "2" }
        });
        ApiKeyRotationInfo rotation = _session.One<ApiKeyRotationInfo>("Invoke-ApiGatewayApiKeyRotation $args[0]", id);
        Assert.Equal(["apikey:rotated-from", "k8s/x"], _session.Emulator.TagsOf("eu-central-1", rotation.New.Id).Keys.Order());
    }

    [Fact]
    public void AValueOfTheUsersOwnIsForOneKey()
    {
        const string Value = "abcdefghij0123456789";
        _session.Good("$a = New-ApiGatewayApiKey a; $b = New-ApiGatewayApiKey b");
        Assert.Equal(Value, _session.One<ApiKeyRotationInfo>($"$a | Invoke-ApiGatewayApiKeyRotation -Value {Value}").New.Value);
        Assert.Equal(Value, _session.One<ApiKeyRotationInfo>($"$a | Invoke-ApiGatewayApiKeyRotation -Value {Value} -OldKey Disable")
            .New.Value);
        Assert.Contains("another value", _session.Run("$a | Invoke-ApiGatewayApiKeyRotation -Value abcdefghij9999999999").Error.ToString());
        Outcome used = _session.Run($"$b | Invoke-ApiGatewayApiKeyRotation -Value {Value}");
        Assert.Equal("ApiKeyConflict", used.ErrorId);
        Assert.Contains("already the value of API key 'a (", used.Error.ToString());
        Assert.Equal("ContradictoryParameters", _session.Run($"$a, $b | Invoke-ApiGatewayApiKeyRotation -Value {Value}").ErrorId);
        Assert.Equal("InvalidApiKey", _session.Run("$b | Invoke-ApiGatewayApiKeyRotation -Value short").ErrorId);
    }

    [Fact]
    public void AKeyThatCannotBeRotatedSafelyIsRefusedBeforeAnyWrite()
    {
        Dictionary<string, string> full = Enumerable.Range(0, 50).ToDictionary(number => $"t{number}", _ => "v");
        string tagged = _session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Name = "full", Tags = full });
        Outcome outcome = _session.Run("Invoke-ApiGatewayApiKeyRotation $args[0]", tagged);
        Assert.Contains("has 50 tags", outcome.Error.ToString());
        Assert.Equal("ApiKeyNotFound", _session.Run("Invoke-ApiGatewayApiKeyRotation gone").ErrorId);
        Assert.Equal("ApiKeyNotFound", _session.Run("Invoke-ApiGatewayApiKeyRotation gone -OldKey Remove -Confirm:$false").ErrorId);
        Assert.Equal(0, Writes());
    }

    [Theory]
    [InlineData("", "What if: Rotate API key 'acme (ID)' in eu-central-1.")]
    [InlineData("-OldKey Disable", "What if: Rotate API key 'acme (ID)' in eu-central-1 and disable it.")]
    [InlineData("-OldKey Remove", "What if: Rotate API key 'acme (ID)' in eu-central-1 and remove it.")]
    public void WhatIfSendsNothing(string parameters, string says)
    {
        string id = _session.One<ApiKeyInfo>("($key = New-ApiGatewayApiKey acme)").Id;
        long before = _session.Emulator.RequestCount;
        Assert.Equal(says.Replace("ID", id), _session.Screen($"$key | Invoke-ApiGatewayApiKeyRotation {parameters} -WhatIf"));
        Assert.Equal(before, _session.Emulator.RequestCount);
    }

    [Fact]
    public void RemovingAsksFirst()
    {
        _session.Good("$key = New-ApiGatewayApiKey acme");
        Assert.Contains("QUESTION: Rotate API key 'acme (", _session.Screen("$key | Invoke-ApiGatewayApiKeyRotation -OldKey Remove"));
        Assert.DoesNotContain("QUESTION", _session.Screen("$key | Invoke-ApiGatewayApiKeyRotation -OldKey Disable"));
    }

    [Fact]
    public void OneRotationTakesTheFewestCalls()
    {
        _session.Good("$plan = New-ApiGatewayUsagePlan p; $key = New-ApiGatewayApiKey acme -UsagePlanId $plan");
        // Reads: the key with its successor, and its plans. Writes: create, attach, mark.
        AssertCalls(5, "$key | Invoke-ApiGatewayApiKeyRotation");
        // Reads: the two keys, the plans of both. Writes: disable.
        AssertCalls(4, "$key | Invoke-ApiGatewayApiKeyRotation -OldKey Disable");
        _session.Good("$key = New-ApiGatewayApiKey bcme -UsagePlanId $plan");
        // Without a mark on a key that is about to be deleted; with one on a key that waits for that.
        AssertCalls(5, "$key | Invoke-ApiGatewayApiKeyRotation -OldKey Remove -Force -Confirm:$false");
        _session.Good("$key = New-ApiGatewayApiKey ccme -UsagePlanId $plan");
        AssertCalls(6, "$key | Invoke-ApiGatewayApiKeyRotation -OldKey Remove -Confirm:$false");
    }

    [Fact]
    public void ManyRotationsShareTheirReads()
    {
        _session.Good("$plan = 'p', 'q' | New-ApiGatewayUsagePlan; $keys = 1..60 | ForEach-Object { \"key-$_\" } | New-ApiGatewayApiKey "
            + "-UsagePlanId $plan[0]");
        // 3 writes for each; the first 8 keys are looked up one by one; then one page of keys, one of plans, one of each plan's keys.
        AssertCalls((60 * 3) + 16 + 1 + 1 + 2, "$keys | Invoke-ApiGatewayApiKeyRotation");
        Assert.Equal(120, _session.Good("Get-ApiGatewayUsagePlanKey $plan[0]").Count);
    }

    [Theory]
    [InlineData(8, 1, 16)]
    [InlineData(9, 8, 8 + 8 + 1 + 1 + 8)]
    [InlineData(9, 9, 8 + 9 + 1 + 1)]
    public void ThePlansOfKeysAreReadOneByOneUntilThatIsMoreThanThePlans(int keys, int plans, int reads)
    {
        // The first 8 keys are looked up one by one, then keys are listed; plans too, and their members where there are fewer of them.
        _session.Good("$null = 1..$args[1] | ForEach-Object { New-ApiGatewayUsagePlan \"p$_\" }; "
            + "$keys = 1..$args[0] | ForEach-Object { New-ApiGatewayApiKey \"key-$_\" }", keys, plans);
        AssertCalls((keys * 2) + reads, "$keys | Invoke-ApiGatewayApiKeyRotation");
    }

    [Fact]
    public void ResultsComeWhileKeysAreStillComingIn()
    {
        _session.Good("$keys = 1..40 | ForEach-Object { \"key-$_\" } | New-ApiGatewayApiKey; $seen = 0; $early = 0");
        _session.Good("$keys | ForEach-Object { $script:seen++; $_ } | Invoke-ApiGatewayApiKeyRotation | ForEach-Object { if ($script:seen "
            + "-lt 40) { $script:early++ } }");
        Assert.InRange((int)_session.Good("$early")[0].BaseObject, 20, 40);
    }

    [Fact]
    public void TheSameKeyTwiceIsRotatedOnce()
    {
        _session.Good("$key = New-ApiGatewayApiKey acme");
        Assert.Single(_session.Good("$key, $key.Id | Invoke-ApiGatewayApiKeyRotation"));
        Assert.Equal(2, _session.Good("Get-ApiGatewayApiKey").Count);
    }

    public void Dispose() => _session.Dispose();

    private void AssertCalls(int calls, string script)
    {
        long before = _session.Emulator.RequestCount;
        _session.Good(script);
        Assert.Equal(calls, _session.Emulator.RequestCount - before);
    }

    private long Writes() => new[] { "CreateApiKey", "UpdateApiKey", "DeleteApiKey", "TagResource", "UntagResource", "CreateUsagePlanKey",
        "DeleteUsagePlanKey" }.Sum(_session.Emulator.CountOf);
}
