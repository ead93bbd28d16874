using System.IO.Enumeration;

namespace ApiKey.Leaks;

/// <summary>Why something was not searched.</summary>
internal enum SkipReason
{
    /// <summary>It is to be searched.</summary>
    None,

    /// <summary>A rule of .gitignore, or git's own folder.</summary>
    Ignored,

    /// <summary>A link: what it leads to is searched where it lies.</summary>
    Link,

    /// <summary>An archive, which is not opened.</summary>
    Archive,

    /// <summary>It could not be read.</summary>
    Unreadable,
}

/// <summary>Something that a walk came by.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Length">Its length in bytes; 0 where that is not known.</param>
/// <param name="Skip">Why it is not searched.</param>
/// <param name="Problem">Why it could not be read.</param>
internal sealed record WalkedFile(string Path, long Length, SkipReason Skip = SkipReason.None, Exception? Problem = null)
{
    /// <summary>Whether the user named it, and not just a folder that it is in.</summary>
    public bool IsNamed { get; init; }
}

/// <summary>Finds the files that are to be searched, in the order of their names.</summary>
/// <param name="isRecursive">Whether folders within folders are searched as well.</param>
/// <param name="includesIgnored">Whether .gitignore counts for nothing.</param>
internal sealed class FileWalk(bool isRecursive, bool includesIgnored)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>The files a path means: itself, or those in the folder.</summary>
    public IEnumerable<WalkedFile> Of(string path)
    {
        if (!Directory.Exists(path))
        {
            yield return new WalkedFile(path, LengthOf(path)) { IsNamed = true };
            yield break;
        }

        Stack<(string Folder, IgnoreRules? Above)> folders = new();
        List<WalkedFile> files = [];
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        IgnoreRules? above = null;
        WalkedFile? problem = includesIgnored ? null : Try(root, () => above = IgnoreRules.Above(root));
        if (problem is not null)
        {
            yield return problem;
        }

        folders.Push((root, above));
        while (folders.TryPop(out (string Folder, IgnoreRules? Above) at))
        {
            files.Clear();
            int known = folders.Count;
            if (Try(at.Folder, () => List(at.Folder, at.Above, files, folders)) is { } unreadable)
            {
                while (folders.Count > known)
                {
                    folders.Pop();
                }

                yield return unreadable;
                continue;
            }

            foreach (WalkedFile file in files)
            {
                yield return file;
            }
        }
    }

    // What cannot be read is reported when it is opened.
    private static long LengthOf(string path)
    {
        FileInfo file = new(path);
        return file.Exists ? file.Length : 0;
    }

    private static WalkedFile? Try(string folder, Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new WalkedFile(folder, 0, SkipReason.Unreadable, problem);
        }
    }

    private void List(string folder, IgnoreRules? above, List<WalkedFile> files, Stack<(string, IgnoreRules?)> folders)
    {
        IgnoreRules? rules = includesIgnored ? null : IgnoreRules.Within(above, folder);
        List<(string Name, bool IsFolder, bool IsLink, long Length)> entries =
        [
            .. new FileSystemEnumerable<(string Name, bool IsFolder, bool IsLink, long Length)>(folder,
                (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory,
                    (entry.Attributes & FileAttributes.ReparsePoint) == FileAttributes.ReparsePoint,
                    entry.IsDirectory ? 0 : entry.Length), Everything),
        ];
        entries.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        List<string> within = [];
        foreach ((string name, bool isFolder, bool isLink, long length) in entries)
        {
            string path = Path.Combine(folder, name);
            if (isFolder && !isRecursive)
            {
                continue;
            }

            if (!includesIgnored && (IgnoreRules.IsRepository(name) || IgnoreRules.Ignores(rules, path, isFolder)))
            {
                files.Add(new WalkedFile(path, 0, SkipReason.Ignored));
            }
            else if (isLink)
            {
                files.Add(new WalkedFile(path, 0, SkipReason.Link));
            }
            else if (isFolder)
            {
                within.Add(path);
            }
            else if (length > 0)
            {
                // Pipes and devices have no length: to open one could wait for ever.
                files.Add(new WalkedFile(path, length));
            }
        }

        within.Reverse();
        within.ForEach(path => folders.Push((path, rules)));
    }
}
