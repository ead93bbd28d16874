using ApiKey.Formats;

namespace ApiKey.Tests.Engine;

/// <summary>Whatever file is given, the answer says what it is, once; and what lists keys or plans as they are is read.</summary>
public sealed class FileKindTests : IDisposable
{
    private const string Value = "abcdefghij0123456789";

    private readonly ModuleSession _session = new ModuleSession().WithUtility();
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    /// <summary>A file's name, what is in it, and what each command says of it; empty where it is read.</summary>
    public static TheoryData<string, string, string, string> Files => new()
    {
        { "a.json", """{ "keys": [ { "name": "a" } ] }""", "This is JSON", "" },
        { "a.csv", """[ { "name": "a" } ]""", "This is JSON", "The file has no rows" },
        { "a.json", "  \n[ { \"name\": \"a\" } ]", "This is JSON", "" },
        { "a.yaml", "keys:\n- name: a\n", "This is a .yaml file", "" },
        { "a.tf", "resource \"aws_api_gateway_api_key\" \"a\" {}", "This is Terraform's language", "This is Terraform's language" },
        { "a.tf.json", """{ "resource": {} }""", "This is Terraform's language", "This is Terraform's language" },
        { "a.auto.tfvars.json", """{ "keys": [ "a" ] }""", "This is Terraform's language", "This is Terraform's language" },
        { "a.tfstate", """{ "version": 4, "serial": 1, "resources": [] }""", "This is JSON", "" },
        { "a.xlsx", "PK\u0003\u0004", "This is a workbook", "not clear from its name" },
        { "a.csv", "PK\u0003\u0004", "This is a workbook", "The file has no rows" },
        { "a.txt", "a\nb\n", "The columns Name and Key are missing.", "not clear from its name" },
        { "a.csv", "Name|Key\na|\n", "separated by vertical bars", "separated by vertical bars" },
        { "a.csv", "Name;Key\na;\n", "separated by semicolons", "separated by semicolons" },
        { "a.csv", "Name\tKey\na\t\n", "separated by tabs", "separated by tabs" },
        { "a.csv", $"Name, Key\na, {Value}\n", "begins or ends with a blank", "begins or ends with a blank" },
        { "a.json", """{ "openapi": "3.0.1", "info": {}, "paths": {} }""", "This is JSON", "it has 'openapi' and 'info' among others" },
        { "a.json", """{ "name": "app", "version": "1" }""", "This is JSON", "it has 'name' and 'version', but" },
        { "a.json", """{ "name": "a", "tags": {} }""", "This is JSON", "This is one key by itself." },
        { "a.json", """{ "app": "npx ts-node bin/x.ts", "context": {} }""", "This is JSON", "AWS CDK" },
        { "a.json", """{ "version": "36.0.0", "artifacts": {} }""", "This is JSON", "AWS CDK" },
        { "a.json", """{ "items": [ { "id": "k", "type": "API_KEY", "name": "a" } ] }""", "This is JSON", "keys of a usage plan" },
    };

    /// <summary>Ways to write down what commands emit.</summary>
    public static TheoryData<string> Listings => new()
    {
        { "Get-ApiGatewayApiKey | ConvertTo-Json | Save a.json" },
        { "Get-ApiGatewayApiKey -IncludeValue | ConvertTo-Json | Save a.json" },
        { "Get-ApiGatewayApiKey first | ConvertTo-Json | Save a.json" },
        { "Get-ApiGatewayApiKey | ConvertTo-Csv | Save a.csv" },
        { "Get-ApiGatewayUsagePlan | ConvertTo-Json -Depth 5 | Save a.json" },
        { "Export-ApiGatewayApiKey a.json -Force; 'a.json'" },
        { "Export-ApiGatewayApiKey a.json -IncludeValue -Force; 'a.json'" },
        { "@(Get-ApiGatewayApiKey | ConvertTo-Json | ConvertFrom-Json)" },
        { "@(Get-ApiGatewayApiKey | ConvertTo-Csv | ConvertFrom-Csv)" },
        { "Get-ApiGatewayUsagePlan | ConvertTo-Json -Depth 5 | ConvertFrom-Json" },
    };

