using System.Text.Json;

namespace ApiKey.Tests;

/// <summary>The test scenarios in Data/scenarios.json: what Terraform's tests assert and what AWS was recorded to answer.</summary>
internal static class Scenarios
{
    private static readonly Dictionary<string, JsonElement> ById = JsonDocument
        .Parse(File.ReadAllText(Repository.PathOf("tests", "ApiKey.Tests", "Data", "scenarios.json")))
        .RootElement.EnumerateArray()
        .ToDictionary(scenario => scenario.GetProperty("id").GetString()!);

    public static TheoryData<string> IdsOf(string group) =>
        [.. ById.Where(scenario => scenario.Value.GetProperty("group").GetString() == group).Select(scenario => scenario.Key)];

    public static IEnumerable<JsonElement> StepsOf(string id) => ById[id].GetProperty("steps").EnumerateArray();
}
