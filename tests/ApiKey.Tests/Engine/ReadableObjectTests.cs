using System.Management.Automation;
using System.Reflection;
using System.Text.Json;

namespace ApiKey.Tests.Engine;

/// <summary>What commands emit says in JSON and CSV what the screen says: words, not numbers or names of types.</summary>
public sealed class ReadableObjectTests : IDisposable
{
    private readonly ModuleSession _session = Specimens.Prepare("partner");

    /// <summary>Every type that a view is for.</summary>
    public static TheoryData<string> Types => [.. Specimens.Scripts.Keys];

    public void Dispose()
    {
        _session.Run("Get-Variable server -ErrorAction Ignore | ForEach-Object { Stop-ApiGatewayEmulator $_.Value.Uri }");
        _session.Dispose();
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void ItsWordsAreWordsInJson(string typeName)
    {
        PSObject item = Specimens.Of(_session, typeName);

        // A connection's emulator goes deeper, in parts that nobody reads.
        using JsonDocument json = JsonDocument.Parse(
            _session.Good("ConvertTo-Json $args[0] -Depth 3 -WarningAction Ignore", item)[0].ToString());
        foreach (PropertyInfo property in item.BaseObject.GetType().GetProperties().Where(property => WordOf(property) is not null
            && property.GetValue(item.BaseObject) is not null))
        {
            JsonElement written = json.RootElement.GetProperty(property.Name);
            Assert.True(written.ValueKind == JsonValueKind.String && written.GetString() == property.GetValue(item.BaseObject)!.ToString(),
                $"{typeName}.{property.Name} is {written}");
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void NoCellHoldsTheNameOfAType(string typeName) => Assert.All(
        _session.Good("(ConvertTo-Csv $args[0] | ConvertFrom-Csv).psobject.Properties | ForEach-Object Value",
            Specimens.Of(_session, typeName)),
        cell => Assert.DoesNotMatch(@"^(System|ApiKey|Deserialized|Microsoft)\.\w", cell?.ToString() ?? ""));

    [Fact]
    public void EveryWordOfThePublicModelIsWrittenAsOne()
    {
        Type[] words = [.. new[] { typeof(Model.ApiKeyInfo).Assembly, typeof(ApiKey.Emulator.EmulatorServer).Assembly }
            .SelectMany(assembly => assembly.GetExportedTypes())
            .SelectMany(type => type.GetProperties()).Select(WordOf).OfType<Type>().Distinct()
            .Where(type => type.Namespace!.StartsWith("ApiKey", StringComparison.Ordinal) && type.Name != "EmulatorBreak")];
        Assert.True(words.Length >= 8);
        Assert.All(words, type => Assert.Equal(typeof(long), Enum.GetUnderlyingType(type)));
    }

    private static Type? WordOf(PropertyInfo property) =>
        (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is { IsEnum: true } word ? word : null;
}
