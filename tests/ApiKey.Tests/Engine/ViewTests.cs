namespace ApiKey.Tests.Engine;

/// <summary>What a person sees: a table for many, a list for one, never the value.</summary>
public class ViewTests
{
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
        string screen = session.Screen("New-ApiGatewayApiKey partner -Description 'Acme' -Value abcdefghij0123456789 -Tag @{ env = 'prod' }");
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
        Assert.Contains("API key 'partner' was not created. The value has 5 characters; AWS takes 20 to 128.", screen.Replace("\n", " ").Replace("     | ", "").Replace("  ", " "));
    }

    [Fact]
    public void WhatIfIsASentence()
    {
        using ModuleSession session = new();
        Assert.Equal("What if: Create API key 'partner' in eu-central-1.", session.Screen("New-ApiGatewayApiKey partner -WhatIf"));
    }

    [Fact]
    public void RemovingAsksWithNameAndId()
    {
        using ModuleSession session = new();
        session.Good("$key = New-ApiGatewayApiKey partner");
        Assert.Matches("QUESTION: Remove API key 'partner \\([a-z0-9]{10}\\)' in eu-central-1\\?", session.Screen("$key | Remove-ApiGatewayApiKey"));
    }

    [Fact]
    public void TheConnectionSaysWhereEachPartCameFrom()
    {
        using ModuleSession session = new();
        string screen = session.Unconnected().Screen("Connect-ApiGateway -Emulator -Region eu-west-1 -DefaultTag @{ team = 'a' } -IgnoreTag x, y; Get-ApiGatewayConnection");
        Assert.Matches("(?m)^Region +: eu-west-1 \\(from .*-Region\\)$", screen);
        Assert.Matches("(?m)^DefaultTags +: team=a$", screen);
        Assert.Matches("(?m)^IgnoreTags +: x, y$", screen);
        Assert.Contains("emulator", screen);
    }
}
