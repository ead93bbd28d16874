using System.Management.Automation;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Create, read, change, import and remove, as a user types it.</summary>
public class KeyLifeTests : IDisposable
{
    private readonly ModuleSession _session = new();

    [Fact]
    public void ANewKeyHasTerraformsDefaultsAndItsValue()
    {
        ApiKeyInfo key = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey partner");
        Assert.Equal("partner", key.Name);
        Assert.Equal("Managed by Terraform", key.Description);
        Assert.True(key.Enabled);
        Assert.Equal(40, key.Value!.Length);
        Assert.Equal($"arn:aws:apigateway:eu-central-1::/apikeys/{key.Id}", key.Arn);
        Assert.Equal("eu-central-1", key.Region);
        Assert.Equal(TimeSpan.Zero, key.CreatedDate!.Value.Offset);
        Assert.Null(key.CustomerId);
        Assert.Empty(key.Tags);
        Assert.Empty(key.StageKeys);
    }

    [Fact]
    public void EverythingSaidIsOnTheKey()
    {
        ApiKeyInfo made = _session.One<ApiKeyInfo>(
            "New-ApiGatewayApiKey -Name p -Description d -Enabled $false -Value abcdefghij0123456789 -CustomerId c -Tag @{ a = '1'; b "
                + "= '' }");
        ApiKeyInfo read = _session.One<ApiKeyInfo>("Import-ApiGatewayApiKey $args[0]", made.Id);
        Assert.Equal(made, read with { Connection = made.Connection, StageKeys = made.StageKeys });
        Assert.Equal(("p", "d", false, "abcdefghij0123456789", "c"),
            (read.Name, read.Description, read.Enabled, read.Value, read.CustomerId));
        Assert.Equal("a=1, b=", read.Tags.ToString());
    }

    [Theory]
    [InlineData("Get-ApiGatewayApiKey -Id $args[0]", false)]
    [InlineData("Get-ApiGatewayApiKey -Id $args[0] -IncludeValue", true)]
    [InlineData("Get-ApiGatewayApiKey", false)]
    [InlineData("Get-ApiGatewayApiKey -IncludeValue", true)]
    [InlineData("Import-ApiGatewayApiKey -Id $args[0]", true)]
    [InlineData("Set-ApiGatewayApiKey $args[0] -Description x -PassThru", false)]
    [InlineData("Get-ApiGatewayApiKey -Value abcdefghij0123456789", false)]
    public void TheValueIsThereOnlyWhenAskedFor(string script, bool expected)
    {
        string id = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey p -Value abcdefghij0123456789").Id;
        Assert.Equal(expected ? "abcdefghij0123456789" : null, _session.One<ApiKeyInfo>(script, id).Value);
    }

    [Theory]
    [InlineData("p-*", "p-a p-b p-c")]
    [InlineData("p-a", "p-a")]
    [InlineData("*-b", "p-b")]
    [InlineData("p-[ac]", "p-a p-c")]
    [InlineData("P-*", "")]
    [InlineData("none*", "")]
    public void NamesAreMatchedAsPowerShellDoes(string pattern, string expected)
    {
        _session.Good("'p-a', 'p-b', 'p-c', 'q' | New-ApiGatewayApiKey");
        Assert.Equal(expected, string.Join(' ', _session.Good("(Get-ApiGatewayApiKey -Name $args[0]).Name", pattern)));
    }

    [Fact]
    public void ALiteralNameThatIsNotThereIsAnErrorAndTheOthersAreListed()
    {
        _session.Good("New-ApiGatewayApiKey here");
        Outcome outcome = _session.Run("Get-ApiGatewayApiKey here, gone");
        Assert.Equal("here", ((ApiKeyInfo)Assert.Single(outcome.Output).BaseObject).Name);
        Assert.Equal(("ApiKeyNotFound", "gone", ErrorCategory.ObjectNotFound),
            (outcome.ErrorId, outcome.Error.TargetObject, outcome.Error.CategoryInfo.Category));
    }

    [Fact]
    public void FiltersNarrowTheListing()
    {
        _session.Good("New-ApiGatewayApiKey a -CustomerId x -Tag @{ t = '1'; u = '2' }; New-ApiGatewayApiKey b -Enabled $false -Tag @{ t = "
            + "'1' }; New-ApiGatewayApiKey c -CustomerId x");
        Assert.Equal("c a", string.Join(' ', _session.Good("(Get-ApiGatewayApiKey -CustomerId x).Name")));
        Assert.Equal("b", string.Join(' ', _session.Good("(Get-ApiGatewayApiKey -Enabled $false).Name")));
        Assert.Equal("b a", string.Join(' ', _session.Good("(Get-ApiGatewayApiKey -Tag @{ t = '1' }).Name")));
        Assert.Equal("a", string.Join(' ', _session.Good("(Get-ApiGatewayApiKey -Tag @{ t = '1' } -Enabled $true).Name")));
    }

    [Fact]
    public void SetChangesOnlyWhatIsSaid()
    {
        ApiKeyInfo made = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey p -Description d -CustomerId c -Tag @{ a = '1' }");
        ApiKeyInfo changed = _session.One<ApiKeyInfo>("Set-ApiGatewayApiKey $args[0] -Description '' -PassThru", made.Id);
        Assert.Equal(("p", null, true, "c", "a=1"),
            (changed.Name, changed.Description, changed.Enabled, changed.CustomerId, changed.Tags.ToString()));
        changed = _session.One<ApiKeyInfo>("Set-ApiGatewayApiKey $args[0] -Name q -CustomerId e -Enabled $false -PassThru", made.Id);
        Assert.Equal(("q", null, false, "e"), (changed.Name, changed.Description, changed.Enabled, changed.CustomerId));
    }

