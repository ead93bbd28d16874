namespace ApiKey.Tests;

/// <summary>Where things are in the checkout that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The module as users get it: what the build laid out for the package.</summary>
    public static string Module => PathOf("artifacts", "module", "ApiKey");

    public static string Manifest => Path.Combine(Module, "ApiKey.psd1");

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ApiKey.psd1")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("ApiKey.psd1 is in no folder above the tests.");
    }
}
