namespace ApiKey.Leaks;

/// <summary>Recognizes archives and compressed files by how they start: what is in them cannot be found without opening them.</summary>
internal static class Archive
{
    /// <summary>Whether a file that starts like this is one.</summary>
    public static bool Is(ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] => true, // zip, jar, nupkg, whl, docx
        [0x1F, 0x8B, 8, ..] => true, // gzip
        [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x31, 0x41, 0x59, ..] => true, // bzip2
        [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => true, // xz
        [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C, ..] => true, // 7-Zip
        [0x28, 0xB5, 0x2F, 0xFD, ..] => true, // Zstandard
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1A, 7, ..] => true, // RAR
        _ => false,
    };
}