    [Fact]
    public void ACustomerIdCannotBeClearedAndNothingIsSent()
    {
        ApiKeyInfo made = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey p -CustomerId c");
        long before = _session.Emulator.RequestCount;
        Outcome outcome = _session.Run("Set-ApiGatewayApiKey $args[0] -Description d -CustomerId ''", made.Id);
        Assert.Equal("EmptyParameter", outcome.ErrorId);
        Assert.Contains("-CustomerId", outcome.Error.ToString());
        Assert.Equal(before, _session.Emulator.RequestCount);
    }

    [Fact]
    public void ADesiredStateWithoutACustomerIdLeavesTheOneAKeyHas()
    {
        _session.Good("New-ApiGatewayApiKey p -CustomerId c -Description old");
        PlannedChange change = _session.One<PlannedChange>("Sync-ApiGatewayApiKey @{ name = 'p'; description = 'new' }");
        Assert.Equal(["Description"], change.Differences.Select(difference => difference.Field));
        Assert.Contains("customer id", change.Reason);
        ApiKeyInfo key = _session.One<ApiKeyInfo>("Get-ApiGatewayApiKey");
        Assert.Equal(("new", "c"), (key.Description, key.CustomerId));
        Assert.Empty(_session.Good("Compare-ApiGatewayApiKey @{ name = 'p'; description = 'new' }"));
    }

    [Fact]
    public void APipedKeyIsNotSetAgainFromItself()
    {
        _session.Good("$old = New-ApiGatewayApiKey p; Set-ApiGatewayApiKey $old.Id -Name renamed; $old | Set-ApiGatewayApiKey "
            + "-Description d");
        Assert.Equal("renamed", _session.One<ApiKeyInfo>("Get-ApiGatewayApiKey").Name);
    }

    [Theory]
    [InlineData("-Tag @{ b = '2' }", "b=2")]
    [InlineData("-Tag @{}", "")]
    [InlineData("-AddTag @{ b = '2' }", "a=1, b=2")]
    [InlineData("-AddTag @{ a = '2' }", "a=2")]
    [InlineData("-RemoveTag a, none", "")]
    [InlineData("-RemoveTag a -AddTag @{ c = '3' }", "c=3")]
    [InlineData("-Tag 'a=1&d=4'", "a=1, d=4")]
    public void TagsAreSetAddedAndRemoved(string change, string expected)
    {
        string id = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey p -Tag @{ a = '1' }").Id;
        _session.Good($"Set-ApiGatewayApiKey $args[0] {change}", id);
        Assert.Equal(expected, _session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -Id $args[0]", id).Tags.ToString());
    }

    [Fact]
    public void RemovingAMissingKeyIsAnErrorOrWithIfExistsASuccess()
    {
        Outcome outcome = _session.Run("Remove-ApiGatewayApiKey gone1 -Confirm:$false");
        Assert.Equal(("ApiKeyNotFound", "gone1"), (outcome.ErrorId, outcome.Error.TargetObject));
        _session.Good("Remove-ApiGatewayApiKey gone1 -IfExists -Confirm:$false");
    }

    [Fact]
    public void RemoveEmitsWhatWasRemovedWhenAsked()
    {
        string id = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey p").Id;
        Assert.Equal("p", _session.One<ApiKeyInfo>("Remove-ApiGatewayApiKey $args[0] -PassThru -Confirm:$false", id).Name);
        Assert.Empty(_session.Good("Get-ApiGatewayApiKey"));
    }

    [Fact]
    public void RowsBindByColumnAndBadTextIsRefusedPerRow()
    {
        Outcome outcome = _session.Run("""
            [pscustomobject]@{ Name = 'a'; Enabled = 'FALSE'; customer_id = 'c'; Tags = 'x=1'; Value = '' },
            [pscustomobject]@{ Name = 'b'; Enabled = 'perhaps' },
            [pscustomobject]@{ Name = 'c'; Enabled = '' } | New-ApiGatewayApiKey
            """);
        Assert.Contains("'perhaps' is neither true nor false", outcome.Error.ToString());
        ApiKeyInfo[] keys = [.. outcome.Output.Select(key => (ApiKeyInfo)key.BaseObject)];
        Assert.Equal([("a", false, "c", "x=1"), ("c", true, null, "")],
            keys.Select(key => (key.Name!, key.Enabled, key.CustomerId, key.Tags.ToString())));
    }

    [Fact]
    public void AnEarlierRowLeavesNothingBehindForALaterOne()
    {
        IReadOnlyList<PSObject> keys =
            _session.Good("[pscustomobject]@{ Name = 'a'; Description = 'of a'; CustomerId = 'c' }, [pscustomobject]@{ Name = 'b' } | "
                + "New-ApiGatewayApiKey");
        ApiKeyInfo second = (ApiKeyInfo)keys[1].BaseObject;
        Assert.Equal(("Managed by Terraform", null), (second.Description, second.CustomerId));
    }

    [Fact]
    public void TerraformsSpellingsAreThere()
    {
        _session.Good("$key = New-ApiGatewayApiKey p -CustomerId c -Tag @{ a = '1' }");
        Assert.Equal("c 1 True True",
            Assert.Single(_session.Good(
                "\"$($key.customer_id) $($key.tags_all.a) $($key.created_date -eq $key.CreatedDate) $($key.last_updated_date -eq "
                + "$key.LastUpdatedDate)\"")).ToString());
    }

    public void Dispose() => _session.Dispose();
}
