namespace ApiKey.Tests.Interop;

/// <summary>A folder that Terraform works in, with its AWS provider from a local plugin folder and an emulator as AWS.</summary>
internal sealed class TerraformFolder : IDisposable
{
    private readonly Uri _emulator;

    private TerraformFolder(Uri emulator)
    {
        _emulator = emulator;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("apikey-terraform-").FullName;

    /// <summary>A folder that is ready, or the test is skipped with the reason.</summary>
    public static async Task<TerraformFolder> Open(Uri emulator)
    {
        await Tool.Require("terraform", "version");
        string? mirror = ProviderMirror.Find();
        Assert.SkipWhen(mirror is null, "Terraform is here, but its AWS provider is in no local plugin folder.");
        TerraformFolder folder = new(emulator);
        folder.Write("terraform.rc", ProviderMirror.ToConfiguration(mirror!));
        folder.WriteConfiguration("");
        await folder.Run("init", "-no-color");
        return folder;
    }

    /// <summary>Writes a file.</summary>
    public void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    /// <summary>Writes resources, and the provider they need.</summary>
    /// <param name="resources">The resources.</param>
    /// <param name="tagSettings">Blocks of the provider's: default_tags, ignore_tags.</param>
    /// <param name="isOverride">Whether another file has the provider block and this one only adds to it.</param>
    public void WriteConfiguration(string resources, string tagSettings = "", bool isOverride = false)
    {
        string provider = ProviderMirror.ToProvider(_emulator, "us-east-1", tagSettings);
        Write("provider_override.tf", isOverride ? provider : "");
        Write("main.tf", string.Join('\n', ProviderMirror.Requirements, isOverride ? "" : provider, resources));
    }

    /// <summary>Runs Terraform, which must end well.</summary>
    public async Task<string> Run(params string[] arguments)
    {
        ToolRun run = await Tool.Run("terraform", arguments, Path, ("TF_CLI_CONFIG_FILE", System.IO.Path.Combine(Path, "terraform.rc")),
            ("CHECKPOINT_DISABLE", "1"));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        return run.Output;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
