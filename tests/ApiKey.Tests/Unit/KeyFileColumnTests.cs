using ApiKey.Formats;
using ApiKey.Tags;

namespace ApiKey.Tests.Unit;

/// <summary>The columns of a key file mean the same in any order.</summary>
[Trait(Category.Name, Category.Unit)]
public sealed class KeyFileColumnTests : IDisposable
{
    private static readonly (string Name, string Cell)[] Columns =
    [
        ("Name", "a"), ("Key", "abcdefghij0123456789"), ("Description", "d"), ("Enabled", "false"), ("UsagePlanIds", "'p1,p2'"),
        ("CustomerId", "c"), ("Tags", "env=prod"), ("Other", "x"),
    ];

    private readonly string _path = Path.GetTempFileName();

    public static TheoryData<int> Places => [.. Enumerable.Range(0, Columns.Length)];

    [Theory]
    [MemberData(nameof(Places))]
    public void AnyColumnMayBeTheFirst(int first)
    {
        (string Name, string Cell)[] columns = [.. Columns[first..], .. Columns[..first]];
        File.WriteAllText(_path, $"{string.Join(',', columns.Select(column => column.Name))}\n"
            + $"{string.Join(',', columns.Select(column => column.Cell))}\n");
        using KeyFile file = KeyFile.Open(_path, TagPolicy.None, default);
        KeyFileRow row = Assert.Single(file.Rows());
        Assert.Equal(("a", "abcdefghij0123456789", "d", false, "c", "env=prod", "p1,p2", "Other"), (row.Spec.Name, row.Spec.Value,
            row.Spec.Description, row.Spec.Enabled, row.Spec.CustomerId, row.Spec.Tags!.ToText(), string.Join(',', row.PlanIds),
            Assert.Single(file.UnknownColumns)));
        Assert.Equal((1, 0, true, false), (file.Count, file.CountWithoutValue, file.HasFurtherFields, file.HasSilentRows));
        Assert.Equal(["p1", "p2"], file.PlanLines.Keys.Order());
    }

    [Theory]
    [InlineData("Name,Key", "a,", 1, false, false)]
    [InlineData("Name,Key", "a,abcdefghij0123456789", 0, false, true)]
    [InlineData("Name,Key,Description,Enabled", "a,abcdefghij0123456789,d,true", 0, false, false)]
    [InlineData("Name,Key,Description,Enabled", "a,abcdefghij0123456789,,true", 0, false, true)]
    [InlineData("Name,Key,Description,Enabled", "a,abcdefghij0123456789,d,", 0, false, true)]
    [InlineData("Name,Key,Description,Enabled", ",abcdefghij0123456789,d,true", 0, false, true)]
    [InlineData("Name,Key,Tags", "a,,", 1, true, false)]
    [InlineData("Name,Key,CustomerId", "a,,", 1, true, false)]
    [InlineData("Name,Key,UsagePlanIds", "a,,p", 1, false, false)]
    public void WhatAFileLeavesOpenIsCounted(string header, string row, int generated, bool hasFurther, bool isSilent)
    {
        File.WriteAllText(_path, $"{header}\n{row}\n");
        using KeyFile file = KeyFile.Open(_path, TagPolicy.None, default);
        Assert.Equal((generated, hasFurther, isSilent), (file.CountWithoutValue, file.HasFurtherFields, file.HasSilentRows));
    }

    public void Dispose() => File.Delete(_path);
}
