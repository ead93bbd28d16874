using System.Text;
using ApiKey.Leaks;
using ApiKey.Model;

namespace ApiKey.Tests.Leaks;

/// <summary>A value in UTF-16 is found by the zeros around it, at the place where it begins, in either order of bytes.</summary>
[Trait(Category.Name, Category.Unit)]
public class WideValueTests
{
    private const string Value = "TheValueOfTheOneKey0123";

    [Theory]
    [InlineData("", "le", "", 0)]
    [InlineData("", "be", "", 0)]
    [InlineData("", "be", "4e2d", 0)]
    [InlineData("4e2d", "be", "4e2d", 2)]
    [InlineData("2d4e", "le", "", 2)]
    [InlineData("2d4e", "le", "2d4e", 2)]
    [InlineData("7800", "le", "7800", 2)]
    [InlineData("41", "narrow", "42", null)]
    [InlineData("", "narrow", "", null)]
    [InlineData("", "narrow", "00", 0)]
    [InlineData("00", "narrow", "", 0)]
    [InlineData("41", "narrow", "00", 1)]
    [InlineData("00", "narrow", "41", 0)]
    public void OnlyWithAZeroBesideItsLastOrFirstByte(string before, string order, string after, int? start)
    {
        byte[] wide = (order == "be" ? Encoding.BigEndianUnicode : Encoding.Unicode).GetBytes(Value);
        byte[] bytes = [.. Convert.FromHexString(before), .. order == "narrow" ? wide[..^1] : wide, .. Convert.FromHexString(after)];
        Hit[] hits = [.. new ValueSearch([Value], encoded: false).FindAll(bytes)];
        Assert.Equal(start is null ? 0 : 1, hits.Length);
        Assert.All(hits, hit => Assert.Equal((start!.Value, wide.Length, ApiKeyLeakForm.Plain, true),
            ((int)hit.Start, hit.Length, hit.Form, hit.IsWide)));
    }
}
