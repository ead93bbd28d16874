using ApiKey.Emulator;
using ApiKey.Emulator.Store;

namespace ApiKey.Tests.Engine;

/// <summary>What an import tells of warnings, and its turn where it changes the keys of usage plans.</summary>
public sealed class ImportTurnTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("apikey-");

    private string KeyFile => Path.Combine(_folder.FullName, "keys.csv");

    [Fact]
    public void BatchesThatJoinPlansGoOneAtATime()
    {
        ApiGatewayEmulator emulator = new(quotas: new EmulatorQuotas());
        using ModuleSession session = new(emulator: emulator);
        string plan = session.Good("(New-ApiGatewayUsagePlan gold).Id")[0].ToString();
        File.WriteAllLines(KeyFile, ["Name,Key,UsagePlanIds", .. Enumerable.Range(1, 6).Select(number => $"k{number},,{plan}")]);
        string told = string.Join(' ', session.Good("Import-ApiGatewayApiKey -Path $args[0] -BatchSize 1 -Verbose 4>&1", KeyFile)
            .Select(line => line.ToString()));
        Assert.Contains("0 of them repeated", told);
        Assert.Equal(6, session.Good("Get-ApiGatewayUsagePlanKey $args[0]", plan).Count);
    }

    [Fact]
    public void EveryWarningOfARefusedImportIsTold()
    {
        using ModuleSession session = new();
        File.WriteAllLines(KeyFile, ["Name,Key", "good,GoodValueGoodValueGood", "bad,short", "worse,small"]);
        string error = session.Run("Import-ApiGatewayApiKey -Path $args[0] -SkipValueCheck -FailOnWarning", KeyFile).Error.ToString();
        Assert.Contains("AWS warns of 2 rows of this file:", error);
        Assert.Contains("line 3: Skipped invalid record: 2.", error);
        Assert.Contains("line 4: Skipped invalid record: 3.", error);
        Assert.DoesNotContain('\\', error.Replace(KeyFile, "", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
