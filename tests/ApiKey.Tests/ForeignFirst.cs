using ApiKey.Tests;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(ForeignFirst))]

namespace ApiKey.Tests;

/// <summary>The classes that wait longest for other programs start first, so that no single one of them is left for the end.</summary>
internal sealed class ForeignFirst : ITestCollectionOrderer
{
    private static readonly string[] Folders = [".OfficialSdkBuildTests", ".Interop.", ".Runbooks.", ".Shell.", ".Hostile.", ".Traffic."];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(Rank).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Rank<TTestCollection>(TTestCollection collection) where TTestCollection : ITestCollection
    {
        int index = Array.FindIndex(Folders,
            folder => collection.TestCollectionDisplayName.Contains(folder, StringComparison.Ordinal));
        return index < 0 ? Folders.Length : index;
    }
}
