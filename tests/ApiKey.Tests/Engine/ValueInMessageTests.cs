using System.Net;
using ApiKey.Text;

namespace ApiKey.Tests.Engine;

/// <summary>A value that came to a wrong place - a shifted column, another parameter, an id - is in no message; control characters are
/// shown, not obeyed.</summary>
public sealed class ValueInMessageTests : IDisposable
{
    private const string Canary = "CanaryCanary0123456789";
    private const string Letters = "CanaryCanaryCanaryCanary";
    private const string Uuid = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;
    private readonly ModuleSession _session = new();

    public static TheoryData<string, string> Files => new()
    {
        { "a.csv", "Name,Enabled\na,CANARY\n" },
        { "b.csv", "Name,Tags\na,CANARY\n" },
        { "c.csv", "Name,Tags\na,x=1&CANARY=1&CANARY=2\n" },
        { "d.csv", "CANARY,Enabled\na,true\n" },
        { "e.csv", "Name,CANARY\na,true\n" },
        { "f.csv", "Name,CANARY,CANARY\na,true,true\n" },
        { "g.csv", "Name\nCANARY\nCANARY\n" },
        { "h.csv", "Name,id\na,CANARY\n" },
        { "i.csv", "Name,id\na,CANARY\nb,CANARY\n" },
        { "j.csv", "CANARY" },
        { "a.json", """[ { "CANARY": 1 } ]""" },
        { "b.json", """{ "CANARY": [] }""" },
        { "c.json", """{ "defaults": { "CANARY": 1 }, "keys": [] }""" },
        { "d.json", """[ { "name": "a", "tags": { "CANARY": 1 } } ]""" },
        { "e.json", """[ { "name": "a", "tags": { "CANARY": null } } ]""" },
        { "f.json", """[ { "name": "a", "CANARY": "x", "CANARY": "y" } ]""" },
        { "g.json", """{ "version": 4, "terraform_version": "1", "resources": [], "CANARY": 1 }""" },
        { "h.json", """{ "version": "CANARY", "terraform_version": "1", "resources": [] }""" },
        { "i.json", """{ "format_version": "CANARY" }""" },
        { "j.json", """[ { "name": "a", "tags": { "aws:CANARY": "1" } } ]""" },
        { "k.json", """[ { "name": CANARY } ]""" },
        { "l.json", """[ { "id": "CANARY", "name": "a" } ]""" },
        { "a.yaml", "CANARY: 1\n" },
        { "b.yaml", "keys:\n  - name: a\n    enabled: CANARY\n" },
        { "c.yaml", "keys: *CANARY\n" },
        { "d.yaml", "keys: !CANARY x\n" },
        { "e.yaml", "keys: {CANARY&a\n" },
        { "f.yaml", "keys:\n  - name: a\n    CANARY\n" },
        { "a.psd1", "@{ CANARY = 1 }" },
        { "b.psd1", "@{ Keys = @( @{ Name = 'a'; Enabled = 'CANARY' } ) }" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void AShiftedValueInADesiredStateIsNotRepeated(string name, string text)
        => NotRepeated(name, text, "Compare-ApiGatewayApiKey $args[0]");

    [Theory]
    [InlineData("Name,Key,Enabled\na,,CANARY\n")]
    [InlineData("Name,Key,Tags\na,,CANARY\n")]
    [InlineData("Name,Key,Tags\na,,CANARY=1&CANARY=2\n")]
    [InlineData("Name,Key,CANARY\na,,\n")]
    [InlineData("Name,Key,CANARY,CANARY\na,,,\n")]
    [InlineData("CANARY,Key\na,\n")]
    [InlineData("Name,Key,UsagePlanIds\na,,CANARY\n")]
    [InlineData("Name,Key\nCANARY,short\n")]
    [InlineData("Name,Key\nCANARY,CANARY\nCANARY,CANARY\n")]
    public void AShiftedValueInAKeyFileIsNotRepeated(string text)
        => NotRepeated("k.csv", text, "Import-ApiGatewayApiKey -Path $args[0] -WhatIf");

    [Theory]
    [InlineData("Get-ApiGatewayApiKey -Id CANARY")]
    [InlineData("Get-ApiGatewayApiKey CANARY")]
    [InlineData("Set-ApiGatewayApiKey CANARY -Description x")]
    [InlineData("Set-ApiGatewayApiKey CANARY -Enabled CANARY")]
    [InlineData("Remove-ApiGatewayApiKey CANARY")]
    [InlineData("Remove-ApiGatewayApiKey CANARY -WhatIf")]
    [InlineData("Import-ApiGatewayApiKey CANARY")]
    [InlineData("Invoke-ApiGatewayApiKeyRotation CANARY")]
    [InlineData("Export-ApiGatewayApiKey ./x.json -Id CANARY")]
    [InlineData("New-ApiGatewayApiKey a -UsagePlanId CANARY")]
    [InlineData("New-ApiGatewayApiKey a -Enabled CANARY")]
    [InlineData("New-ApiGatewayApiKey a -Tag CANARY")]
    [InlineData("New-ApiGatewayApiKey CANARY -Value short")]
    [InlineData("Get-ApiGatewayUsagePlan -Id CANARY")]
    [InlineData("Get-ApiGatewayUsagePlan CANARY")]
    [InlineData("Get-ApiGatewayUsagePlanKey CANARY")]
    [InlineData("Remove-ApiGatewayUsagePlan CANARY")]
    [InlineData("Add-ApiGatewayUsagePlanKey CANARY -Id CANARY")]
    [InlineData("Remove-ApiGatewayUsagePlanKey CANARY -Id CANARY")]
    [InlineData("Get-ApiGatewayApiKeyUsage CANARY")]
    [InlineData("Set-ApiGatewayApiKeyUsage CANARY -Id CANARY -Remaining 5")]
    [InlineData("Compare-ApiGatewayApiKey @{ name = 'a'; id = 'CANARY' }")]
    [InlineData("Compare-ApiGatewayApiKey @{ name = 'a'; enabled = 'CANARY' }")]
    [InlineData("Compare-ApiGatewayApiKey @{ CANARY = 'a' }")]
    [InlineData("Compare-ApiGatewayApiKey @{ name = 'a'; tags = @{ CANARY = 1 } }")]
    [InlineData("Sync-ApiGatewayApiKey @{ name = 'a'; id = 'CANARY' }")]
    public void AValueGivenToAnotherParameterIsNotRepeated(string command)
    {
        foreach (string canary in new[] { Canary, Letters })
        {
            Outcome outcome = _session.Run($"$ConfirmPreference = 'None'; {command.Replace("CANARY", canary)}");
            Assert.DoesNotContain([.. outcome.ErrorTexts, .. outcome.Warnings, .. outcome.Chatter,
                .. outcome.Errors.Select(record => record.Exception.ToString())],
                    text => text.Contains(canary, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void AListingInWhichAKeyComesTwiceIsMerged()
    {
        // A page shift: the last key of a page comes again on the next one.
        const string Listing = """
            {"item":[{"id":"k1","name":"a","value":"CanaryCanary0123456789","enabled":true,
            "description":"Managed by Terraform","createdDate":1,"lastUpdatedDate":1,"stageKeys":[]}]POSITION}
            """;
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) => Task.FromResult<HttpResponseMessage?>(
            request.Method == HttpMethod.Get && request.RequestUri!.AbsolutePath == "/apikeys"
                ? StubHandler.Answer(HttpStatusCode.OK,
                    Listing.Replace("POSITION",
                        request.RequestUri.Query.Contains("position=", StringComparison.Ordinal) ? "" : ",\"position\":\"next\""))
                : null)));
        foreach ((string command, int count) in new[]
        {
            ($"Compare-ApiGatewayApiKey @{{ name = 'a'; value = '{Canary}' }} -IncludeUnchanged", 1),
            ("Compare-ApiGatewayApiKey @{ name = 'a' } -IncludeUnchanged", 1),
            ("Get-ApiGatewayApiKey -IncludeValue", 1),
            ($"Get-ApiGatewayApiKey -Value {Canary}", 1),
            ("Get-ApiGatewayApiKey -Name a*", 1),
        })
        {
            IReadOnlyList<System.Management.Automation.PSObject> output = session.Good(command);
            Assert.Equal((command, count), (command, output.Count));
            Assert.DoesNotContain("Create", output[0].ToString());
        }

        string file = Path.Combine(_folder, "k.csv");
        session.Good("Export-ApiGatewayApiKey $args[0] -IncludeValue", file);
        Assert.Equal(2, File.ReadAllLines(file).Length);
    }

    [Theory]
    [InlineData("a1b2c3d4e5", "'a1b2c3d4e5'")]
    [InlineData("partner-acme", "'partner-acme'")]
    [InlineData("", "''")]
    [InlineData(null, "''")]
    [InlineData(Canary, "'(22 letters and digits)'")]
    [InlineData(Letters, "'(24 letters and digits)'")]
    [InlineData("k=" + Canary + "&b", "'k=(22 letters and digits)&b'")]
    [InlineData(Uuid, "'(36 letters and digits)'")]
    [InlineData("a\u001b[31m\nb\u202e", "'a\\u001b[31m\\nb\\u202e'")]
    public void TextIsQuotedWithoutWhatMayBeAValue(string? text, string shown) => Assert.Equal(shown, Show.Quote(text));

    [Fact]
    public void AMessageKeepsCommandsAndRequestIds()
    {
        const string Good = "Use Get-ApiGatewayUsagePlanKey.\n(request id 3f2504e0-4f89-41d3-9a0c-0305e82c3301) "
            + "arn:aws:apigateway:eu-west-1::/apikeys/a1b2c3d4e5";
        Assert.Equal(Good, Show.Message(Good));
        Assert.Equal("on /apikeys/(22 letters and digits)\\u001b", Show.Message($"on /apikeys/{Canary}\u001b"));
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void NotRepeated(string name, string text, string command)
    {
        foreach (string canary in new[] { Canary, Letters })
        {
            string file = Path.Combine(_folder, name);
            File.WriteAllText(file, text.Replace("CANARY", canary));
            Outcome outcome = _session.Run($"$VerbosePreference = $DebugPreference = 'Continue'; {command}", file);
            Assert.DoesNotContain(
                [.. outcome.ErrorTexts, .. outcome.Warnings, .. outcome.Chatter,
                    .. outcome.Errors.Select(record => record.Exception.ToString()),
                        _session.Screen($"{command.Replace("$args[0]", $"'{file}'")}").Replace(file, "")],
                said => said.Contains(canary, StringComparison.OrdinalIgnoreCase));
        }
    }
}
