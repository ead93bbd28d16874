namespace ApiKey.Text;

/// <summary>
/// An exception whose message may have several lines, made with <see cref="Show.Lines"/>. Its line breaks are ours and stay; in any
/// other message a line break came with somebody else's text and is written out.
/// </summary>
internal interface IHasOwnLines
{
}
