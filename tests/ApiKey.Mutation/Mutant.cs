namespace ApiKey.Mutation;

/// <summary>One change of the code.</summary>
/// <param name="Number">The number it is switched on with.</param>
/// <param name="File">The file, from the repository's root.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Kind">What was changed.</param>
/// <param name="Text">The code before the change, on one line.</param>
/// <param name="IsStatic">Whether it runs once for a whole process, so that the test that reaches it first says nothing.</param>
internal sealed record Mutant(int Number, string File, int Line, string Kind, string Text, bool IsStatic)
{
    /// <summary>The name that the list of explained survivors knows it by: it stays when other lines of the file move.</summary>
    public string Key => $"{File}: {Kind}: {Text}";

    /// <inheritdoc/>
    public override string ToString() => $"{File}({Line}): {Kind}: {Text}";
}
