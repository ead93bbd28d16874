using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ApiKey.Tests.Interop;

/// <summary>
/// A folder that Terraform works in, with its AWS provider from a local plugin folder and an emulator as AWS. The provider is one
/// process for all commands of the folder: Terraform neither checks its 700 MB nor starts it anew each time.
/// </summary>
internal sealed partial class TerraformFolder : IDisposable
{
    private readonly Process _provider;

    private TerraformFolder(Process provider)
    {
        _provider = provider;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("apikey-terraform-").FullName;

    /// <summary>Where Terraform finds the running provider.</summary>
    private string Attachment { get; set; } = "";

    // Both collect garbage four times as seldom as usual: most of their time goes into building the provider's schema.
    private static (string Name, string Value) LessCollecting => ("GOGC", "400");

    /// <summary>A folder that is ready, or the test is skipped with the reason.</summary>
    public static async Task<TerraformFolder> Open(Uri emulator)
    {
        await Tool.Require("terraform", "version");
        string? program = ProviderMirror.Find() is { } mirror ? ProviderMirror.Program(mirror) : null;
        Assert.SkipWhen(program is null, "Terraform is here, but its AWS provider is unpacked in no local plugin folder.");

        // A running provider builds its client on the one it had before, and that refuses a bundle the second time.
        TerraformFolder folder = new(Tool.Start(program!, ["-debug"], folder: null, LessCollecting, ("AWS_CA_BUNDLE", ""),
            ProviderMirror.Endpoint(emulator)));
        try
        {
            await folder.Attach();
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file.</summary>
    public void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    /// <summary>Writes resources, and the provider they need.</summary>
    /// <param name="resources">The resources.</param>
    /// <param name="tagSettings">Blocks of the provider's: default_tags, ignore_tags.</param>
    /// <param name="isOverride">Whether another file has the provider block and this one only adds to it.</param>
    public void WriteConfiguration(string resources, string tagSettings = "", bool isOverride = false)
    {
        string provider = ProviderMirror.ToProvider("us-east-1", tagSettings);
        Write("provider_override.tf", isOverride ? provider : "");
        Write("main.tf", string.Join('\n', ProviderMirror.Requirements, isOverride ? "" : provider, resources));
    }

    /// <summary>Runs Terraform, which must end well.</summary>
    public async Task<string> Run(params string[] arguments)
    {
        ToolRun run = await Tool.Run("terraform", arguments, Path, ("TF_REATTACH_PROVIDERS", Attachment), ("CHECKPOINT_DISABLE", "1"),
            LessCollecting);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        return run.Output;
    }

    public void Dispose()
    {
        _provider.Kill(entireProcessTree: true);
        _provider.WaitForExit();
        _provider.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    // The provider prints what Terraform must be told; its pipes are emptied from then on, or it would wait for a reader.
    private async Task Attach()
    {
        _provider.StandardInput.Close();
        _provider.ErrorDataReceived += (_, _) => { };
        _provider.BeginErrorReadLine();
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(15));
        while (await _provider.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (AttachmentIn().Match(line) is { Success: true } found)
            {
                Attachment = found.Groups["json"].Value;
                _ = _provider.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return;
            }
        }

        Assert.Fail("Terraform's AWS provider ended without saying where it can be reached.");
    }

    [GeneratedRegex("TF_REATTACH_PROVIDERS.*?(?<json>[{].*[}])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex AttachmentIn();
}
