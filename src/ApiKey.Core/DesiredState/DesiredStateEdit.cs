using System.Text;
using ApiKey.Attributes;
using ApiKey.Formats;
using ApiKey.Model;
using ApiKey.Tags;

namespace ApiKey.DesiredState;

/// <summary>How entries are written into a kind of file.</summary>
/// <param name="Parse">Reads the text.</param>
/// <param name="Write">An entry's text: the key, the indentation of its lines after the first, and the line end.</param>
/// <param name="EmptyDocument">A document without entries.</param>
/// <param name="CommentStarts">What starts a comment, and what ends it; a comment without an end of its own ends with its line.</param>
/// <param name="NeedsComma">Whether entries are separated by commas; otherwise by line ends.</param>
internal sealed record EntrySyntax(
    DataReader Parse,
    Func<ApiKeyInfo, string, string, string> Write,
    string EmptyDocument,
    IReadOnlyList<(string Start, string? End)> CommentStarts,
    bool NeedsComma)
{
    /// <summary>JSON's.</summary>
    public static EntrySyntax Json { get; } = new(
        JsonNodes.Parse,
        (key, indent, lineEnd) => DesiredStateExport.Entry(key).Replace("\n", lineEnd + indent, StringComparison.Ordinal),
        "{\n  \"keys\": []\n}\n",
        [("//", null), ("/*", "*/")],
        NeedsComma: true);
}

/// <summary>
/// Adds entries to a desired state file and leaves every other byte of it as it was. The file is written next to it and renamed, so
/// that it is never half written.
/// </summary>
internal sealed class DesiredStateEdit
{
    private const int Indentation = 2;

    private readonly string _path;
    private readonly EntrySyntax _syntax;
    private readonly Encoding _encoding;
    private readonly string _text;
    private readonly bool _isThere;
    private readonly HashSet<string> _ids;
    private readonly List<ApiKeyInfo> _added = [];

