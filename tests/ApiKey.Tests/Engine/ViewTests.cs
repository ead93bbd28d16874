using ApiKey.Emulator;

namespace ApiKey.Tests.Engine;

/// <summary>What a person sees: a table for many, a list for one, never the value.</summary>
public class ViewTests
{
    [Theory]
    [InlineData(80, """
        Id         Name                     Enabled Created           Tags
        --         ----                     ------- -------           ----
        b2c3d4e5f6 a-name-that-is-longer-t… False   2026-01-15 09:30Z
        a1b2c3d4e5 partner-acme             True    2026-01-15 09:30Z env=prod, team=p…
        """)]
    [InlineData(120, """
        Id         Name                     Enabled Created           Tags
        --         ----                     ------- -------           ----
        b2c3d4e5f6 a-name-that-is-longer-t… False   2026-01-15 09:30Z
        a1b2c3d4e5 partner-acme             True    2026-01-15 09:30Z env=prod, team=payments
        """)]
    public void ManyKeysAreATable(int width, string expected)
    {
        using ModuleSession session = Prepare(width);
        Assert.Equal(expected, session.Screen("Get-ApiGatewayApiKey"));
    }

    [Theory]
    [InlineData(80, """
           Region: eu-west-1

        Id         Name                     Enabled Created           Tags
        --         ----                     ------- -------           ----
        c3d4e5f6g7 elsewhere                True    2026-01-15 09:30Z

           Region: eu-central-1

        Id         Name                     Enabled Created           Tags
        --         ----                     ------- -------           ----
        b2c3d4e5f6 a-name-that-is-longer-t… False   2026-01-15 09:30Z
        a1b2c3d4e5 partner-acme             True    2026-01-15 09:30Z env=prod, team=p…
        """)]
    [InlineData(120, """
           Region: eu-west-1

        Id         Name                     Enabled Created           Tags
        --         ----                     ------- -------           ----
        c3d4e5f6g7 elsewhere                True    2026-01-15 09:30Z

           Region: eu-central-1

        Id         Name                     Enabled Created           Tags
        --         ----                     ------- -------           ----
        b2c3d4e5f6 a-name-that-is-longer-t… False   2026-01-15 09:30Z
        a1b2c3d4e5 partner-acme             True    2026-01-15 09:30Z env=prod, team=payments
        """)]
    public void KeysOfSeveralRegionsAreATableForEach(int width, string expected)
    {
        using ModuleSession session = Prepare(width);
        Assert.Equal(expected, session.Screen("Get-ApiGatewayApiKey -Region eu-west-1, eu-central-1"));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void OneKeyByItsIdIsAListAtAnyWidth(int width)
    {
        using ModuleSession session = Prepare(width);
        Assert.Equal(
            """
            Id          : a1b2c3d4e5
            Name        : partner-acme
            Description : Acme Ltd.
            Enabled     : True
            Created     : 2026-01-15 09:30:00Z
            LastUpdated : 2026-01-15 09:30:00Z
            Arn         : arn:aws:apigateway:eu-central-1::/apikeys/a1b2c3d4e5
            Region      : eu-central-1
            Tags        : env=prod, team=payments
            TagsAll     : env=prod, team=payments
            """,
            session.Screen("Get-ApiGatewayApiKey -Id a1b2c3d4e5"));
    }

    [Fact]
    public void ADisabledKeyStandsOutInColourWhereColourIsShown()
    {
        using ModuleSession session = Prepare(80);
        const string Yellow = "\e[33mFalse";
        Assert.Contains(Yellow, session.Coloured("Get-ApiGatewayApiKey"), StringComparison.Ordinal);
        Assert.Contains(Yellow, session.Coloured("Get-ApiGatewayApiKey -Id b2c3d4e5f6"), StringComparison.Ordinal);
        Assert.DoesNotContain("\e[33m", session.Coloured("Get-ApiGatewayApiKey -Id a1b2c3d4e5"), StringComparison.Ordinal);
        Assert.DoesNotContain("\e[33m", session.Coloured("Get-ApiGatewayApiKey -Id a1b2c3d4e5"), StringComparison.Ordinal);
    }

    [Fact]
    public void ManyKeysAreATableThatFitsEightyColumns()
    {
        using ModuleSession session = new(width: 80);
        session.Good("'partner-acme', 'partner-globex' | New-ApiGatewayApiKey -Tag @{ env = 'prod'; team = 'payments' }");
        string[] lines = session.Screen("Get-ApiGatewayApiKey").Split('\n');
        Assert.Matches("^Id +Name +Enabled +Created +Tags$", lines[0]);
        Assert.Matches("^[a-z0-9]{10} partner-globex +True +[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}Z env=prod, team=", lines[2]);
        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void OneKeyIsAList()
    {
        using ModuleSession session = new();
        string screen = session.Screen(
            "New-ApiGatewayApiKey partner -Description 'Acme' -Value abcdefghij0123456789 -Tag @{ env = 'prod' }");
        Assert.Matches("(?m)^Name +: partner$", screen);
        Assert.Matches("(?m)^Description +: Acme$", screen);
        Assert.Matches("(?m)^Arn +: arn:aws:apigateway:eu-central-1::/apikeys/", screen);
        Assert.Matches("(?m)^TagsAll +: env=prod$", screen);
        Assert.Matches("(?m)^Value +: \\(not shown", screen);
        Assert.DoesNotContain("CustomerId", screen);
        Assert.DoesNotContain("abcdefghij0123456789", screen);
    }

    [Fact]
    public void AMistakeReadsAsOneSentenceWithWhatToDo()
    {
        using ModuleSession session = new();
        string screen = session.Screen("New-ApiGatewayApiKey partner -Value short");
        Assert.Contains("API key 'partner' was not created. The value has 5 characters; AWS accepts 20 to 128.", screen.Replace("\n", " ")
            .Replace("     | ", "").Replace("  ", " "));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void APlanReadsLikeAPlan(int width)
    {
        using ModuleSession session = new(width: width);
        session.Emulator.Seed(new SeedKey
        {
            Region = "eu-central-1",
            Id = "a1b2c3d4e5",
            Name = "partner-acme",
            Description = "Managed by Terraform",
            Tags = new Dictionary<string, string> { ["env"] = "prod", ["old"] = "x" }
        });
        session.Emulator.Seed(new SeedKey
        {
            Region = "eu-central-1",
            Id = "b2c3d4e5f6",
            Name = "gone",
            Tags = new Dictionary<string, string> { ["env"] = "prod" }
        });
        Assert.Equal(
            """
              ~ partner-acme (a1b2c3d4e5)
                    Enabled 'true' -> 'false'
                    Tags.old 'x' taken off
              + partner-hooli
                    Description = 'Managed by Terraform'
                    Enabled = 'true'
              - gone (b2c3d4e5f6)
                    # The desired state does not have it, and it has the tags env=prod.

            1 to create, 1 to change, 0 to replace, 1 to remove, 0 unchanged
            """,
            session.Screen("Compare-ApiGatewayApiKey @{ name = 'partner-acme'; enabled = $false; tags = @{ env = 'prod' } }, @{ name = "
                + "'partner-hooli' } -Prune -PruneTag @{ env = 'prod' }"));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void UsageHasABarBesideTheNumbers(int width)
    {
        using ModuleSession session = new(width: width);
        session.Good("$plan = New-ApiGatewayUsagePlan gold -QuotaLimit 1000 -QuotaPeriod Day; $key = New-ApiGatewayApiKey partner "
            + "-UsagePlanId $plan");
        DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow);
        session.Emulator.SeedUsage("eu-central-1", session.Good("$plan.Id")[0].ToString(), session.Good("$key.Id")[0].ToString(),
            today, 730);
        string[] lines = session.Screen("$key | Get-ApiGatewayApiKeyUsage -StartDate ([DateTime]::UtcNow)").Split('\n');
        Assert.Equal(["Date", "Key", "Plan", "Used", "Remaining", "Share"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal([$"{today:yyyy-MM-dd}", "partner", "gold", "730", "270", "########.."],
            lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void WhatIfIsASentence()
    {
        using ModuleSession session = new();
        Assert.Equal("What if: Create API key 'partner' in eu-central-1.", session.Screen("New-ApiGatewayApiKey partner -WhatIf"));
    }

    [Fact]
    public void RemovingAsksWithNameIdAndPlans()
    {
        using ModuleSession session = new();
        session.Good("$plan = New-ApiGatewayUsagePlan gold; $key = New-ApiGatewayApiKey partner -UsagePlanId $plan");
        const string Question = "QUESTION: {0} API key 'partner \\([a-z0-9]{{10}}\\)' in eu-central-1, which is in usage plan 'gold "
            + "\\([a-z0-9]{{6}}\\)'\\?";
        Assert.Matches(string.Format(System.Globalization.CultureInfo.InvariantCulture, Question, "Change description of"),
            session.Screen("Set-ApiGatewayApiKey $key.Id -Description x -Confirm"));
        Assert.Matches(string.Format(System.Globalization.CultureInfo.InvariantCulture, Question, "Remove"),
            session.Screen("$key | Remove-ApiGatewayApiKey -WhatIf; $key.Id | Remove-ApiGatewayApiKey"));
        Assert.Empty(session.Good("Get-ApiGatewayApiKey"));

        Assert.Contains("', which is in no usage plan?", session.Screen("New-ApiGatewayApiKey lonely | Remove-ApiGatewayApiKey")
            .Replace(" in eu-central-1", "", StringComparison.Ordinal));

        // Somebody who is asked about many says Yes to All; nobody else causes a call.
        session.Good("1..20 | ForEach-Object { \"k$_\" } | New-ApiGatewayApiKey");
        long before = session.Emulator.CountOf("GetUsagePlans");
        session.Screen("Get-ApiGatewayApiKey | Remove-ApiGatewayApiKey");
        Assert.Equal(8, session.Emulator.CountOf("GetUsagePlans") - before);
        session.Good("New-ApiGatewayApiKey a | Remove-ApiGatewayApiKey -Confirm:$false; New-ApiGatewayApiKey a | Set-ApiGatewayApiKey "
            + "-Description x");
        Assert.Equal(8, session.Emulator.CountOf("GetUsagePlans") - before);

        // Nobody is asked about a key that is not there.
        Assert.DoesNotContain("QUESTION", session.Screen("Remove-ApiGatewayApiKey gone"));
        Assert.Equal("ApiKeyNotFound", session.Run("Remove-ApiGatewayApiKey gone").ErrorId);
        Assert.Equal("", session.Screen("Remove-ApiGatewayApiKey gone -IfExists"));
    }

    [Fact]
    public void TheConnectionSaysWhereEachPartCameFrom()
    {
        using ModuleSession session = new();
        string screen = session.Unconnected()
            .Screen("Connect-ApiGateway -Emulator -Region eu-west-1 -DefaultTag @{ team = 'a' } -IgnoreTag x, y; Get-ApiGatewayConnection");
        Assert.Matches("(?m)^Region +: eu-west-1 \\(from .*-Region\\)$", screen);
        Assert.Matches("(?m)^DefaultTags +: team=a$", screen);
        Assert.Matches("(?m)^IgnoreTags +: x, y$", screen);
        Assert.Contains("emulator", screen);
    }

    private static ModuleSession Prepare(int width)
    {
        ModuleSession session = new(width: width);
        Put("eu-central-1", "a1b2c3d4e5", "partner-acme", "Acme Ltd.", new() { ["env"] = "prod", ["team"] = "payments" });
        Put("eu-central-1", "b2c3d4e5f6", "a-name-that-is-longer-than-its-column", "", [], enabled: false);
        Put("eu-west-1", "c3d4e5f6g7", "elsewhere", "", []);
        return session;

        void Put(string region, string id, string name, string description, Dictionary<string, string> tags, bool enabled = true)
            => session.Emulator.Seed(new SeedKey
            {
                Region = region,
                Id = id,
                Name = name,
                Description = description,
                Tags = tags,
                Enabled = enabled,
                CreatedDate = new DateTimeOffset(2026, 1, 15, 9, 30, 0, TimeSpan.Zero),
            });
    }
}
