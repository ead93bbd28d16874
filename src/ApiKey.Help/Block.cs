namespace ApiKey.Help;

/// <summary>A part of a page.</summary>
public abstract record Block;

/// <summary>A heading.</summary>
/// <param name="Level">1 for the page's title.</param>
/// <param name="Text">Its text.</param>
public sealed record Heading(int Level, string Text) : Block;

/// <summary>A paragraph; its lines stay lines, as the pages break them on purpose.</summary>
/// <param name="Text">Its text, in Markdown.</param>
public sealed record Paragraph(string Text) : Block;

/// <summary>A fenced block.</summary>
/// <param name="Info">What stands behind the fence: language and marks.</param>
/// <param name="Text">What is in it.</param>
public sealed record Fence(string Info, string Text) : Block;

/// <summary>A list.</summary>
/// <param name="Items">Its items, in Markdown.</param>
public sealed record Bullets(IReadOnlyList<string> Items) : Block;

/// <summary>A table.</summary>
/// <param name="Rows">Its rows, the head first; cells in Markdown.</param>
public sealed record Table(IReadOnlyList<IReadOnlyList<string>> Rows) : Block;
