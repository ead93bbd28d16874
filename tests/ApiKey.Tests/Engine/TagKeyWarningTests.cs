using System.Management.Automation;

namespace ApiKey.Tests.Engine;

/// <summary>Every parameter that accepts keys of tags warns of a text that is a tag as it is shown, and names what was meant.</summary>
public sealed class TagKeyWarningTests : IDisposable
{
    private const string RemoveTag = "-RemoveTag accepts keys of tags, so it takes off a tag whose key is 'env=prod'. To take off the tag "
        + "'env', whatever its value, use -RemoveTag 'env'.";

    private static readonly (string Command, string Parameter, string Warning)[] All =
    [
        ("Set-ApiGatewayApiKey $key", "RemoveTag", RemoveTag),
        ("Set-ApiGatewayUsagePlan $plan", "RemoveTag", RemoveTag),
        ("Get-ApiGatewayApiKey", "HasTag", "-HasTag accepts keys of tags, so it looks for a tag whose key is 'env=prod'. To look for the "
            + "tag 'env', whatever its value, use -HasTag 'env'; with that value, use -Tag 'env=prod'."),
        ("Connect-ApiGateway eu-central-1", "IgnoreTag", "-IgnoreTag accepts keys of tags, so it ignores a tag whose key is 'env=prod'. To "
            + "ignore the tag 'env', whatever its value, use -IgnoreTag 'env'."),
        ("Connect-ApiGateway eu-central-1", "IgnoreTagPrefix", "-IgnoreTagPrefix accepts the start of keys of tags, so it ignores tags "
            + "whose key starts with 'env=prod'. To ignore the tag 'env', whatever its value, use -IgnoreTag 'env'."),
    ];

    private readonly ModuleSession _session = new();

    public static TheoryData<string, string, string> Warnings
    {
        get
        {
            TheoryData<string, string, string> rows = [];
            Array.ForEach(All, one => rows.Add(one.Command, one.Parameter, one.Warning));
            return rows;
        }
    }

    [Fact]
    public void EveryParameterWithKeysOfTagsIsHere() => Assert.Equal(
        from command in _session.Good("Get-Command -Module ApiKey").Select(command => (CmdletInfo)command.BaseObject)
        from parameter in command.ImplementingType.GetProperties()
        where parameter.GetCustomAttributesData().Any(one => one.AttributeType.Name == "TransformTagKeyAttribute")
        orderby $"{command.Name} {parameter.Name}"
        select $"{command.Name} {parameter.Name}",
        All.Select(one => $"{one.Command.Split(' ')[0]} {one.Parameter}").Order(StringComparer.CurrentCulture));

    [Theory]
    [MemberData(nameof(Warnings))]
    public void AKeyThatLooksLikeATagIsAWarning(string command, string parameter, string warning)
    {
        Prepare();
        Outcome outcome = _session.Run($"{command} -{parameter} a, env=prod, =b");
        Assert.Empty(outcome.ErrorTexts);
        Assert.Equal([warning], outcome.Warnings);
        Assert.Empty(_session.Run($"{command} -{parameter} a, env").Warnings);
    }

    [Theory]
    [MemberData(nameof(Warnings))]
    public void WhoWantsToStopThereHasChangedNothing(string command, string parameter, string warning)
    {
        Prepare();
        Outcome outcome = _session.Run($"{command} -{parameter} env=prod -WarningAction Stop");
        Assert.Equal("ActionPreferenceStop", outcome.ErrorId);
        Assert.Equal([warning], outcome.Warnings);
        Assert.Equal(["prod", "prod"], _session.Good("(Get-ApiGatewayApiKey), (Get-ApiGatewayUsagePlan) | ForEach-Object { "
            + "$_.TagsAll['env=prod'] }").Select(value => value.ToString()));
        Assert.Empty(_session.Good("(Get-ApiGatewayConnection).IgnoreTags; (Get-ApiGatewayConnection).IgnoreTagPrefixes"));
    }

    [Fact]
    public void ADefaultOfTheSessionWarnsToo() => Assert.Single(
        _session.Run("$PSDefaultParameterValues['Get-ApiGatewayApiKey:HasTag'] = 'env=prod'; Get-ApiGatewayApiKey").Warnings);

    public void Dispose() => _session.Dispose();

    private void Prepare() => _session.Good("$plan = New-ApiGatewayUsagePlan gold -Tag @{ 'env=prod' = 'prod' }; "
        + "$key = New-ApiGatewayApiKey k -Tag @{ 'env=prod' = 'prod' }");
}
