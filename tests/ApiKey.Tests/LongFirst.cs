using ApiKey.Tests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongFirst))]

namespace ApiKey.Tests;

/// <summary>The classes that take longest start first, before all those that wait for other programs, so that none of them is left for
/// the end by itself.</summary>
internal sealed class LongFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
        [".OfficialSdkBuildTests", ".Interop.", ".Runbooks.", ".Shell.", ".Hostile.", ".Traffic.", ".ExampleTests", ".PipelinePromise"];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Rank).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Rank<TTestCollection>(TTestCollection collection) where TTestCollection : ITestCollection
    {
        int index = Array.FindIndex(Long,
            part => collection.TestCollectionDisplayName.Contains(part, StringComparison.Ordinal));
        return index < 0 ? Long.Length : index;
    }
}
