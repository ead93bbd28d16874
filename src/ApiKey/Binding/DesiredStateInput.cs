using System.Management.Automation;
using ApiKey.Attributes;
using ApiKey.DesiredState;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Session;
using ApiKey.Tags;

namespace ApiKey.Binding;

/// <summary>Gathers a desired state from what a user gives: paths of files, file objects, and objects.</summary>
/// <param name="region">The region it is compared with.</param>
/// <param name="policy">The tag policy.</param>
/// <param name="valueCheck">How values are checked.</param>
internal sealed class DesiredStateInput(string region, TagPolicy policy, ValueCheck valueCheck)
{
    private static readonly ForeignReaders Readers = new(PowerShellData.Parse, YamlHost.Parse);

    private readonly DesiredSource _objects = new("The desired state");
    private readonly List<DesiredSource> _files = [];
    private readonly List<DesiredKey> _keys = [];
    private int _number;

    /// <summary>The keys that should be in this region.</summary>
    public IReadOnlyList<DesiredKey> Keys => [.. _keys.Where(IsHere)];

    /// <summary>How many keys are of other regions, and so not looked at.</summary>
    public int CountElsewhere => _keys.Count(key => !IsHere(key));

    /// <summary>What has problems, each with all of them.</summary>
    public IEnumerable<DesiredSource> WithProblems => _files.Prepend(_objects).Where(source => source.Problems.Count > 0);

    /// <summary>Adds a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public void AddFile(string path)
    {
        DesiredSource file = new(path);
        _keys.AddRange(DesiredStateFile.Read(file, policy, valueCheck, Readers));
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
            _keys.Add(new DesiredKey(isHere ? key.Id : null, spec, _objects, new NodePlace(_number, 0)));
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
        if (TerraformNodes.IsTerraform(node))
        {
            _keys.AddRange(TerraformNodes.Read((MapNode)node, _objects));
        }
        else if (ObjectNodes.IsDocument(node))
        {
            _keys.AddRange(reader.Read(node));
        }
        else if (reader.ReadKey(node, new ApiKeySpec()) is { } one)
        {
            _keys.Add(one);
        }
    }

    /// <summary>Looks for entries that mean the same key.</summary>
    public void FindDoubles() => DesiredKey.FindDoubles(Keys);

    private bool IsHere(DesiredKey key) => key.Region is null || string.Equals(key.Region, region, StringComparison.Ordinal);
}
