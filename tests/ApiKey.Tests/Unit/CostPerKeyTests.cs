using ApiKey.Keys;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Tests.Unit;

/// <summary>What is asked of every key of a listing makes nothing for a key that there is nothing to say about.</summary>
[Trait(Category.Name, Category.Unit)]
public class CostPerKeyTests
{
    private static readonly string[] Names = ["env", "team"];
    private static readonly TagSet Tags = TagSet.Parse("env=prod, team=a");

    private static readonly ApiKeyInfo Key = new() { Id = "a1b2c3d4e5", Name = "one", Arn = "", Region = "eu-west-1" };

    public static TheoryData<string, Func<object>> Questions => new()
    {
        { "only", () => TagSet.Empty.Only(Names) },
        { "without", () => TagSet.Empty.Without(Names) },
        { "without prefixes", () => TagSet.Empty.WithoutPrefixes(Names) },
        { "without system", () => TagSet.Empty.WithoutSystem() },
        { "without nulls", () => TagSet.Empty.WithoutNulls() },
        { "except", () => TagSet.Empty.Except(Tags) },
        { "removed by", () => TagSet.Empty.RemovedBy(Tags) },
        { "merged", () => TagSet.Empty.Merge(TagSet.Empty) },
        { "without none", () => Tags.Without([]) },
        { "without no prefixes", () => Tags.WithoutPrefixes([]) },
        { "except nothing", () => Tags.Except(TagSet.Empty) },
        { "of nothing", () => TagSet.From(null) },
        { "what a policy manages", () => TagPolicy.None.Managed(TagSet.Empty) },
        { "what is the key's own", () => TagPolicy.None.Own(TagSet.Empty) },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public void AFilterThatChangesNothingMakesNothing(string what, Func<object> ask)
    {
        object first = ask();
        Assert.True(ReferenceEquals(first, ask()), what);
        Assert.Equal(0, Allocated(() => ask()));
    }

    [Fact]
    public void AKeyFilterWithoutConditionsMakesNothing()
    {
        KeyFilter filter = new() { Name = _ => true };
        Assert.Equal(0, Allocated(() => filter.Matches(Key)));
    }

    // Of many times, because the runtime may do something of its own meanwhile: less than a byte each is nothing.
    private static long Allocated<T>(Func<T> ask)
    {
        const int Times = 10_000;
        for (int warmUp = 0; warmUp < 10; warmUp++)
        {
            ask();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int time = 0; time < Times; time++)
        {
            ask();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
    }
}
