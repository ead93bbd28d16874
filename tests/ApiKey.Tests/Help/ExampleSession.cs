using ApiKey.Emulator;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Help;

/// <summary>
/// What the examples of the pages find: an emulator on loopback with known keys in two regions, the profiles prod and test,
/// and some files in the current folder. A page that needs more has a script of its name in Setup.
/// </summary>
internal sealed class ExampleSession : IDisposable
{
    private const string AcmeValue = "TheOldValueOfTheAcmeKey01234567890123456";
    private const string GlobexValue = "TheValueThatSomebodyFound01234567890123x";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("apikey-examples-");
    private readonly EmulatorServer _server;
    private readonly ModuleSession _session;

    public ExampleSession(string page)
    {
        ApiGatewayEmulator emulator = new();
        Seed(emulator, "eu-central-1", "a1b2c3d4e5", "partner-acme", "Acme Ltd.", new() { ["env"] = "prod", ["team"] = "payments" },
            value: AcmeValue);
        Seed(emulator, "eu-central-1", "b2c3d4e5f6", "partner-globex", "Globex Corp.", new() { ["env"] = "prod" }, value: GlobexValue);
        Seed(emulator, "eu-central-1", "c3d4e5f6g7", "partner-initech", "Initech", new() { ["env"] = "test", ["team"] = "old" },
            enabled: false);
        Seed(emulator, "eu-central-1", "d4e5f6g7h8", "load-test-1", null, []);
        Seed(emulator, "eu-central-1", "e5f6g7h8i9", "load-test-2", null, []);
        Seed(emulator, "eu-central-1", "8bklk8bl1k3sB38D9B3l0enyWT8c09B30lkq0blk", "from-before-2016", null, new() { ["env"] = "prod" });
        Seed(emulator, "eu-west-1", "f6g7h8i9j0", "partner-acme-eu", "Acme Ltd.", new() { ["env"] = "prod" });
        Seed(emulator, "eu-west-1", "g7h8i9j0k1", "trial", null, new() { ["env"] = "test" });
        _server = new EmulatorServer(emulator);

        File("profiles", """
            [prod]
            region = eu-central-1
            aws_access_key_id = AKIDPROD
            aws_secret_access_key = secret
            [test]
            region = eu-west-1
            aws_access_key_id = AKIDTEST
            aws_secret_access_key = secret
            """);
        File("partners.csv", "Name,Description,Enabled,Tags\npartner-hooli,Hooli,true,env=prod\npartner-umbrella,,false,\n");
        File("customers.csv", "name,email\nacme,a@acme.example\nhooli,h@hooli.example\n");
        File("bulk.csv", $"Name,Key,Description,Enabled\npartner-hooli,,Hooli,true\npartner-acme,{AcmeValue},Acme Ltd.,true\n");
        File("all.json", "[]");

        _session = new ModuleSession(emulator: emulator, width: 80).Unconnected();
        _session.Good("$ExecutionContext.SessionState.Path.SetLocation($args[0]); $global:typed = $args[1]", _folder.FullName, GlobexValue);
        _session.Good("Connect-ApiGateway -EndpointUrl $args[0] -ProfileName prod -ProfileLocation ./profiles", _server.Uri);
        RunSetup("StandIns");
        RunSetup(Path.GetFileNameWithoutExtension(page));
    }

    /// <summary>Runs an example that must go well. Who connects with the profile prod has it; this machine need not.</summary>
    public void Good(string code)
    {
        Outcome outcome = _session.Run(code);
        Assert.Empty(outcome.ErrorTexts);
        Assert.DoesNotContain(outcome.Warnings, warning => !warning.StartsWith("There is no profile 'prod'", StringComparison.Ordinal));
    }

    /// <summary>What a person sees of an example; the current folder is called /home/me, and the test host's mark of errors is left
    /// out.</summary>
    public string Screen(string code) =>
        _session.Screen(code).Replace(_folder.FullName, "/home/me", StringComparison.Ordinal)
            .Replace("ERROR: ", "", StringComparison.Ordinal);

    public void Dispose()
    {
        _session.Run("Stop-ApiGatewayEmulator");
        _session.Dispose();
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    private static void Seed(ApiGatewayEmulator emulator, string region, string id, string name, string? description,
        Dictionary<string, string> tags, bool enabled = true, string? value = null) =>
        emulator.Seed(new SeedKey
        {
            Region = region,
            Id = id,
            Name = name,
            Description = description,
            Enabled = enabled,
            Value = value,
            Tags = tags,
            CreatedDate = new DateTimeOffset(2026, 1, 15, 9, 30, 0, TimeSpan.Zero),
        });

    private void File(string name, string text) => System.IO.File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private void RunSetup(string name)
    {
        string script = Repository.PathOf("tests", "ApiKey.Tests", "Help", "Setup", name + ".ps1");
        if (System.IO.File.Exists(script))
        {
            _session.Good(System.IO.File.ReadAllText(script));
        }
    }
}
