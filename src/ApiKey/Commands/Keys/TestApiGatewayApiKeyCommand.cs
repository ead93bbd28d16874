using System.Management.Automation;
using ApiKey.Access;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Session;

namespace ApiKey.Commands;

/// <summary>Tells whether AWS would let a key through, and if not, why and what fixes it.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ApiGatewayApiKey", DefaultParameterSetName = ById)]
[OutputType(typeof(ApiKeyTestInfo))]
public sealed class TestApiGatewayApiKeyCommand : ApiGatewayCmdlet
{
    private const string ById = "Id";
    private const string ByValue = "Value";

    /// <summary>The keys: ids or key objects.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [TransformKey(IsNeeded = true)]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>Values of keys, as text or SecureString: what a caller sends.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByValue)]
    [AllowNull]
    [TransformSecret]
    [ArgumentCompleter(typeof(OwnWordCompleter))]
    public Secret[] Value { get; set; } = [];

    /// <summary>The REST API that is called.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(ApiIdCompleter))]
    public string? ApiId { get; set; }

    /// <summary>The stage that is called. Goes with ApiId.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(StageNameCompleter))]
    public string? Stage { get; set; }

    /// <summary>The verb of the request, for example GET. Goes with Stage.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(MethodCompleter))]
    public string? Method { get; set; }

    /// <summary>The path of the request, for example /orders/17. Goes with Stage.</summary>
    [Parameter]
    [Given, ArgumentCompleter(typeof(OwnWordCompleter))]
    public string? Path { get; set; }

    /// <summary>The regions to look in, the first of them for what is nowhere; the connection's when omitted.</summary>
    [Parameter]
    [Given]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public new string[]? Region { get; set; }

    private protected override IReadOnlyList<ConnectionChoice> ReadPlaces() =>
        ConnectionChoice.Each(Connection, Region, ProfileName is null ? null : [ProfileName], EndpointUrl);

    /// <inheritdoc/>
    protected override void Begin()
    {
        if ((Stage is not null && ApiId is null) || ((Method ?? Path) is not null && Stage is null))
        {
            ThrowProblem("ContradictoryParameters", "-Stage goes with -ApiId, and -Method and -Path go with both. Specify -ApiId and "
                + "-Stage too.", MyInvocation.InvocationName);
        }
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        foreach (ApiKeyIdentity key in Id)
        {
            Start($"Testing API key '{key}'", key.Target, key.Id, value: null, key.Connection);
        }

        foreach (Secret value in Value)
        {
            Start("Testing an API key by its value", target: null, keyId: null, value.Reveal(), origin: null);
        }
    }

    private void Start(string what, object? target, string? keyId, string? value, ApiGatewayConnection? origin)
    {
        AccessQuestion question = new(keyId, value, ApiId, Stage, Method?.ToUpperInvariant(), Path);
        AccessPlace[] places = [.. Places.Select(place => Open(place, origin)).OfType<ServiceOperations>()
            .Select(at => new AccessPlace(at.Keys, at.Plans, at.Apis))];
        if (places.Length > 0)
        {
            Calls.Start(what, target, () => new AccessTest(places, question).RunAsync(StopToken),
                found => WriteObject(AccessAnswer.Of(question, found)));
        }
    }
}
