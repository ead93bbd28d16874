using System.Security.Cryptography;
using System.Text;
using ApiKey.Model;
using ApiKey.Text;

namespace ApiKey.Formats;

/// <summary>One key of a key file.</summary>
/// <param name="Line">The line it starts on, from 1.</param>
/// <param name="Spec">What the row says; the value is null when the cell was empty.</param>
/// <param name="PlanIds">The usage plans it is put into.</param>
internal sealed record KeyFileRow(int Line, ApiKeySpec Spec, IReadOnlyList<string> PlanIds)
{
    /// <summary>What tells keys apart without holding their values.</summary>
    public UInt128 ValueMark => MarkOf(Spec.Value!);

    /// <summary>A mark of a value: the same for the same value, and the value cannot be had from it.</summary>
    public static UInt128 MarkOf(string value) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    /// <summary>Name and line, never the value.</summary>
    public override string ToString()
        => Show.Escape(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"API key {Show.Quote(Spec.Name)} (line {Line})"));
}
