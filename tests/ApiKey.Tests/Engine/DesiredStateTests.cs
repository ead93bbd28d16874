using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>Compare and Sync as a user types them: files and objects, what is refused, what is asked, and how many calls it
/// takes.</summary>
public sealed class DesiredStateTests : IDisposable
{
    private const string Value = "SecretValue0123456789";

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    [Theory]
    [InlineData("k.json", """{ "defaults": { "enabled": false }, "keys": [ { "name": "a", "tags": { "env": "prod" } }, { "name": "b","""
        + """ "enabled": true } ] }""")]
    [InlineData("k.psd1", "@{ Defaults = @{ Enabled = $false }; Keys = @( @{ Name = 'a'; Tags = @{ env = \"prod\" } }, @{ NAME = 'b'; "
        + "Enabled = $true } ) }")]
    [InlineData("k.csv", "Name,Enabled,Tags\na,false,env=prod\nb,true,\n")]
    public void AFileSaysWhichKeysShouldBe(string name, string text)
    {
        using ModuleSession session = new();
        string file = Write(name, text);
        Assert.Equal(["Create a", "Create b"], Changes(session, "Compare-ApiGatewayApiKey $args[0]", file)
            .Select(change => change.ToString()));
        Assert.Equal([ChangeStatus.Done, ChangeStatus.Done], Changes(session, "Sync-ApiGatewayApiKey $args[0]", file)
            .Select(change => change.Status));
        ApiKeyInfo a = session.One<ApiKeyInfo>("Get-ApiGatewayApiKey a");
        Assert.Equal((false, "Managed by Terraform", "env=prod"), (a.Enabled, a.Description, a.Tags.ToString()));
        Assert.True(session.One<ApiKeyInfo>("Get-ApiGatewayApiKey b").Enabled);
        Assert.Empty(Changes(session, "[System.IO.FileInfo]$args[0] | Compare-ApiGatewayApiKey", file));
        Assert.Equal("No changes. 2 API keys are as the desired state says.", session.Screen($"Sync-ApiGatewayApiKey '{file}'"));
    }

