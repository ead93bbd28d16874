using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Hostile;

/// <summary>The module connected to an endpoint that means no good, as a user connects to it.</summary>
internal sealed class HostileSession : IDisposable
{
    public const string SecretKey = "TheSecretAccessKeyOfTheCaller";

    // As AWS's own: runs of letters and digits that are too short to be hidden as what may be a value.
    public const string SessionToken = "The/Session+Token/OfThe+Caller==";

    public const string KeyValue = "TheValueOfTheKey0123456789";

    private readonly ModuleSession _session = new();

    public HostileSession(Uri endpoint, string more = "-MaxAttempts 1")
    {
        _session.Unconnected();
        _session.Good($"$ConfirmPreference = 'None'; Connect-ApiGateway eu-central-1 -EndpointUrl {endpoint} -AccessKey AKIDHOSTILE "
            + $"-SecretKey {SecretKey} -SessionToken {SessionToken} {more}");
    }

    /// <summary>Every operation there is, each by a command that makes it first or soon.</summary>
    public static string[] Commands =>
    [
        $"New-ApiGatewayApiKey k -Value {KeyValue}",
        "New-ApiGatewayApiKey k",
        "New-ApiGatewayApiKey k -UsagePlanId p1",
        "Get-ApiGatewayApiKey",
        "Get-ApiGatewayApiKey -IncludeValue",
        "Get-ApiGatewayApiKey -Id k1",
        $"Get-ApiGatewayApiKey -Value {KeyValue}",
        "Import-ApiGatewayApiKey k1",
        "Set-ApiGatewayApiKey k1 -Description x -PassThru",
        "Set-ApiGatewayApiKey k1 -Tag @{ a = 'b' } -PassThru",
        "Remove-ApiGatewayApiKey k1",
        "Invoke-ApiGatewayApiKeyRotation k1",
        $"Compare-ApiGatewayApiKey @{{ name = 'k'; value = '{KeyValue}' }}",
        "New-ApiGatewayUsagePlan p",
        "Get-ApiGatewayUsagePlan",
        "Get-ApiGatewayUsagePlan -Id p1",
        "Remove-ApiGatewayUsagePlan p1",
        "Add-ApiGatewayUsagePlanKey p1 -Id k1",
        "Get-ApiGatewayUsagePlanKey p1",
        "Get-ApiGatewayUsagePlanKey p1 -Id k1",
        "Remove-ApiGatewayUsagePlanKey p1 -Id k1",
        "Get-ApiGatewayApiKeyUsage -UsagePlanId p1",
        "Set-ApiGatewayApiKeyUsage p1 -Id k1 -Remaining 5",
    ];

    /// <summary>Runs a command within a time that only a hang takes.</summary>
    public Outcome Run(string command)
    {
        Task<Outcome> run = Task.Run(() => _session.Run($"$VerbosePreference = $DebugPreference = 'Continue'; $Error.Clear(); {command}"));
        return run.Wait(TimeSpan.FromMinutes(5)) ? run.Result : throw new TimeoutException($"'{command}' does not end.");
    }

    /// <summary>Everything that a run and its errors can show, where in the code they happened omitted.</summary>
    public static string Everything(Outcome outcome) => string.Join('\n',
    [
        .. outcome.ErrorTexts,
        .. outcome.Errors.SelectMany(error => Texts(error.Exception)),
        .. outcome.Errors.Select(error => $"{error.FullyQualifiedErrorId} {error.TargetObject} {error.ErrorDetails}"),
        .. Texts(outcome.Thrown),
        .. outcome.Warnings,
        .. outcome.Chatter,
        .. outcome.Output.Select(item => item.ToString()),
    ]);

    private static IEnumerable<string> Texts(Exception? exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause.GetType().FullName!;
            foreach (System.Reflection.PropertyInfo property in cause.GetType().GetProperties()
                .Where(property => property.Name is not ("StackTrace" or "InnerException" or "TargetSite")))
            {
                yield return property.GetValue(cause)?.ToString() ?? "";
            }
        }
    }

    public void Dispose() => _session.Dispose();
}
