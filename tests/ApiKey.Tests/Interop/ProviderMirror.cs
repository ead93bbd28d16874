namespace ApiKey.Tests.Interop;

/// <summary>Where Terraform's AWS provider is on this machine, so that nothing is fetched. The benchmarks use it too.</summary>
internal static class ProviderMirror
{
    /// <summary>The local plugin folder; null when there is none.</summary>
    public static string? Find()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        IEnumerable<string> places =
        [
            Environment.GetEnvironmentVariable("TF_PLUGIN_MIRROR") ?? "",
            Path.Combine(home, ".terraform.d", "plugins"),
            "/usr/share/terraform/plugins",
            "/usr/local/share/terraform/plugins",
            .. Directory.Exists("/opt") ? Directory.EnumerateDirectories("/opt") : [],
        ];
        return places.FirstOrDefault(place => place.Length > 0
            && Directory.Exists(Path.Combine(place, "registry.terraform.io", "hashicorp", "aws")));
    }

    /// <summary>The provider's program in a plugin folder; null when it is not unpacked there.</summary>
    public static string? Program(string mirror) => Directory
        .EnumerateFiles(Path.Combine(mirror, "registry.terraform.io", "hashicorp", "aws"), "terraform-provider-aws_*",
            SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        .Order(StringComparer.Ordinal)
        .LastOrDefault();

    /// <summary>Terraform's own configuration that takes providers from there.</summary>
    public static string ToConfiguration(string mirror) => $$"""
        provider_installation {
          filesystem_mirror {
            path = "{{mirror}}"
          }
        }
        """;

    /// <summary>
    /// What tells the provider that an emulator is AWS. An endpoints block would take it three seconds of processor time in each
    /// command: it has 300 services, and each is checked against all.
    /// </summary>
    public static (string Name, string Value) Endpoint(Uri emulator) => ("AWS_ENDPOINT_URL_API_GATEWAY", emulator.ToString());

    /// <summary>A provider block that needs no account.</summary>
    /// <param name="region">The region.</param>
    /// <param name="settings">More of it. Where the emulator is belongs into the environment, see <see cref="Endpoint"/>.</param>
    public static string ToProvider(string region, string settings = "") => $$"""
        provider "aws" {
          region                      = "{{region}}"
          skip_credentials_validation = true
          skip_requesting_account_id  = true
          skip_metadata_api_check     = true
          skip_region_validation      = true
          {{settings}}
        }
        """;

    /// <summary>What a configuration starts with.</summary>
    public const string Requirements = """
        terraform {
          required_providers {
            aws = { source = "hashicorp/aws" }
          }
        }

        """;
}
