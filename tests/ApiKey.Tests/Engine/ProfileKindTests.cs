using System.Management.Automation;

namespace ApiKey.Tests.Engine;

/// <summary>What is said of a profile, by the connection that uses it and where names of profiles are completed: how it comes to its
/// credentials.</summary>
public sealed class ProfileKindTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly ModuleSession _session = new ModuleSession().Unconnected();

    [Theory]
    [InlineData("aws_access_key_id = a\naws_secret_access_key = b", "")]
    [InlineData("credential_process = /bin/true", " (credential process)")]
    [InlineData("sso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 123456789012\n"
        + "sso_role_name = k", " (SSO)")]
    [InlineData("sso_session = work\nsso_account_id = 123456789012\nsso_role_name = k\n"
        + "[sso-session work]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1", " (SSO)")]
    [InlineData("sso_session = work\nsso_account_id = 123456789012\nsso_role_name = k\n[sso-session work]\nsso_region = eu-west-1",
        " (SSO)")]
    [InlineData("role_arn = arn:aws:iam::123456789012:role/keys\nsource_profile = base",
        " (assumes role arn:aws:iam::123456789012:role/keys)")]
    public void AProfileIsToldWithItsKind(string lines, string kind)
    {
        File.WriteAllText(_file, $"[base]\naws_access_key_id = a\naws_secret_access_key = b\n[prod]\nregion = eu-west-1\n{lines}\n");
        _session.Good("Connect-ApiGateway -ProfileLocation $args[0] -ProfileName prod -WarningAction Ignore", _file);
        Assert.Equal($"profile 'prod'{kind}", _session.Good("(Get-ApiGatewayConnection).CredentialSource")[0].ToString());
        const string Input = "Get-ApiGatewayApiKey -ProfileName pr";
        CompletionResult offered = Assert.IsType<CompletionResult>(
            Assert.Single(Tab.InTime(() => _session.Good("(TabExpansion2 $args[0] $args[0].Length).CompletionMatches", Input))).BaseObject);
        Assert.Contains($"profile 'prod'{kind}, eu-west-1", offered.ToolTip);
    }

    public void Dispose()
    {
        _session.Dispose();
        File.Delete(_file);
    }
}
