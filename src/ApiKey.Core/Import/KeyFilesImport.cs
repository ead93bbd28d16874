using System.Runtime.CompilerServices;
using ApiKey.Calls;
using ApiKey.Formats;
using ApiKey.Keys;
using ApiKey.Plans;

namespace ApiKey.Import;

/// <summary>The import of key files, one after the other, as a stream. Every file is checked before anything of any is sent.</summary>
/// <param name="operations">Where to.</param>
/// <param name="plans">The usage plans there.</param>
/// <param name="options">How.</param>
internal sealed class KeyFilesImport(ApiKeyOperations operations, UsagePlanOperations plans, ImportOptions options) : IDisposable
{
    private readonly List<KeyFile> _files = [];
    private KeyFileImport? _import;

    /// <summary>Imports files.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="areAll">Whether every file that was asked for is among them; otherwise they are only checked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<ImportStep> RunAsync(IReadOnlyList<string> paths, bool areAll,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        bool mayImport = areAll;
        foreach (ImportStep step in paths.Select(Open).OfType<ImportStep>())
        {
            mayImport = false;
            yield return step;
        }

        foreach (ImportStep step in mayImport ? options.Plans.Check(_files) : [])
        {
            mayImport &= step is not ImportStep.PlanElsewhere;
            yield return step;
        }

        if (!mayImport)
        {
            yield break;
        }

        QuotaScope place = await operations.FindPlaceAsync(cancellationToken);
        foreach (KeyFile file in _files)
        {
            _import?.Dispose();
            _import = new KeyFileImport(operations, plans, file, options, place);
            yield return new ImportStep.OfFile(file);
            await foreach (ImportStep step in FailureAsItem.SelectAsync(_import.RunAsync(cancellationToken), step => step,
                (Exception failure) => new ImportStep.FileFailed(file.Path, failure)))
            {
                yield return step;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _import?.Dispose();
        _files.ForEach(file => file.Dispose());
    }

    private ImportStep.FileFailed? Open(string path)
    {
        try
        {
            _files.Add(KeyFile.Open(path, operations.Policy, options.ValueCheck));
            return null;
        }
        catch (Exception failure)
        {
            return new ImportStep.FileFailed(path, failure);
        }
    }
}