    public FileKindTests() => _session.Good("$ExecutionContext.SessionState.Path.SetLocation($args[0]); "
        + "function global:Save($name) { [IO.File]::WriteAllText($pwd.ProviderPath + '/' + $name, (@($input) -join \"`n\")); $name }",
            _folder);

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void TheAnswerSaysWhatItIs(string name, string text, string ofImport, string ofCompare)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes(text));
        long before = _session.Emulator.RequestCount;
        Check(_session.Run("Import-ApiGatewayApiKey -Path $args[0]", path), "InvalidKeyFile", ofImport);
        Assert.Equal(before, _session.Emulator.RequestCount);
        Outcome compared = _session.Run("Compare-ApiGatewayApiKey $args[0]", path);
        if (ofCompare.Length == 0)
        {
            Assert.Empty(compared.ErrorTexts);
        }
        else
        {
            Check(compared, "InvalidDesiredState", ofCompare);
        }
    }

    [Theory]
    [MemberData(nameof(Listings))]
    public void WhatListsKeysOrPlansAsTheyAreIsADesiredStateWithoutChanges(string listing)
    {
        _session.Good("$plan = New-ApiGatewayUsagePlan gold -RateLimit 2.5 -BurstLimit 5 -QuotaLimit 9 -QuotaPeriod Week -QuotaOffset 2 "
            + "-ApiStage @{ ApiId = 'api'; Stage = 'dev'; Throttle = @{ '/a/GET' = @{ RateLimit = 1; BurstLimit = 2 } } } "
            + "-Tag @{ tier = 'one' }; "
            + "$null = New-ApiGatewayApiKey first -Tag @{ env = 'prod' } -Description '' -CustomerId c -UsagePlanId $plan; "
            + "$null = New-ApiGatewayApiKey second -Enabled $false -Tag @{}; $given = $(" + listing + ")");
        Assert.Empty(_session.Good("Compare-ApiGatewayApiKey $given"));
        Assert.NotEmpty(_session.Good("$null = Get-ApiGatewayApiKey | Set-ApiGatewayApiKey -Description changed; "
            + "$null = Get-ApiGatewayUsagePlan | Set-ApiGatewayUsagePlan -Description changed; Compare-ApiGatewayApiKey $given"));
    }

    [Fact]
    public void ResponsesOfBoto3AreReadToo()
    {
        File.WriteAllText(Path.Combine(_folder, "a.json"),
            """{ "ResponseMetadata": { "HTTPStatusCode": 200 }, "items": [ { "id": "none", "name": "a", "createdDate": "x" } ] }""");
        Assert.Contains("API key 'a' by its id none, which does not exist",
            _session.Run("Compare-ApiGatewayApiKey a.json").Error.ToString());
    }

    [Theory]
    [InlineData("Compare-ApiGatewayApiKey @{ name = 'a' }", "This is a planned change, not what should be.")]
    [InlineData("Get-ApiGatewayUsagePlanKey p", "does not say what should be")]
    public void OtherObjectsOfTheModuleAreNotADesiredState(string emits, string says)
    {
        _session.Good("$null = New-ApiGatewayApiKey k -UsagePlanId (New-ApiGatewayUsagePlan p)");
        Assert.Contains(says, _session.Run($"{emits} | Sync-ApiGatewayApiKey").Error.ToString());
    }

    [Fact]
    public void RowsOfCommasOnlyArePassedOver()
    {
        File.WriteAllText(Path.Combine(_folder, "a.csv"), $"Name,Key,Tags\n,,\na,{Value},\n,,\n,\n");
        Assert.Equal("a", Assert.Single(_session.Good("Import-ApiGatewayApiKey -Path a.csv | ForEach-Object Name")).ToString());
        Assert.Empty(_session.Good("Compare-ApiGatewayApiKey a.csv | Where-Object Action -EQ Create"));
    }

    private static void Check(Outcome outcome, string errorId, string says)
    {
        Assert.Equal(errorId, outcome.ErrorId);
        FileProblem problem = Assert.Single(Assert.IsType<FileProblemException>(outcome.Error.Exception).Problems);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }
}
