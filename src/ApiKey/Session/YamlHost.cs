using ApiKey.DesiredState;
using ApiKey.Formats;

namespace ApiKey.Session;

/// <summary>Loads the reader of YAML when the first YAML file is read, from <c>yaml/</c> next to this assembly.</summary>
internal static class YamlHost
{
    // PublicationOnly does not remember a failure.
    private static readonly Lazy<DataReader> LoadedReader = new(() =>
        PrivateLoadContext.Load("yaml", "ApiKey.Yaml")
            .GetType("ApiKey.Yaml.YamlNodes", throwOnError: true)!.GetMethod("Parse")!.CreateDelegate<DataReader>(),
        LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Reads YAML.</summary>
    public static DesiredNode Parse(string text) => LoadedReader.Value(text);
}
