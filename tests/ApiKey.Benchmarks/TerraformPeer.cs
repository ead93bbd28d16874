using System.Globalization;

namespace ApiKey.Benchmarks;

/// <summary>Terraform with an AWS provider in a local plugin folder (TF_PLUGIN_MIRROR, or one of the usual places).</summary>
internal static class TerraformPeer
{
    private static readonly string? Mirror = FindMirror();

    public static bool IsFound => Mirror is not null && Peers.Succeeds("terraform", "version");

    /// <summary>Initialises and applies a configuration of so many keys.</summary>
    public static void Create(Uri endpoint, int count)
    {
        string folder = Directory.CreateTempSubdirectory("apikey-terraform-").FullName;
        try
        {
            string configuration = Path.Combine(folder, "terraform.rc");
            File.WriteAllText(configuration, $$"""
                provider_installation {
                  filesystem_mirror {
                    path = "{{Mirror}}"
                  }
                }
                """);
            File.WriteAllText(Path.Combine(folder, "main.tf"), $$"""
                terraform {
                  required_providers {
                    aws = { source = "hashicorp/aws" }
                  }
                }
                provider "aws" {
                  region                      = "eu-central-1"
                  skip_credentials_validation = true
                  skip_requesting_account_id  = true
                  skip_metadata_api_check     = true
                  endpoints {
                    apigateway = "{{endpoint.ToString().TrimEnd('/')}}"
                  }
                }
                resource "aws_api_gateway_api_key" "many" {
                  count = {{count.ToString(CultureInfo.InvariantCulture)}}
                  name  = "many-${count.index}"
                }
                """);
            (string, string)[] environment = [("TF_CLI_CONFIG_FILE", configuration), ("CHECKPOINT_DISABLE", "1")];
            Peers.Run("terraform", [$"-chdir={folder}", "init", "-no-color"], environment);
            Peers.Run("terraform", [$"-chdir={folder}", "apply", "-auto-approve", "-no-color", "-parallelism=10"], environment);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? FindMirror()
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
        return places.FirstOrDefault(place => place.Length > 0 && Directory.Exists(Path.Combine(place, "registry.terraform.io", "hashicorp", "aws")));
    }
}
