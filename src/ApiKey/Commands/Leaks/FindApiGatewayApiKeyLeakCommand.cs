using System.Management.Automation;
using ApiKey.Binding;
using ApiKey.Cmdlets;
using ApiKey.Keys;
using ApiKey.Leaks;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Session;

namespace ApiKey.Commands;

/// <summary>Finds where the values of keys lie: in files and folders, or in text from the pipeline. The values are in nothing that it
/// emits.</summary>
[Cmdlet(VerbsCommon.Find, "ApiGatewayApiKeyLeak", DefaultParameterSetName = ByPath)]
[OutputType(typeof(ApiKeyLeakInfo))]
public sealed partial class FindApiGatewayApiKeyLeakCommand : ApiGatewayCmdlet
{
    private LeakReport? _report;
    private bool _isMissing;

    private protected override IReadOnlyList<ConnectionChoice> ReadPlaces() =>
        ConnectionChoice.Each(Connection, Region, ProfileName, EndpointUrl);

    /// <inheritdoc/>
    protected override void Execute()
    {
        if (ParameterSetName == ByText)
        {
            Prepare().Search(Text);
            return;
        }

        List<string> paths = [];
        _isMissing |= !this.TryResolveFiles(Path, LiteralPath, paths);
        Prepare().Search(paths, new FileWalk(Recurse, IncludeIgnored));
    }

    /// <inheritdoc/>
    protected override void Finish()
    {
        // A pipeline of nothing does nothing, but whoever waits for a log gets one.
        if (_report is not null || SarifPath is not null)
        {
            Prepare().Complete(hadPaths: ParameterSetName != ByText && !_isMissing);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _report?.Dispose();
    }

    // Which keys are sought is read before anything is searched.
    private LeakReport Prepare()
    {
        if (_report is not null)
        {
            return _report;
        }

        NameFilter? names = Name is null ? null : new NameFilter(Name);
        Progress.Begin("Reading the API keys", total: null);
        SoughtKeys? keys = null;
        if (!Calls.Try("Reading the values of the API keys", null, () => keys = Calls.Await(SoughtKeys.ReadAsync(
            [.. OpenAll().Distinct()], Id.Select(one => one.Id), names is null ? null : names.Matches, names?.CommonPrefix, Encoded,
            StopToken))))
        {
            ThrowProblem("NothingSearched", "Nothing was searched, because the values of the API keys could not be read.", null);
        }

        _report = new LeakReport(this, keys!, Unique);
        _report.ReportMissing(names?.UnmatchedLiterals ?? []);
        _report.OpenLog(SarifPath);
        return _report;
    }

    // A key object goes back to where it is from. A place that cannot be reached would look as if nothing had leaked.
    private IEnumerable<ApiKeyOperations> OpenAll()
    {
        foreach (ApiGatewayConnection? origin in Id.Length == 0 ? [null] : Id.Select(one => one.Connection).Distinct())
        {
            foreach (ServiceOperations? there in Places.Select(place => Open(place, origin)))
            {
                if (there is null)
                {
                    ThrowProblem("NothingSearched", "Nothing was searched, because not every region or profile can be reached.", null);
                }

                yield return there.Keys;
            }
        }
    }
}
