using System.Management.Automation;

namespace ApiKey.Tests.Engine;

/// <summary>A file of profiles that cannot be used: a connection is set all the same, and whatever needs the profile says what is
/// wrong, without a line of the file.</summary>
public sealed class ProfileFileTests : IDisposable
{
    private const string Base = "[base]\naws_access_key_id = a\naws_secret_access_key = TheSecretOfBase\n";

    private readonly string _file = Path.GetTempFileName();
    private readonly ModuleSession _session = new ModuleSession().Unconnected();

    [Theory]
    [InlineData("[prod]\nsso_session = gone\nsso_account_id = 1\nsso_role_name = k\n", "Failed to find sso_session [gone].")]
    [InlineData("[prod]\naws_access_key_id = a\naws_secret_access_key TheSecret\n",
        "The AWS settings cannot be used: a file of profiles has a line that is neither a [section] nor a setting (name = value).")]
    [InlineData("[prod\naws_secret_access_key = TheSecret\n", "The AWS settings cannot be used: a file of profiles has a line")]
    public void EveryCommandSaysWhatIsWrongWithTheFile(string profile, string says)
    {
        File.WriteAllText(_file, Base + profile);
        Outcome connected = _session.Run("Connect-ApiGateway -ProfileLocation $args[0] -ProfileName prod -Region eu-west-1", _file);
        Assert.Empty(connected.ErrorTexts);
        string warning = Assert.Single(connected.Warnings);
        Assert.StartsWith("Whether there is a profile 'prod' is not known. ", warning, StringComparison.Ordinal);
        Assert.Contains(says, warning);
        foreach (string command in new[] { "Get-ApiGatewayConnection", "Get-ApiGatewayApiKey", "New-ApiGatewayApiKey a" })
        {
            Outcome outcome = _session.Run(command);
            Assert.Equal(("InvalidConfiguration", ErrorCategory.InvalidArgument), (outcome.ErrorId, outcome.Error.CategoryInfo.Category));
            Assert.Contains(says, outcome.Error.ToString());
            Assert.DoesNotContain("TheSecret", outcome.Error.Exception.ToString());
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        File.Delete(_file);
    }
}
