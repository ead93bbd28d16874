using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Emulator;
using ApiKey.Service;
using ApiKey.Session;
using ApiKey.Tags;

namespace ApiKey.Commands;

/// <summary>
/// Sets this session's connection: Terraform's provider block. No call is made. What is not specified is found the usual AWS way:
/// environment, profile (SSO and role profiles too), web identity, container, instance.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "ApiGateway")]
[OutputType(typeof(ApiGatewayConnection))]
public sealed partial class ConnectApiGatewayCommand : ModuleCmdlet, ICompletesTags
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ConnectionParameters.FindContradiction(MyInvocation.BoundParameters) is { } contradiction)
        {
            Refuse("ContradictoryParameters", contradiction);
        }

        ApiGatewayConnection connection = new()
        {
            Region = Region,
            ProfileName = ProfileName,
            ProfileLocation = ProfileLocation is null ? null : GetUnresolvedProviderPathFromPSPath(ProfileLocation),
            RoleArn = RoleArn,
            ExternalId = ExternalId,
            RoleSessionName = RoleSessionName,
            EndpointUrl = EndpointUrl,
            AllowUnencryptedEndpoint = AllowUnencryptedEndpoint,
            UseFipsEndpoint = UseFipsEndpoint.IsPresent ? UseFipsEndpoint.ToBool() : null,
            UseDualStackEndpoint = UseDualStackEndpoint.IsPresent ? UseDualStackEndpoint.ToBool() : null,
            TagPolicy = new TagPolicy
            {
                Defaults = (TagSet?)DefaultTag ?? TagSet.Empty,
                IgnoredKeys = IgnoreTag ?? [],
                IgnoredPrefixes = IgnoreTagPrefix ?? []
            },
            RequestsPerSecond = RequestsPerSecond,
            MaxAttempts = MaxAttempts,
            Timeout = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Credentials = ReadCredentials(),
            Transport = Emulator ? new EmulatorHttpHandler(EmulatorFactory.Create(this, EnforceQuota, PropagationSeconds ?? 0,
                Fault ?? [])) : null,
        };
        if (ConnectionRules.ProblemsOf(connection) is [string problem, ..])
        {
            Refuse("InvalidConnection", problem);
        }

        SessionConnection.Current = connection;
        string? region = Region is null ? null : RegionCheck.WarningOf(connection, Region);
        foreach (string warning in new[] { region, ProfileCheck.WarningOf(connection) }.OfType<string>())
        {
            WriteWarning(warning);
        }

        if (PassThru)
        {
            WriteObject(connection);
        }
    }

    private Func<GivenCredentials>? ReadCredentials()
    {
        if (AccessKey is not null)
        {
            GivenCredentials given = new(AccessKey, SecretKey!.Reveal(), SessionToken?.Reveal());
            return () => given;
        }

        if (Credential is null)
        {
            return null;
        }

        Func<GivenCredentials>? reader = ForeignCredentials.Reader(Credential);
        if (reader is null)
        {
            Refuse("InvalidCredential",
                $"Credentials cannot be read from {Input.DescribeWithin(Credential)}. Give a PSCredential with the access key as "
                + "user name and the secret as password, or what Get-AWSCredential returns.");
        }

        return reader;
    }

    private void Refuse(string errorId, string message) =>
        ThrowTerminatingError(new ErrorRecord(new ArgumentException(message), errorId, ErrorCategory.InvalidArgument,
            MyInvocation.InvocationName));
}
