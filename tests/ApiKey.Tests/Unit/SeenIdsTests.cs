using ApiKey.Calls;
using FsCheck;
using FsCheck.Fluent;

namespace ApiKey.Tests.Unit;

/// <summary>Ids are remembered without their text, and none is taken for another.</summary>
[Trait(Category.Name, Category.Unit)]
public class SeenIdsTests
{
    // Few letters, so that ids come twice; lengths around the longest that is a number; and what never is one.
    private static readonly Arbitrary<string[]> Ids = Gen.OneOf(
        Text("019azAé-", 0, 3),
        Text("09z", 11, 13)).ArrayOf().ToArbitrary();

    [Fact]
    public void AnIdIsNewOnceAsInASetOfTexts() =>
        Prop.ForAll(Ids, ids =>
        {
            SeenIds seen = new();
            HashSet<string> texts = new(StringComparer.Ordinal);
            return ids.All(id => texts.Add(id) == seen.Add(id));
        }).QuickCheckThrowOnFailure();

    private static Gen<string> Text(string letters, int shortest, int longest) =>
        Gen.Choose(shortest, longest).SelectMany(length => Gen.Elements(letters.ToCharArray()).ArrayOf(length))
            .Select(text => new string(text));
}
