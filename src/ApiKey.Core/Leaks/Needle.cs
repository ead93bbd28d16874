using System.Runtime.InteropServices;
using ApiKey.Model;

namespace ApiKey.Leaks;

/// <summary>How the bytes of a text lie there.</summary>
internal enum Layout
{
    /// <summary>As UTF-8.</summary>
    Bytes,

    /// <summary>With a zero byte between two characters: UTF-16 of either order, told apart by what stands around it.</summary>
    Interleaved,

    /// <summary>UTF-16, low byte first, of a text that has characters beyond U+00FF.</summary>
    LittleEndian,

    /// <summary>UTF-16, high byte first, of the same.</summary>
    BigEndian,
}

/// <summary>One sequence of bytes that is sought.</summary>
/// <param name="Value">The number of the value it stands for.</param>
/// <param name="Form">How the value is written.</param>
/// <param name="Layout">How that text lies in the bytes.</param>
/// <param name="Alignment">For base64: how many bytes stand before the value in its group of three.</param>
/// <param name="IsOfUtf16">For base64: whether the bytes that were encoded are the value in UTF-16, low byte first.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Needle(int Value, ApiKeyLeakForm Form, Layout Layout, int Alignment, bool IsOfUtf16);

/// <summary>A place where a value was found.</summary>
/// <param name="Start">Where it starts, in bytes from the beginning of what was searched.</param>
/// <param name="Length">How many bytes it takes there.</param>
/// <param name="Value">The number of the value.</param>
/// <param name="Form">How it is written.</param>
/// <param name="IsWide">Whether it stands there as UTF-16.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Hit(long Start, int Length, int Value, ApiKeyLeakForm Form, bool IsWide);
