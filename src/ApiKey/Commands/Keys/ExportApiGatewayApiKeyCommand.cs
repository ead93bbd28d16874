using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Calls;
using ApiKey.Cmdlets;
using ApiKey.Completion;
using ApiKey.Formats;
using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Service;
using ApiKey.Tags;

namespace ApiKey.Commands;

/// <summary>Writes keys to a file that only its owner may read. The file is there when it is complete, or not at all.</summary>
[Cmdlet(VerbsData.Export, "ApiGatewayApiKey", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportApiGatewayApiKeyCommand : ApiGatewayCmdlet
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";

    private readonly Dictionary<UsagePlanOperations, SharedRead<PlanMembers>> _members = [];
    private KeyExport? _export;
    private KeyFileKind _kind;
    private string _path = "";
    private bool _isForOneRegion;
    private TagPolicy _policy = TagPolicy.None;
    private int _withoutDefaultTags;
    private string? _region;

    /// <summary>The file to write.</summary>
    [Parameter(Position = 0, ParameterSetName = ByPath)]
    [Given(IsNeeded = true, Sample = "keys.json")]
    public string Path { get; set; } = "";

    /// <summary>The file to write, its path taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByLiteralPath)]
    [Given]
    [AllowNull]
    [Alias("PSPath")]
    public string LiteralPath { get; set; } = "";

    /// <summary>The keys to write: key objects or ids. Without any, all keys of the region.</summary>
    [Parameter(ValueFromPipeline = true)]
    [TransformKey]
    [Alias("InputObject")]
    [ArgumentCompleter(typeof(KeyIdCompleter))]
    public ApiKeyIdentity[] Id { get; set; } = [];

    /// <summary>What the file looks like; when omitted, its extension says it (.csv, .json, .tf, .template).</summary>
    [Parameter]
    [TransformChoice(typeof(KeyFileKind))]
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

    private bool ExportsAll => !MyInvocation.ExpectingInput && Id.Length == 0;

    /// <inheritdoc/>
    protected override void Begin()
    {
        _path = GetUnresolvedProviderPathFromPSPath(ParameterSetName == ByPath ? Path : LiteralPath);
        KeyFileKind kind = _kind = Format ?? KindOf(_path);
        _policy = SessionPolicy;
        _isForOneRegion = kind is KeyFileKind.Terraform or KeyFileKind.DesiredState or KeyFileKind.CloudFormation;
        if (kind == KeyFileKind.Csv && !IncludeValue)
        {
            ThrowProblem("ValueRequired",
                "The CSV format carries the values of keys; without them, importing the file would create other keys. Use -IncludeValue to "
                + "write them, or -Format Json.", _path);
        }

        if (_isForOneRegion && IncludeValue)
        {
            ThrowProblem("ValueNotWritten",
                $"The format {kind} has no values: existing keys keep theirs. Omit -IncludeValue, or use -Format Csv to create the same "
                + "keys elsewhere.", _path);
        }

        if (!Force && KeyExport.PathsOf(_path, kind).FirstOrDefault(File.Exists) is { } existing)
        {
            ThrowProblem("FileExists", $"{existing} already exists. Choose another name, or use -Force to replace it.", existing);
        }

        if (ShouldProcess($"Write API keys to {_path}.", $"Write API keys to {_path}?", "Confirm"))
        {
            this.TryFile(_path, () => _export = new KeyExport(_path, kind, IncludeValue, Force, _policy));
        }
    }

    /// <inheritdoc/>
    protected override void Execute()
    {
        if (_export is null)
        {
            return;
        }

        if (ExportsAll)
        {
            SharedRead<PlanMembers>? members = MembersOf(PlanOperations());
            Calls.Try("Reading usage plans", null, () => AddPlans(members is null ? [] : Calls.Await(members.GetAsync()).Plans));
            Calls.Each("Listing API keys", Operations().ListAsync(new ApiKeyQuery(IncludeValues: IncludeValue), StopToken), page =>
            {
                foreach (ApiKeyInfo key in HadNoError ? page : [])
                {
                    Write(key, members is null ? null : Calls.Await(members.GetAsync()).PlansOf(key.Id));
                }

                Progress.Count(page.Count);
            });
        }

        foreach (ApiKeyIdentity identity in Id)
        {
            (ApiKeyOperations operations, UsagePlanOperations plans) = OperationsAt(identity.Connection);
            SharedRead<PlanMembers>? members = MembersOf(plans);
            Calls.Start(
                $"Reading API key '{identity}'",
                identity.Target,
                async () =>
                {
                    ApiKeyInfo key = identity.Key is { } known && (known.Value is not null || !IncludeValue)
                        ? known : await operations.GetAsync(identity.Id, IncludeValue, StopToken);
                    return (Key: key, Plans: members is null ? null : (await members.GetAsync()).PlansOf(key.Id));
                },
                one => Write(one.Key, one.Plans));
        }
    }

    internal override string? ReportNotBegun() => $"{_path} was not written. Nothing is there that was not there before.";

    /// <inheritdoc/>
    protected override void Finish()
    {
        if (_export is null)
        {
            return;
        }

        if (!HadNoError)
        {
            WriteProblem("ExportIncomplete",
                $"{_path} was not written, because not every key could be read. A file that was there before is unchanged.", _path,
                    ErrorCategory.InvalidResult);
        }
        else if (_kind == KeyFileKind.CloudFormation && _export.IsEmpty)
        {
            WriteProblem("NothingToExport",
                $"There are no API keys to write, and CloudFormation accepts no template without resources. {_path} was not written.",
                _path);
        }
        else if (this.TryFile(_path, _export.Complete))
        {
            WarnOfLimits(_export.ResourceCount);
            if (_withoutDefaultTags > 0 && _isForOneRegion)
            {
                WriteWarning($"{_withoutDefaultTags} of the keys do not have all default tags of this connection. Sync-ApiGatewayApiKey "
                    + "over this connection puts them on, and so does Terraform with the same default tags.");
            }

            if (PassThru)
            {
                // As Get-Item gives it, so that it is shown as files are.
                WriteObject(InvokeProvider.Item.Get([.. KeyExport.PathsOf(_path, _kind)], force: true, literalPath: true),
                    enumerateCollection: true);
            }
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _export?.Dispose();
        }

        base.Dispose(disposing);
    }

    private SharedRead<PlanMembers>? MembersOf(UsagePlanOperations plans)
    {
        if (SkipUsagePlan)
        {
            return null;
        }

        if (!_members.TryGetValue(plans, out SharedRead<PlanMembers>? members))
        {
            _members.Add(plans, members = new(() => ReadMembersAsync(plans)));
        }

        return members;
    }

    private async Task<PlanMembers> ReadMembersAsync(UsagePlanOperations plans)
    {
        try
        {
            return await PlanMembers.ReadAsync(plans, StopToken);
        }
        catch (ApiGatewayException denied) when (denied.Kind == ApiGatewayErrorKind.AccessDenied)
        {
            throw denied.Because($"{denied.Message.TrimEnd('.')}. To export keys without their usage plans, use -SkipUsagePlan.");
        }
    }

    private void AddPlans(IReadOnlyList<UsagePlanInfo> plans)
    {
        foreach (UsagePlanInfo plan in plans)
        {
            RefuseUnwritable($"Usage plan '{plan}'", CloudFormationExport.TextsOf(plan), plan);
            if (_kind == KeyFileKind.DesiredState && string.IsNullOrWhiteSpace(plan.Name))
            {
                ThrowProblem("NotWritable", $"Usage plan '{plan}' has no name, and plans of a desired state need one. Give it a name with "
                    + $"Set-ApiGatewayUsagePlan {plan.Id} -Name, or use -SkipUsagePlan. {_path} was not written.", plan);
            }
        }

        _export!.AddPlans(plans);
    }

    private void RefuseUnwritable(string what, IEnumerable<string?> texts, object target)
    {
        if (_kind == KeyFileKind.CloudFormation && CloudFormationExport.ProblemOf(texts) is { } problem)
        {
            ThrowProblem("NotWritable", $"{what} {problem} {_path} was not written.", target);
        }
    }

    private void WarnOfLimits(int resources)
    {
        if (resources > CloudFormationExport.MostImported)
        {
            WriteWarning($"The template has {resources} resources. CloudFormation allows {CloudFormationExport.MostResources} in a stack "
                + $"and imports {CloudFormationExport.MostImported} with one change set: export fewer keys at a time to several stacks.");
        }
    }

    private void Write(ApiKeyInfo key, IReadOnlyList<UsagePlanInfo>? plans)
    {
        _region ??= key.Region;
        if (_isForOneRegion && !string.Equals(key.Region, _region, StringComparison.Ordinal))
        {
            ThrowProblem("SeveralRegions",
                $"API key '{key}' is in {key.Region}, and others are in {_region}. This format is for the keys of one region; write a file "
                + $"for each. {_path} was not written.", key);
        }

        RefuseUnwritable($"API key '{key}'", CloudFormationExport.TextsOf(key), key);
        AddPlans(plans ?? []);
        _withoutDefaultTags += key.TagsAll.ContainsAllKeys(_policy.WithoutIgnored(_policy.Defaults)) ? 0 : 1;
        try
        {
            _export!.Write(key, plans);
        }
        catch (Exception failure) when (FileErrors.IsOfFile(failure))
        {
            // A full disk: going on would only fail again.
            ThrowTerminatingError(FileErrors.NotUsable(_path, failure));
        }
    }

    private KeyFileKind KindOf(string path)
    {
        KeyFileKind? kind = System.IO.Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => KeyFileKind.Csv,
            ".JSON" => KeyFileKind.Json,
            ".TF" => KeyFileKind.Terraform,
            ".TEMPLATE" => KeyFileKind.CloudFormation,
            _ => null,
        };
        if (kind is null)
        {
            ThrowProblem("UnknownFormat",
                $"What to write to {path} is not clear from its name. Use -Format Csv, Json, Terraform, DesiredState or CloudFormation.",
                path);
        }

        return kind!.Value;
    }
}
