using ApiKey.Emulator;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>A desired state written by Export asks for nothing, and Import adds entries and leaves the rest of a file alone.</summary>
public sealed class DesiredStateFileTests : IDisposable
{
    private const string Value = "SecretValue0123456789";

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;
    private readonly ModuleSession _session = new();

    [Fact]
    public void WhatIsExportedAsksForNothing()
    {
        _session.Good("$null = New-ApiGatewayApiKey \"a`n'`\"\" -Value $args[0] -Description '' -CustomerId c -Enabled $false -Tag @{ 'k "
            + "y' = \"v`t\" }; $null = New-ApiGatewayApiKey b; $null = New-ApiGatewayApiKey b", Value);
        string file = Path.Combine(_folder, "k.json");
        _session.Good("Export-ApiGatewayApiKey $args[0] -Format DesiredState", file);
        Assert.DoesNotContain(Value, File.ReadAllText(file));
        Assert.Empty(_session.Good("Compare-ApiGatewayApiKey $args[0]", file));
        Assert.Equal(3, _session.Good("Compare-ApiGatewayApiKey $args[0] -IncludeUnchanged", file).Count);
        Assert.Equal("ValueNotWritten", _session.Run("Export-ApiGatewayApiKey $args[0] -Format DesiredState -IncludeValue -Force", file)
            .ErrorId);
        Assert.Equal("ValueNotWritten", _session.Run("Export-ApiGatewayApiKey $args[0] -IncludeValue", Path.Combine(_folder, "k.tf"))
            .ErrorId);
    }

