namespace ApiKey.Text;

/// <summary>
/// An exception whose message may have several lines, made with <see cref="Show.Lines"/>. Its line breaks are ours and stay; in any
/// other message a line break came with somebody else's text and is written out. Each line ends as a sentence does, because PowerShell's
/// concise view of errors runs them together.
/// </summary>
internal interface IHasOwnLines
{
}
