using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using ApiKey.Session;
using ApiKey.Tags;

namespace ApiKey.Completion;

/// <summary>
/// A command with parameters for tags: inside <c>@{</c>, Tab offers the keys of tags that are in use in the region. PowerShell asks no
/// completer there; it offers members of the parameter's type (<see cref="ITagDictionary"/>). But it asks the command for dynamic
/// parameters before, of which there are none, and then the members are made those that belong to this region.
/// </summary>
internal interface ICompletesTags : IDynamicParameters
{
    private const string Replace = """
        param($data)
        Remove-TypeData -TypeName $data.TypeName -ErrorAction Ignore
        Update-TypeData -TypeData $data -ErrorAction Ignore
        """;

    /// <inheritdoc/>
    object? IDynamicParameters.GetDynamicParameters()
    {
        // Only a command that is typed, and does not run, has no place in a pipeline.
        PSCmdlet command = (PSCmdlet)this;
        if (command.MyInvocation.PipelineLength == 0 && TypedText.ParameterOfHashtable() is { } parameter
            && Parameters().Any(one => one.PropertyType == typeof(ITagDictionary) && IsMeant(one, parameter)))
        {
            command.InvokeCommand.InvokeScript(Replace, Members(command.MyInvocation.MyCommand.Name));
        }

        return null;
    }

    private TypeData Members(string command)
    {
        TypeData members = new(typeof(ITagDictionary).FullName);
        foreach (CompletionResult key in new TagKeyCompleter().CompleteArgument(command, "", "", null!, Given())
            .Where(key => CanBeTyped(key.ListItemText)))
        {
            // PowerShell shows "string env=" and what follows here.
            string value = key.ToolTip[(key.ListItemText.Length + 1)..];
            _ = members.Members.TryAdd(key.ListItemText, new NotePropertyData(key.ListItemText, value));
        }

        return members;
    }

    // PowerShell puts quotes around some names of members and leaves others as they are, and escapes nothing. Of the characters that a
    // tag may have, it does so for these; a name without quotes must be one word.
    private static bool CanBeTyped(string key) =>
        (char.IsLetter(key[0]) && key.All(IsOfWord))
        || (key.AsSpan().ContainsAny("-@ ./") && key.All(one => IsOfWord(one) || "-@ ./:+=".Contains(one, StringComparison.Ordinal)));

    private static bool IsOfWord(char one) => char.IsLetterOrDigit(one) || one == '_';

    // By a part of its name, or by the alias with an s.
    private static bool IsMeant(PropertyInfo parameter, string typed) =>
        parameter.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)
        || typed.StartsWith(parameter.Name, StringComparison.OrdinalIgnoreCase);

    // Of two properties with one name the command's own comes first.
    private IEnumerable<PropertyInfo> Parameters() => GetType().GetProperties()
        .Where(property => property.IsDefined(typeof(ParameterAttribute)))
        .DistinctBy(property => property.Name, StringComparer.Ordinal);

    // The engine tells a command what was bound only when all is.
    private Dictionary<string, object?> Given() =>
        Parameters().ToDictionary(parameter => parameter.Name, parameter => parameter.GetValue(this), StringComparer.Ordinal);
}
