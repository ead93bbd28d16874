using ApiKey.Emulator;
using ApiKey.Model;
using ApiKey.Service;
using ApiKey.Tags;
using FsCheck;
using FsCheck.Fluent;

namespace ApiKey.Tests.Engine;

/// <summary>
/// Whatever tags a connection ignores or gives by default: a rotation finds what it did, and Sync -Prune removes no key that is
/// in use, after a rotation and in the middle of one.
/// </summary>
public sealed class RotationPolicyProperties : IDisposable
{
    private static readonly Gen<TagPolicy> AnyPolicy =
        from keys in Gen.Elements("apikey:rotated-to", "apikey:rotated-from", "env", "other").ListOf(2)
        from prefixes in Gen.Elements("apikey:", "apikey:rotated-", "api", "a", "k8s/", "apikey:rotated-f").ListOf(2)
        from defaults in Gen.Elements("", "env=prod", "env=test", "team=x&m=1", "apikey=1")
        select new TagPolicy { IgnoredKeys = keys, IgnoredPrefixes = prefixes, Defaults = TagSet.Parse(defaults) };

    private static readonly Gen<(TagPolicy Rotating, TagPolicy Syncing, bool Half, bool WantsOld)> AnyCase =
        from rotating in AnyPolicy
        from syncing in AnyPolicy
        from half in Gen.Elements(true, false)
        from wantsOld in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        select (rotating, syncing, half, wantsOld);

    private readonly ModuleSession _session = new();
    private int _number;

    [Fact]
    public void NoKeyInUseIsRemovedAndARotationEnds() => Prop.ForAll(AnyCase.ToArbitrary(), example =>
    {
        string region = $"region-{++_number}";
        string old = Seed(region, "a", "old");
        Seed(region, "b", "other");
        Seed(region, "c", "unwanted");
        ApiGatewayConnection rotating = _session.Connection with { Region = region, TagPolicy = example.Rotating };
        ApiGatewayConnection syncing = _session.Connection with { Region = region, TagPolicy = example.Syncing };
        const string Sync = """
            $state = if ($args[1]) { @{ name = 'a'; tags = @{ m = '1' } }, @{ name = 'b'; tags = @{ m = '1' } } }
                else { @{ name = 'b'; tags = @{ m = '1' } } }
            Sync-ApiGatewayApiKey $state -Connection $args[0] -Prune -PruneTag @{ m = '1' } -Confirm:$false
            """;
        string successor;
        if (example.Half)
        {
            // Stopped between the create and the mark on the old key.
            successor = Seed(region, "a", "new", ("apikey:rotated-from", old));
        }
        else
        {
            ApiKeyRotationInfo made = _session.One<ApiKeyRotationInfo>("Invoke-ApiGatewayApiKeyRotation -Id $args[0] -Connection $args[1]",
                old, rotating);
            Assert.Equal((old, made.New.Id), (made.New.RotatedFrom, made.Old!.RotatedTo));
            successor = made.New.Id;
        }

        Outcome synced = _session.Run(Sync, syncing, example.WantsOld);
        Assert.Empty(synced.ErrorTexts);
        if (example.WantsOld || !example.Half)
        {
            Assert.Contains(old, Ids(region));
        }

        if (example.WantsOld)
        {
            Assert.Contains(successor, Ids(region));
            Outcome again = _session.Run(
                "Get-ApiGatewayApiKey -Name a -Connection $args[0] | Invoke-ApiGatewayApiKeyRotation -Connection $args[0]", rotating);
            Assert.Empty(again.ErrorTexts);
            Assert.Equal(successor, ((ApiKeyRotationInfo)Assert.Single(again.Output).BaseObject).New.Id);
            string[] keys = Ids(region);
            Assert.Equal(keys, Ids(region));
            Assert.Equal(2, keys.Count(id => id == old || id == successor));
            Outcome marked = _session.Run("(Get-ApiGatewayApiKey -Connection $args[0] | Where-Object RotatedTo).RotatedTo", syncing);
            Assert.Equal(successor, Assert.Single(marked.Output).ToString());
            Assert.Equal(OldKeyState.Disabled,
                ((ApiKeyRotationInfo)Assert.Single(
                    _session.Run("Invoke-ApiGatewayApiKeyRotation -Id $args[0] -OldKey Disable -Connection $args[1]", old, syncing).Output)
                        .BaseObject).OldKey);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    public void Dispose() => _session.Dispose();

    private string Seed(string region, string name, string id, params (string Key, string Value)[] more)
        => _session.Emulator.Seed(new SeedKey
        {
            Region = region,
            Id = $"{id}{_number}",
            Name = name,
            Tags = more.Append(("m", "1")).ToDictionary(tag => tag.Item1, tag => tag.Item2, StringComparer.Ordinal),
        });

    private string[] Ids(string region) =>
        [.. _session.Good("(Get-ApiGatewayApiKey -Connection $args[0]).Id", _session.Connection with { Region = region })
            .Select(id => id.ToString()).Order(StringComparer.Ordinal)];
}