    [Fact]
    public void ARotationAndADesiredStateGetAlong()
    {
        using ModuleSession session = new();
        session.Good("$state = @{ name = 'a'; tags = @{ team = 'x' } }; $null = Sync-ApiGatewayApiKey $state; $null = Get-ApiGatewayApiKey "
            + "| Invoke-ApiGatewayApiKeyRotation");
        Assert.Empty(session.Good("Compare-ApiGatewayApiKey $state -Prune -PruneTag @{ team = 'x' }"));
        session.Good("$state.description = 'new'; $state.tags.extra = 'y'; $null = Sync-ApiGatewayApiKey $state -Prune -PruneTag @{ team = "
            + "'x' }");
        Assert.Equal(["Managed by Terraform", "new"], session.Good("Get-ApiGatewayApiKey | ForEach-Object Description")
            .Select(one => one.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal("Disabled",
            session.Good("Get-ApiGatewayApiKey | Where-Object RotatedTo | Invoke-ApiGatewayApiKeyRotation -OldKey Disable | ForEach-Object "
                + "OldKey")[0].ToString());
        Assert.Equal(2, session.Good("Get-ApiGatewayApiKey").Count);
    }

    [Fact]
    public void ObjectsSayItToo()
    {
        using ModuleSession session = new();
        Changes(session, "@{ name = 'a'; tags = @{ x = 'y' } }, [pscustomobject]@{ Name = 'b'; Enabled = 'FALSE'; customer_id = 'c' } | "
            + "Sync-ApiGatewayApiKey");
        Assert.Empty(Changes(session, "Get-ApiGatewayApiKey | Compare-ApiGatewayApiKey"));
        Assert.Empty(Changes(session,
            "Compare-ApiGatewayApiKey @{ defaults = @{ enabled = $false; customer_id = 'c' }; keys = @(@{ name = 'b' }) }"));

        // Keys of another region are examples: by name, with their values when they were read.
        Changes(session, "Get-ApiGatewayApiKey -IncludeValue | Sync-ApiGatewayApiKey -Region eu-west-1");
        Assert.Equal("True", session.Good(
            "(Get-ApiGatewayApiKey a -IncludeValue).Value -ceq (Get-ApiGatewayApiKey a -IncludeValue -Region "
                + "eu-west-1).Value")[0].ToString());
    }

    [Fact]
    public void FaultsAreToldAllAtOnceWithFileAndPlaceBeforeAnyCall()
    {
        using ModuleSession session = new();
        string first = Write("k.psd1", "@{ Keys = @(\n  @{ Name = \"a$x\" }\n  @{ Name = 'b'; Enabeld = $true }\n) }");
        string second = Write("l.json", "[ { \"name\": \"c\", \"tags\": 5 } ]");
        Outcome outcome = session.Run("Sync-ApiGatewayApiKey $args[0], $args[1], $args[2]", first, second, Write("m.csv", "Name\nd\nd\n"));
        Assert.All(outcome.Errors, error => Assert.StartsWith("InvalidDesiredState,", error.FullyQualifiedErrorId));
        Assert.Equal(
            [
                $"{first} has 2 problems, so nothing was sent:|  line 2, column 13: name is text, and this is code, which is not run. Put "
                + "it in quotes.|  line 3, column 18: 'Enabeld' is not an attribute of an API key. Did you mean 'enabled'?",
                $"{second} has a problem, so nothing was sent:|  line 1, column 26: tags are names and texts, for example {{ \"env\": "
                + $"\"prod\" }}.",
                $"{Path.Combine(_folder, "m.csv")} has a problem, so nothing was sent:|  line 3, column 1: Line 2 of m.csv has the same "
                + "name, 'd', so the name does not tell which key is meant. Give each of them its id, or keep one.",
            ],
            outcome.ErrorTexts.Select(text => text.ReplaceLineEndings("|")));
        Assert.Equal("InvalidDesiredState", session.Run("Sync-ApiGatewayApiKey $args[0]", Write("n.psd1", "@{ Keys = @(")).ErrorId);
        Assert.Equal("FileNotFound", session.Run("Sync-ApiGatewayApiKey nothing.json").ErrorId);
        Assert.Equal("InvalidDesiredState", session.Run("Sync-ApiGatewayApiKey $args[0]", Write("n.txt", "")).ErrorId);
        Assert.Equal("InvalidDesiredState", session.Run("Sync-ApiGatewayApiKey 5").ErrorId);
        Assert.Equal(0, session.Emulator.RequestCount);
    }

    [Theory]
    [InlineData("-Prune", "PruneTagRequired")]
    [InlineData("-Prune -PruneTag @{}", "EmptyParameter")]
    [InlineData("-PruneTag @{ a = 'b' }", "PruneRequired")]
    [InlineData("-Prune -PruneTag @{ 'aws:x' = 'b' }", "InvalidPruneTag")]
    public void PruningNeedsAScope(string parameters, string errorId)
    {
        using ModuleSession session = new();
        Assert.Equal(errorId, session.Run($"Sync-ApiGatewayApiKey @{{ keys = @() }} {parameters}").ErrorId);
        Assert.Equal(0, session.Emulator.RequestCount);
    }

    [Fact]
    public void TheScopeIsNotEmptiedUnasked()
    {
        using ModuleSession session = new();
        session.Good("'a', 'b' | New-ApiGatewayApiKey -Tag @{ m = '1' }; $null = New-ApiGatewayApiKey c");
        Outcome refused = session.Run("Sync-ApiGatewayApiKey @{ name = 'c' } -Prune -PruneTag @{ m = '1' }");
        Assert.Equal("WouldEmptyScope", refused.ErrorId);
        Assert.EndsWith("Nothing was changed.", refused.Error.ToString());
        Assert.Equal(3, session.Good("Get-ApiGatewayApiKey").Count);
        Assert.Equal(["Remove", "Remove"], Changes(session, "Sync-ApiGatewayApiKey @{ name = 'c' } -Prune -PruneTag @{ m = '1' } -Force")
            .Select(change => change.Action.ToString()));
        Assert.Equal("c", session.One<ApiKeyInfo>("Get-ApiGatewayApiKey").Name);
    }

    [Fact]
    public void ANameHeldBySeveralIsRefusedWithTheirIdsAndNothingIsChanged()
    {
        using ModuleSession session = new();
        session.Good("$ids = ('a', 'a' | New-ApiGatewayApiKey).Id");
        Outcome outcome = session.Run("Sync-ApiGatewayApiKey @{ name = 'a'; enabled = $false }, @{ name = 'new' }");
        Assert.Equal("AmbiguousApiKey", outcome.ErrorId);
        Assert.All(session.Good("$ids"), id => Assert.Contains((string)id.BaseObject, outcome.Error.ToString()));
        Assert.Equal(2, session.Good("Get-ApiGatewayApiKey").Count);
        Assert.Single(Changes(session, "Sync-ApiGatewayApiKey @{ id = $ids[0]; name = 'a'; enabled = $false }"));
    }

    [Fact]
    public void AnotherValueReplacesOnlyWhenAllowed()
    {
        using ModuleSession session = new();
        string old = session.One<ApiKeyInfo>("New-ApiGatewayApiKey a").Id;
        Assert.Equal("ReplaceNotAllowed", session.Run($"Sync-ApiGatewayApiKey @{{ name = 'a'; value = '{Value}' }}").ErrorId);
        PlannedChange change = Assert.Single(Changes(session,
            $"Sync-ApiGatewayApiKey @{{ name = 'a'; value = '{Value}' }} -AllowReplace -WarningAction Ignore"));
        Assert.Equal((PlanAction.Replace, old), (change.Action, change.Id));
        ApiKeyInfo key = session.One<ApiKeyInfo>("Get-ApiGatewayApiKey -IncludeValue");
        Assert.Equal((Value, change.Key!.Id), (key.Value, key.Id));
        Assert.NotEqual(old, key.Id);
    }

    [Fact]
    public void ValuesAreListedOnlyWhenTheDesiredStateHasSome()
    {
        List<string> queries = [];
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) =>
        {
            queries.Add(request.RequestUri!.Query);
            return Task.FromResult<HttpResponseMessage?>(null);
        }));
        session.Good("Compare-ApiGatewayApiKey @{ name = 'a' }");
        session.Good($"Compare-ApiGatewayApiKey @{{ name = 'a'; value = '{Value}' }}");
        Assert.DoesNotContain("includeValues=true", queries[0]);
        Assert.Contains("includeValues=true", queries[1]);
    }

    [Fact]
    public void OneListingServesAnyNumberOfKeys()
    {
        using ModuleSession session = new();
        Seed.Keys(session, 1200);
        string file = Path.Combine(_folder, "all.json");
        session.Good("Export-ApiGatewayApiKey $args[0] -Format DesiredState", file);
        long before = session.Emulator.RequestCount;
        Assert.Empty(Changes(session, "Compare-ApiGatewayApiKey $args[0]", file));

        // Keys say that they are in no usage plan, so plans are listed once.
        Assert.Equal(3 + 1, session.Emulator.RequestCount - before);
        Assert.Equal(1200, Changes(session, "Compare-ApiGatewayApiKey $args[0] -IncludeUnchanged", file)
            .Count(change => change.Action == PlanAction.None));
    }

    [Fact]
    public void WhatIfIsThePlanAndConfirmAsksPerKey()
    {
        using ModuleSession session = new();
        string id = session.One<ApiKeyInfo>("New-ApiGatewayApiKey a").Id;
        Assert.Equal(
            $"What if: Change API key 'a ({id})' in eu-central-1: Description 'Managed by Terraform' -> 'x'.\nWhat if: Create API key 'b' "
            + "in eu-central-1: Description = 'Managed by Terraform', Enabled = 'true'.",
            session.Screen("Sync-ApiGatewayApiKey @{ name = 'a'; description = 'x' }, @{ name = 'b' } -WhatIf"));
        string screen = session.Screen("Sync-ApiGatewayApiKey @{ name = 'a'; description = 'x' }, @{ name = 'b' } -Confirm");
        Assert.Equal(2, screen.Split("QUESTION: ").Length - 1);
        Assert.Empty(Changes(session, "Compare-ApiGatewayApiKey @{ name = 'a'; description = 'x' }, @{ name = 'b' }"));
    }

    [Fact]
    public void ThePlanReadsLikeAPlan()
    {
        using ModuleSession session = new(width: 200);
        session.Good("$ids = ('same', 'changed', 'gone', 'replaced' | New-ApiGatewayApiKey -Tag @{ m = '1' }).Id");
        string screen = session.Screen(
            $"Compare-ApiGatewayApiKey @{{ name = 'same'; tags = @{{ m = '1' }} }}, @{{ name = 'changed'; description = 'd'; tags = @{{ x "
            + $"= '2' }} }}, @{{ name = 'new'; value = 'X{Value}' }}, @{{ name = 'replaced'; value = '{Value}'; tags = @{{ m = '1' }} }} "
            + $"-Prune -PruneTag @{{ m = '1' }}");
        string[] ids = [.. session.Good("$ids").Select(id => (string)id.BaseObject)];
        Assert.Equal(
            $"""
              ~ changed ({ids[1]})
                    Description 'Managed by Terraform' -> 'd'
                    Tags.m '1' taken off
                    Tags.x = '2'
              + new
                    Description = 'Managed by Terraform'
                    Enabled = 'true'
                    Value = (sensitive)
            -/+ replaced ({ids[3]})
                    # A value cannot change: a new key is made, in no usage plan, then this
                    # one is removed. Needs -AllowReplace.
                    Value (sensitive) -> (sensitive)
              - gone ({ids[2]})
                    # The desired state does not have it, and it has the tags m=1.

            1 to create, 1 to change, 1 to replace, 1 to remove, 1 unchanged
            """.ReplaceLineEndings("\n"),
            screen);
        Assert.DoesNotContain(Value, screen);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IReadOnlyList<PlannedChange> Changes(ModuleSession session, string script, params object?[] arguments) =>
        [.. session.Good(script, arguments).Select(change => (PlannedChange)change.BaseObject)];

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
