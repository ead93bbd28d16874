using System.Globalization;
using System.Text.RegularExpressions;
using ApiKey.Tests.Interop;

namespace ApiKey.Benchmarks;

/// <summary>Terraform with an AWS provider in a local plugin folder (TF_PLUGIN_MIRROR, or one of the usual places).</summary>
internal static partial class TerraformPeer
{
    private static readonly string? Mirror = ProviderMirror.Find();

    public static bool IsFound => Mirror is not null && Peers.Succeeds("terraform", "version");

    /// <summary>The newest version of the provider in the folder; null without one.</summary>
    public static string? ProviderVersion { get; } = Mirror is null ? null
        : Directory.EnumerateFileSystemEntries(Path.Combine(Mirror, "registry.terraform.io", "hashicorp", "aws"))
            .Select(entry => VersionNumber().Match(Path.GetFileName(entry)).Value)
            .Where(version => version.Length > 0)
            .MaxBy(Version.Parse);

    /// <summary>Initialises and applies a configuration of so many keys.</summary>
    public static void Create(Uri endpoint, int count)
    {
        string folder = Directory.CreateTempSubdirectory("apikey-terraform-").FullName;
        try
        {
            string configuration = Path.Combine(folder, "terraform.rc");
            File.WriteAllText(configuration, ProviderMirror.ToConfiguration(Mirror!));
            string provider = ProviderMirror.Requirements + ProviderMirror.ToProvider("eu-central-1");
            File.WriteAllText(Path.Combine(folder, "main.tf"), provider + string.Create(CultureInfo.InvariantCulture, $$"""

                resource "aws_api_gateway_api_key" "many" {
                  count = {{count}}
                  name  = "many-${count.index}"
                }
                """));
            (string, string)[] environment =
                [("TF_CLI_CONFIG_FILE", configuration), ("CHECKPOINT_DISABLE", "1"), ProviderMirror.Endpoint(endpoint)];
            Peers.Run("terraform", [$"-chdir={folder}", "init", "-no-color"], environment);
            Peers.Run("terraform", [$"-chdir={folder}", "apply", "-auto-approve", "-no-color", "-parallelism=10"], environment);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // A folder's name, or part of the name of a packed provider.
    [GeneratedRegex(@"\d+\.\d+\.\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionNumber();
}
