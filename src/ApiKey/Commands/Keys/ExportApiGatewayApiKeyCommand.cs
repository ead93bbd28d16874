using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Formats;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;

namespace ApiKey.Commands;

/// <summary>Writes keys to a file that only its owner may read. The file is there when it is complete, or not at all.</summary>
[Cmdlet(VerbsData.Export, "ApiGatewayApiKey", DefaultParameterSetName = ByPath, SupportsShouldProcess = true), OutputType(typeof(FileInfo))]
public sealed class ExportApiGatewayApiKeyCommand : ApiGatewayCmdlet
{
    private const string ByPath = "Path", ByLiteralPath = "LiteralPath";

    private ExportReport? _report;
    private KeysToExport? _keys;

    /// <summary>The file to write.</summary>
    [Parameter(Position = 0, ParameterSetName = ByPath), Given(IsNeeded = true, Sample = "keys.json")]
    public string Path { get; set; } = "";

    /// <summary>The file to write, its path taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath), Given, AllowNull, Alias("PSPath")]
    public string LiteralPath { get; set; } = "";

    /// <summary>The keys to write: key objects or ids. Without any, all keys of the region.</summary>
    [Parameter(ValueFromPipeline = true), TransformKey, Alias("InputObject"), ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>What the file looks like; when omitted, its extension says it (.csv, .json, .tf, .template).</summary>
    [Parameter, TransformChoice(typeof(KeyFileKind))]
    public KeyFileKind? Format { get; set; }

    /// <summary>Writes the values too. CSV is only written with them: without, importing it would make other keys.</summary>
    [Parameter]
    public SwitchParameter IncludeValue { get; set; }

    /// <summary>Leaves usage plans out. Otherwise each key is written with the plans it is in.</summary>
    [Parameter]
    public SwitchParameter SkipUsagePlan { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Emits the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    internal override string? ReportNotBegun() => $"{_report!.Path} was not written. Nothing is there that was not there before.";

    /// <inheritdoc/>
    protected override void Begin()
    {
        string path = GetUnresolvedProviderPathFromPSPath(ParameterSetName == ByPath ? Path : LiteralPath);
        _report = new ExportReport(this, Calls, new KeyExportOptions(path, Format, IncludeValue, Force, SessionPolicy));
        _keys = new KeysToExport(IncludeValue, includePlans: !SkipUsagePlan, StopToken);
        _report.Begin();
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        if (_report!.IsBegun && !MyInvocation.ExpectingInput && Id.Length == 0)
        {
            (ApiKeyOperations keys, UsagePlanOperations plans) = OperationsAt(origin: null);
            PlanMembers? members = null;
            if (Calls.Try("Reading usage plans", null,
                () => _report.Write((members = Calls.Await(_keys!.ReadMembersAsync(plans)))?.Plans ?? [])))
            {
                Calls.Each("Listing API keys", _keys!.ListAsync(keys), page => _report.Write(page, members));
            }
        }

        foreach (ApiKeyIdentity identity in _report.IsBegun ? Id : [])
        {
            (ApiKeyOperations keys, UsagePlanOperations plans) = OperationsAt(identity.Connection);
            Calls.Start($"Reading API key '{identity}'", identity.Target, () => _keys!.GetAsync(identity, keys, plans), _report.Write);
        }
    }

    /// <inheritdoc/>
    protected override void Finish() => _report!.Complete(PassThru);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _report?.Dispose();
        base.Dispose(disposing);
    }
}
