using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.Tests.Unit;

/// <summary>The table of formats that keys are exported in.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class KeyExportFormatTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    [Fact]
    public void EveryKindHasARowAndEveryExtensionMeansOne()
    {
        Assert.Equal(Enum.GetValues<KeyFileKind>(), KeyExportFormat.All.Select(format => format.Kind));
        Assert.All(KeyExportFormat.All, format => Assert.Same(format, KeyExportFormat.Of("keys.txt", format.Kind)));
        Assert.All(KeyExportFormat.All.Where(format => format.Extension is not null),
            format => Assert.Same(format, KeyExportFormat.Of($"keys{format.Extension!.ToUpperInvariant()}", kind: null)));
        Assert.Null(KeyExportFormat.Of("keys", kind: null));
    }

    [Theory]
    [InlineData(KeyFileKind.CloudFormation, 200, false)]
    [InlineData(KeyFileKind.CloudFormation, 201, true)]
    [InlineData(KeyFileKind.DesiredState, 201, false)]
    public void ATemplateThatIsTooLargeForOneChangeSetIsAWarning(KeyFileKind kind, int keys, bool warns)
    {
        using KeyExport export = new(new KeyExportOptions(Path.Combine(_folder, "keys"), kind, WithValues: false, Overwrite: false,
            TagPolicy.None));
        Assert.Equal(kind == KeyFileKind.CloudFormation ? "NothingToExport" : null, export.FindProblem()?.ErrorId);
        for (int key = 0; key < keys; key++)
        {
            Assert.Null(export.Write(new ApiKeyInfo { Id = $"k{key}", Arn = "", Name = $"n{key}", Region = "eu-west-1" }, plans: null));
        }

        Assert.Null(export.FindProblem());
        export.Complete();
        Assert.Equal(warns, export.Warning is not null);
        Assert.Equal("SeveralRegions", export.Write(new ApiKeyInfo { Id = "z", Arn = "", Region = "eu-west-2" }, plans: null)?.ErrorId);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
