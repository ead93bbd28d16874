using System.Management.Automation;
using ApiKey.Attributes;
using ApiKey.DesiredState;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Plans;
using ApiKey.Session;
using ApiKey.Tags;

namespace ApiKey.Binding;

/// <summary>Gathers a desired state from what a user gives: paths of files, file objects, and objects.</summary>
/// <param name="region">The region it is compared with.</param>
/// <param name="isOnlyThere">Whether entries of other regions are omitted.</param>
/// <param name="policy">The tag policy.</param>
/// <param name="valueCheck">How values are checked.</param>
internal sealed class DesiredStateInput(string region, bool isOnlyThere, TagPolicy policy, ValueCheck valueCheck)
{
    private static readonly ForeignReaders Readers = new(PowerShellData.Parse, YamlHost.Parse);

    private readonly DesiredSource _objects = new("The desired state");
    private readonly List<DesiredSource> _files = [];
    private DesiredEntries _entries = DesiredEntries.None;
    private int _number;

    /// <summary>How many entries are of other regions, and so not looked at; none unless a region was specified.</summary>
    public int CountElsewhere => !isOnlyThere ? 0
        : _entries.Keys.Count(key => !IsHere(key.Region)) + _entries.Plans.Count(plan => !IsHere(plan.Region));

    /// <summary>What should be in each region: in this one what does not say another.</summary>
    public IReadOnlyDictionary<string, DesiredEntries> ByRegion()
    {
        string[] regions = isOnlyThere ? [region] : [.. _entries.Keys.Select(key => key.Region)
            .Concat(_entries.Plans.Select(plan => plan.Region)).Concat(_entries.Members.Select(member => member.Region))
            .Select(one => one ?? region).DefaultIfEmpty(region).Distinct(StringComparer.Ordinal)];
        return regions.ToDictionary(one => one, EntriesIn, StringComparer.Ordinal);
    }

    /// <summary>What has problems, each with all of them.</summary>
    public IEnumerable<DesiredSource> WithProblems => _files.Prepend(_objects).Where(source => source.Problems.Count > 0);

    /// <summary>Adds a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public void AddFile(string path)
    {
        DesiredSource file = new(path);
        _entries = _entries.With(DesiredStateFile.Read(file, policy, valueCheck, Readers));
        _files.Add(file);
    }

    /// <summary>Adds an object.</summary>
    public void AddObject(object? input)
    {
        _number++;
        if ((input is PSObject wrapped ? wrapped.BaseObject : input) is ApiKeyInfo key)
        {
            // A key of another region is an example of one here, so its id means nothing.
            bool isHere = string.Equals(key.Region, region, StringComparison.Ordinal);
            ApiKeySpec spec = ApiKeyField.All.Aggregate(new ApiKeySpec(), (spec, field) => field.Current(key)
                is { } current ? field.Read(spec, current) : spec);
            Add(new DesiredKey(isHere ? key.Id : null, spec, _objects, new NodePlace(_number, 0)));
            return;
        }

        if ((input is PSObject piped ? piped.BaseObject : input) is UsagePlanInfo plan)
        {
            int? offset = plan.QuotaLimit is null ? null : plan.QuotaOffset ?? 0;
            UsagePlanSpec spec = new UsagePlanChange().Over(plan) with { Tags = plan.Tags, QuotaOffset = offset };
            bool isHere = string.Equals(plan.Region, region, StringComparison.Ordinal);
            _entries = _entries.With(new DesiredEntries
            {
                Plans = [new DesiredPlan(isHere ? plan.Id : null, spec, _objects, new NodePlace(_number, 0))],
                ListsPlans = true,
            });
            return;
        }

        if (Input.Unwrap(input) is PlannedChange or UsagePlanKeyInfo or ApiKeyUsageInfo or ApiKeyLeakInfo or ApiKeyRotationInfo
            or ApiKeyTestInfo)
        {
            _objects.Add(new NodePlace(_number, 0), Input.Unwrap(input) is PlannedChange
                ? "This is a planned change, not what should be. Give the desired state that it was planned from."
                : $"{Input.Describe(input)} does not say what should be. Give what Get-ApiGatewayApiKey emits, or a key's attributes, for "
                    + "example name and tags.");
            return;
        }

        DesiredNode node;
        try
        {
            node = ObjectNodes.Read(input, _number);
        }
        catch (FormatException problem)
        {
            _objects.Add(new NodePlace(_number, 0), problem.Message);
            return;
        }

        DesiredStateReader reader = new(_objects, isExact: false, policy, valueCheck);
        if (AwsCliNodes.IsDocument(node))
        {
            try
            {
                _entries = _entries.With(reader.Read(AwsCliNodes.ToDesired(node)));
            }
            catch (FileProblemException partial)
            {
                _objects.Problems.AddRange(partial.Problems);
            }
        }
        else if (TerraformNodes.IsTerraform(node))
        {
            _entries = _entries.With(TerraformNodes.Read((MapNode)node, _objects));
        }
        else if (ObjectNodes.IsDocument(node))
        {
            _entries = _entries.With(reader.Read(node));
        }
        else if (reader.ReadKey(node) is { } one)
        {
            Add(one);
        }
    }

    /// <summary>Looks for entries that mean the same key.</summary>
    public void FindDoubles()
    {
        foreach (DesiredEntries entries in ByRegion().Values)
        {
            entries.FindDoubles(isOneRegion: true);
        }
    }

    private void Add(DesiredKey key) => _entries = _entries.With(new DesiredEntries { Keys = [key], ListsKeys = true });

    // Nothing given at all lists no keys; only a document with nothing but usage plans leaves keys alone.
    private DesiredEntries EntriesIn(string one) => _entries with
    {
        ListsKeys = _entries.ListsKeys || !_entries.ListsPlans,
        Keys = [.. _entries.Keys.Where(key => (key.Region ?? region) == one)],
        Plans = [.. _entries.Plans.Where(plan => (plan.Region ?? region) == one)],
        Members = [.. _entries.Members.Where(member => (member.Region ?? region) == one)],
    };

    private bool IsHere(string? place) => place is null || string.Equals(place, region, StringComparison.Ordinal);
}
