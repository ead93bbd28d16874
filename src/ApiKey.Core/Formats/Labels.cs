namespace ApiKey.Formats;

/// <summary>Gives things of a configuration labels made of their names: every label once, and the first of a name has the plain
/// one.</summary>
/// <param name="clean">Makes of a text what a label may look like.</param>
internal sealed class Labels(Func<string, string> clean)
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>The label of a thing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="id">What tells it from others of that name.</param>
    public string For(string name, string id)
    {
        string label = clean(name);
        for (int number = 1; !_taken.Add(label); number++)
        {
            label = clean($"{name}_{id}{(number == 1 ? "" : $"_{number}")}");
        }

        return label;
    }
}