    private DesiredStateEdit(string path, EntrySyntax syntax, string text, Encoding encoding, bool isThere)
    {
        (_path, _syntax, _text, _encoding, _isThere) = (path, syntax, text, encoding, isThere);
        _ids = Read(text).Keys.Select(key => key.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Opens a file, or starts one that is not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="powerShell">How PowerShell data is written.</param>
    /// <exception cref="FileProblemException">It cannot be read as a desired state; every problem is reported.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static DesiredStateEdit Open(string path, EntrySyntax powerShell)
    {
        EntrySyntax syntax = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JSON" => EntrySyntax.Json,
            ".PSD1" => powerShell,
            _ => throw new FileProblemException(path,
                [new FileProblem(1, 1, "Entries are added to .json and .psd1 files only. Give a file of one of these kinds.")]),
        };

        // A link stays a link.
        string real = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        return File.Exists(real)
            ? new DesiredStateEdit(real, syntax, ReadText(real), EncodingOf(real), isThere: true)
            : new DesiredStateEdit(real, syntax, syntax.EmptyDocument, TextEncoding.Of([]), isThere: false);
    }

    /// <summary>Adds the entry of a key, never its value. False when the file has one with its id.</summary>
    public bool Add(ApiKeyInfo key)
    {
        bool isNew = _ids.Add(key.Id);
        if (isNew)
        {
            _added.Add(key);
        }

        return isNew;
    }

    /// <summary>Gives the file its new content, if there is any.</summary>
    /// <exception cref="FileProblemException">With the new entries it would not mean one key with each.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save()
    {
        if (_added.Count == 0)
        {
            return;
        }

        string text = Insert(Read(_text).List);
        Read(text);
        if (File.Exists(_path) ? !ReadText(_path).Equals(_text, StringComparison.Ordinal) : _isThere)
        {
            throw new IOException($"{_path} was changed by another command in the meantime, so nothing was added to it. Run the command "
                + "again.");
        }

        string unfinished = PartialFile.NameFor(_path);
        try
        {
            using (FileStream file = new(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(_encoding.Preamble);
                file.Write(_encoding.GetBytes(text));
            }

            if (!OperatingSystem.IsWindows() && File.Exists(_path))
            {
                File.SetUnixFileMode(unfinished, File.GetUnixFileMode(_path));
            }

            File.Move(unfinished, _path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private (ListNode List, IReadOnlyList<DesiredKey> Keys) Read(string text)
    {
        DesiredSource source = new(_path);
        DesiredNode root = Parse(text);
        if (TerraformNodes.IsTerraform(root))
        {
            throw new FileProblemException(_path,
                [new FileProblem(1, 1, "This file is Terraform's own. Use terraform import there, or a file of another name here.")]);
        }

        DesiredEntries entries = new DesiredStateReader(source, _syntax.NeedsComma, TagPolicy.None, new ValueCheck(IsSkipped: true))
            .Read(root);
        entries.FindDoubles();
        if (source.Problems.Count > 0)
        {
            throw source.ToException();
        }

        ListNode? list = root as ListNode ?? ((MapNode)root).Find("keys", StringComparison.OrdinalIgnoreCase) as ListNode;
        return (list ?? throw new FileProblemException(_path,
            [new FileProblem(1, 1, "This file lists usage plans and no keys. Add 'keys', a list that may be empty, to have keys added.")]),
            entries.Keys);
    }

    private string Insert(ListNode list)
    {
        string lineEnd = _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        string outer = IndentOf(list.Place.Start);
        bool isBracketed = _text[list.Place.End - 1] is ']' or ')';
        int lastEnd = list.Items.Count > 0 ? list.Items[^1].Place.End : _text.IndexOfAny(['[', '('], list.Place.Start) + 1;
        string inner = list.Items.Count > 0 && IsFirstOfLine(list.Items[^1].Place.Start) ? IndentOf(list.Items[^1].Place.Start) : outer
            + new string(' ', _syntax.NeedsComma ? Indentation : 2 * Indentation);
        string entries = string.Join((_syntax.NeedsComma || !isBracketed ? "," : "") + lineEnd + inner,
            _added.Select(key => _syntax.Write(key, inner, lineEnd)));
        if (!isBracketed)
        {
            // @{ … }, @{ … } without brackets around.
            return _text.Insert(list.Place.End, $",{lineEnd}{inner}{entries}");
        }

        int close = list.Place.End - 1;
        string between = _text[lastEnd..close];
        int textEnd = lastEnd + between.TrimEnd().Length;
        bool needsComma = _syntax.NeedsComma && list.Items.Count > 0 && !WithoutComments(between).Contains(',', StringComparison.Ordinal);
        string tail = _text[textEnd..close].Contains('\n', StringComparison.Ordinal) ? _text[textEnd..close] : lineEnd + outer;
        return string.Concat(_text[..lastEnd], needsComma ? "," : "", _text[lastEnd..textEnd], $"{lineEnd}{inner}{entries}",
            tail + _text[close..]);
    }

    private DesiredNode Parse(string text)
    {
        try
        {
            return _syntax.Parse(text);
        }
        catch (FileProblemException problem)
        {
            throw new FileProblemException(_path, problem.Problems);
        }
    }

    private string WithoutComments(string text)
    {
        foreach ((string start, string? end) in _syntax.CommentStarts)
        {
            for (int at = text.IndexOf(start, StringComparison.Ordinal); at >= 0; at = text.IndexOf(start, StringComparison.Ordinal))
            {
                int past = text.IndexOf(end ?? "\n", at + start.Length, StringComparison.Ordinal);
                text = text[..at] + (past < 0 ? "" : text[(past + (end?.Length ?? 0))..]);
            }
        }

        return text;
    }

    private bool IsFirstOfLine(int offset) => string.IsNullOrWhiteSpace(_text[LineStart(offset)..offset]);

    private string IndentOf(int offset)
    {
        string line = _text[LineStart(offset)..offset];
        return line[..(line.Length - line.TrimStart().Length)];
    }

    private int LineStart(int offset) => offset == 0 ? 0 : _text.LastIndexOf('\n', offset - 1) + 1;

    private static string ReadText(string path)
    {
        try
        {
            return DesiredStateFile.ReadText(path);
        }
        catch (FileProblemException problem)
        {
            throw new FileProblemException(path, problem.Problems);
        }
    }

    private static Encoding EncodingOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] start = new byte[4];
        return TextEncoding.Of(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
    }
}