    [Fact]
    public void AFileIsForOneRegion()
    {
        _session.Good("$null = New-ApiGatewayApiKey a; $null = New-ApiGatewayApiKey b -Region eu-west-1");
        Outcome outcome = _session.Run("@(Get-ApiGatewayApiKey; Get-ApiGatewayApiKey -Region eu-west-1) | Export-ApiGatewayApiKey $args[0]",
            Path.Combine(_folder, "k.tf"));
        Assert.Equal("SeveralRegions", outcome.ErrorId);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void LabelsOfTerraformAreUniqueAndStay()
    {
        string file = Path.Combine(_folder, "k.tf");
        foreach ((int age, string name) in new[] { (3, "a b"), (2, "a_b"), (1, "a-b"), (0, "1") })
        {
            _session.Emulator.Seed(new SeedKey
            {
                Region = "eu-central-1",
                Id = $"id{age}",
                Name = name,
                CreatedDate = DateTimeOffset.UnixEpoch.AddDays(-age)
            });
        }

        _session.Good("Export-ApiGatewayApiKey $args[0]", file);
        Assert.Equal(["a_b", "a_b_id2", "a-b", "key_1"], Labels(file));
        _session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Id = "id9", Name = "a-b" });
        _session.Good("Export-ApiGatewayApiKey $args[0] -Force", file);
        Assert.Equal(["a_b", "a_b_id2", "a-b", "key_1", "a-b_id9"], Labels(file));
    }

    [Theory]
    [InlineData("k.json", "{\n  // mine\n  \"keys\": [\n    { \"name\": \"x\" } /* , */ // last\n  ],\n  \"defaults\": {}\n}\n")]
    [InlineData("k.json", "{\r\n\t\"keys\": [\r\n\t\t{ \"name\": \"x\" },\r\n\t]\r\n}")]
    [InlineData("k.json", "[]")]
    [InlineData("k.json", "\uFEFF{ \"keys\": [ { \"name\": \"é\" } ] }")]
    [InlineData("k.psd1", "@{\n    Keys = @(\n        @{ Name = 'x' }  # mine\n        # last\n    )\n    Defaults = @{}\n}\n")]
    [InlineData("k.psd1", "@{ Keys = @{ Name = 'x' }, @{ Name = 'y' }; Defaults = @{} }")]
    [InlineData("k.psd1", "@{ Keys = @() }")]
    [InlineData("k.psd1", "@{\r\n  Keys = @(\r\n    @{ Name = 'x' },\r\n    @{ Name = 'y' }\r\n  )\r\n}")]
    public void AnEntryIsAddedAndTheRestStays(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, text, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        _session.Good("$ids = ('a ''quoted'' \"name\"', 'b' | New-ApiGatewayApiKey -Tag @{ Env = '1'; x = \"two`nlines\" }).Id");
        _session.Good("$null = Import-ApiGatewayApiKey -Id $ids[0] -DesiredStatePath $args[0]; $null = Import-ApiGatewayApiKey -Id $ids[1] "
            + "-DesiredStatePath $args[0]", file);

        string after = File.ReadAllText(file, new System.Text.UTF8Encoding());
        Assert.True(IsWithin(text.TrimStart('\uFEFF'), after.TrimStart('\uFEFF')), after);
        Assert.Equal(text[0] == '\uFEFF', File.ReadAllBytes(file)[0] == 0xEF);
        Assert.Equal(text.Contains('\r'), after.Contains('\r'));
        Assert.All(_session.Good("(Get-ApiGatewayApiKey -IncludeValue).Value"),
            value => Assert.DoesNotContain((string)value.BaseObject, after));

        // The entries mean the keys as they are; what was there before is still meant.
        Assert.DoesNotContain(_session.Good("Compare-ApiGatewayApiKey $args[0]", file), change => change.ToString()
            .Contains("quoted", StringComparison.Ordinal) || change.ToString().EndsWith(" b", StringComparison.Ordinal));
        Assert.Equal(2, _session.Good("Compare-ApiGatewayApiKey $args[0] -IncludeUnchanged", file)
            .Count(change => ((Model.PlannedChange)change.BaseObject).Action == Model.PlanAction.None));

        Outcome again = _session.Run("Import-ApiGatewayApiKey -Id $ids[0] -DesiredStatePath $args[0]", file);
        Assert.Equal("AlreadyInDesiredState", again.ErrorId);
        Assert.Equal(after, File.ReadAllText(file, new System.Text.UTF8Encoding()));
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("k.json")]
    [InlineData("k.psd1")]
    public void AFileThatIsNotThereIsMade(string name)
    {
        string file = Path.Combine(_folder, name);
        _session.Good("$null = 'a', 'b' | New-ApiGatewayApiKey | Import-ApiGatewayApiKey -DesiredStatePath $args[0]", file);
        Assert.Equal(2, _session.Good("Compare-ApiGatewayApiKey $args[0] -IncludeUnchanged", file).Count);
        Assert.Empty(_session.Good("Compare-ApiGatewayApiKey $args[0]", file));
    }

    [Theory]
    [InlineData("k.csv", "Name\na\n")]
    [InlineData("k.json", "{ \"keys\": [ { \"name\": \"a\" } ] }")]
    [InlineData("k.json", "{ \"keys\": ")]
    [InlineData("k.json", "{ \"version\": 4, \"terraform_version\": \"1\", \"resources\": [] }")]
    public void AFileThatCannotTakeAnEntryStaysAsItIs(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        string id = _session.One<ApiKeyInfo>("New-ApiGatewayApiKey a").Id;
        Assert.Equal("InvalidKeyFile", _session.Run("Import-ApiGatewayApiKey -Id $args[0] -DesiredStatePath $args[1]", id, file).ErrorId);
        Assert.Equal(text, File.ReadAllText(file));
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static IEnumerable<string> Labels(string file)
        => File.ReadLines(file).Where(line => line.StartsWith("resource", StringComparison.Ordinal)).Select(line => line.Split('"')[3]);

    // Whether the old text is all there, in order, with the new one put in at most in two places.
    private static bool IsWithin(string old, string text)
    {
        int start = old.Zip(text).TakeWhile(pair => pair.First == pair.Second).Count();
        int end = old.Reverse().Zip(text.Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return start + end >= old.Length || text.Contains(old[start..^end].Trim(), StringComparison.Ordinal);
    }
}
