using ApiKey.Emulator;
using ApiKey.Emulator.Faults;

namespace ApiKey.Tests.Engine;

/// <summary>What is typed by habit from elsewhere: understood, or answered with what to type.</summary>
public class DoubtfulInputTests
{
    [Theory]
    [InlineData("Key=env,Value=prod")]
    [InlineData("Key=env, Value=prod")]
    [InlineData("Value=prod,Key=env")]
    public void ATextThatMayBeOneTagOrTwoIsRefused(string text)
    {
        using ModuleSession session = new();
        foreach (string command in new[] { "New-ApiGatewayApiKey a -Tag $args[0]", "Connect-ApiGateway -Emulator -DefaultTag $args[0]",
            "Set-ApiGatewayApiKey k -AddTag $args[0]", "New-ApiGatewayUsagePlan p -Tag $args[0]" })
        {
            Assert.Contains("may be one tag as AWS writes it, or two. Write 'env=prod' for the one",
                session.Run(command, text).Error.ToString());
        }

        Assert.Equal(0, session.Emulator.RequestCount);
        Assert.Equal("Key=env, Value=prod", session.Good("(New-ApiGatewayApiKey a -Tag 'Key=env', 'Value=prod').Tags")[0].ToString());
        Assert.Equal("env=prod", session.Good("(New-ApiGatewayApiKey b -Tag @{ Key = 'env'; Value = 'prod' }).Tags")[0].ToString());
    }

    [Theory]
    [InlineData("(Get-ApiGatewayConnection)")]
    [InlineData("(Get-ApiGatewayConnection).Connection")]
    [InlineData("(Connect-ApiGateway -Emulator -Region eu-central-1 -PassThru)")]
    public void AConnectionIsWhatTheCommandsOfConnectionsEmit(string connection)
    {
        using ModuleSession session = new();
        session.Unconnected().Good("Connect-ApiGateway -Emulator -Region eu-central-1; $null = New-ApiGatewayApiKey a");
        Assert.Equal(connection.StartsWith("(Get-", StringComparison.Ordinal) ? 1 : 0,
            session.Good($"Get-ApiGatewayApiKey -Connection {connection}").Count);
    }

    [Theory]
    [InlineData("'eu-west-1'", "'eu-west-1' is text, not a connection.")]
    [InlineData("@{ Region = 'eu-west-1' }", "A hashtable is not a connection.")]
    [InlineData("(New-ApiGatewayApiKey a)", "An object of type ApiKeyInfo is not a connection.")]
    public void AnythingElseIsNotAndIsToldWhatIs(string connection, string says)
    {
        using ModuleSession session = new();
        Assert.Contains($"{says} Give what Connect-ApiGateway -PassThru or Get-ApiGatewayConnection emits",
            session.Run($"Get-ApiGatewayApiKey -Connection {connection}").Error.ToString());
    }

    [Fact]
    public void AProfileThatDoesNotExistIsAWarningThatNamesThoseThereAre()
    {
        using ModuleSession session = new();
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "[prod]\naws_access_key_id = a\naws_secret_access_key = b\n");
        string script = "Connect-ApiGateway -Region eu-central-1 -ProfileLocation $args[0] -ProfileName ";
        Assert.Equal(["There is no profile 'prd' yet. There are: prod."], session.Run(script + "prd", file).Warnings);
        Assert.Empty(session.Run(script + "prod", file).Warnings);
        File.Delete(file);
    }

    [Theory]
    [InlineData("Export-ApiGatewayApiKey $k")]
    [InlineData("New-ApiGatewayApiKey b -Description $k")]
    [InlineData("Get-ApiGatewayApiKey -Region $k")]
    [InlineData("Import-ApiGatewayApiKey -Path $k")]
    public void AnObjectOfTheModuleIsNotText(string script)
    {
        using ModuleSession session = new();
        session.Good("$k = New-ApiGatewayApiKey a");
        Assert.Contains("An object of type ApiKeyInfo is not accepted here.", session.Run(script).Error.ToString());
    }

    [Theory]
    [InlineData("keys")]
    [InlineData("arn:aws:iam::123456789012:user/me")]
    [InlineData("arn:aws:iam::12345:role/keys")]
    public void ARoleIsGivenByTheArnOfARole(string role)
    {
        using ModuleSession session = new();
        Outcome outcome = session.Run("Connect-ApiGateway -Region eu-central-1 -RoleArn $args[0]", role);
        Assert.Equal("InvalidConnection", outcome.ErrorId);
        Assert.Contains("is not the ARN of a role.", outcome.Error.ToString());
        Assert.Empty(session.Run("Connect-ApiGateway -Region eu-central-1 -RoleArn arn:aws-us-gov:iam::123456789012:role/path/keys")
            .Errors);
    }

    [Theory]
    [InlineData("Export-ApiGatewayApiKey $args[0]")]
    [InlineData("Export-ApiGatewayApiKey $args[0] -Id k")]
    public void AnExportReadsNoKeyWhenItsPlansCannotBeRead(string script)
    {
        using ModuleSession session = new(emulator: new ApiGatewayEmulator(faults:
            [new EmulatorFault { Kind = EmulatorFaultKind.AccessDenied, Operation = "GetUsagePlans" }]));
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.json");
        Assert.NotEmpty(session.Run(script, path).Errors);
        Assert.Equal(0, session.Emulator.CountOf("GetApiKeys") + session.Emulator.CountOf("GetApiKey"));
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("-UsagePlanId (New-ApiGatewayUsagePlan gold)", 1)]
    public void AReplacedKeyWarnsOfPlansOnlyWhenItIsInSome(string plan, int warnings)
    {
        using ModuleSession session = new();
        session.Good($"$null = New-ApiGatewayApiKey a {plan}; $desired = @{{ name = 'a'; value = 'abcdefghij0123456789' }}; "
            + "$planned = Compare-ApiGatewayApiKey $desired");
        long before = session.Emulator.RequestCount;
        session.Good("$null = Compare-ApiGatewayApiKey $desired");
        long reading = session.Emulator.RequestCount - before;
        Outcome outcome = session.Run("$null = Sync-ApiGatewayApiKey $desired -AllowReplace -Confirm:$false");
        Assert.Empty(outcome.Errors);
        Assert.Equal(warnings, outcome.Warnings.Count(warning => warning.Contains("will be in no usage plan", StringComparison.Ordinal)));
        Assert.Equal(before + (2 * reading) + (int)session.Good("$planned.Calls")[0].BaseObject, session.Emulator.RequestCount);
    }
}
