using System.Globalization;
using System.Text;
using ApiKey.Text;

namespace ApiKey.Tests.Unit;

/// <summary>Characters that a terminal obeys are written out; all other text stays as it is.</summary>
[Trait(Category.Name, Category.Unit)]
public class ShowTests
{
    [Theory]
    [InlineData("a\u001b[2Jb", @"a\u001b[2Jb")]
    [InlineData("a\r\n\tb", @"a\r\n\tb")]
    [InlineData("\u007f\u0085\u009b31m", @"\u007f\u0085\u009b31m")]
    [InlineData("\u202eabc\u2066\u200f\u061c\ufeff", @"\u202eabc\u2066\u200f\u061c\ufeff")]
    [InlineData("\u2028\u2029", @"\u2028\u2029")]
    [InlineData("\U000e0041", @"\udb40\udc41")]
    [InlineData(@"C:\new \u001b", @"C:\new \u001b")]
    [InlineData("Zoë 東京 می\u200cخواهم 👩\u200d🚀", "Zoë 東京 می\u200cخواهم 👩\u200d🚀")]
    [InlineData(null, "")]
    public void WhatIsObeyedIsWrittenOut(string? text, string expected) => Assert.Equal(expected, Show.Escape(text));

    [Fact]
    public void EveryCharacterIsEitherItselfOrWrittenOut()
    {
        for (int code = 0; code <= char.MaxValue; code++)
        {
            string text = ((char)code).ToString();
            bool isObeyed = CharUnicodeInfo.GetUnicodeCategory((char)code) is UnicodeCategory.Control or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate
                or UnicodeCategory.Format && code is not (0x200c or 0x200d);
            string plain = Show.Escape(text);
            Assert.True(isObeyed ? plain.StartsWith('\\') && plain.All(char.IsAscii) : plain == text, $"U+{code:X4} became {plain}");
            Assert.Equal(plain, Show.Escape(plain));
        }
    }

    [Fact]
    public void HalfAPairIsWrittenOut() => Assert.Equal(@"\ud800x\udc00", Show.Escape("\ud800x\udc00"));

    [Fact]
    public void LinesOfOursStayAndACarriageReturnAloneDoesNot() =>
        Assert.Equal("a\nb\r\nc\\rd\\u001b", Show.EscapeLines("a\nb\r\nc\rd\u001b"));

    [Fact]
    public void WholeTextsOfAnyLanguageComeBackAsTheyAre()
    {
        StringBuilder all = new();
        foreach (int code in Enumerable.Range(0xa1, 0x2ff).Concat(Enumerable.Range(0x1f300, 0x200)))
        {
            if (Rune.IsValid(code) && Rune.GetUnicodeCategory(new Rune(code)) is not (UnicodeCategory.Format or UnicodeCategory.Control))
            {
                all.Append(char.ConvertFromUtf32(code));
            }
        }

        Assert.Equal(all.ToString(), Show.Escape(all.ToString()));
    }
}
