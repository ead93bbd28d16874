using System.Collections;
using System.Collections.Concurrent;
using System.Data;
using System.Management.Automation;
using System.Reflection;
using ApiKey.Formats;
using ApiKey.Text;

namespace ApiKey.Binding;

/// <summary>
/// One pipeline record that says what something new should be. PowerShell binds the properties of objects itself; the entries of
/// a hashtable are bound here, in the same way: to parameters that accept a column of their name or alias, in any case.
/// </summary>
internal static class Row
{
    private const int MostColumnsTold = 12;

    // Two letters exchanged are two slips. Of a short name, as many make another word: Date, Name.
    private const int MostSlips = 2;
    private const int LongestShortColumn = 5;

    // What a command's parameters accept does not change from record to record.
    private static readonly ConcurrentDictionary<Type, Column[]> Columns = new();

    /// <summary>What a record lacks, and what it has instead.</summary>
    public static string Lacks(object row, IReadOnlyList<string> columns)
    {
        string[] there = [.. Input.ColumnsOf(row)];
        string what = Input.Unwrap(row) is IDictionary ? "The hashtable" : "The object";
        string? near = there.FirstOrDefault(column => IsNear(column, columns[^1]) && Show.Plain(column) == column);
        string has = there.Length == 0 ? "nothing" : string.Join(", ", there.Take(MostColumnsTold).Select(Show.Plain))
            + (there.Length > MostColumnsTold ? ", …" : "");
        return $"{what} has no {columns[^1]}. It has: "
            + $"{has}."
            + (near is null ? "" : $" If '{near}' is what is meant, rename it: Select-Object @{{ n = '{columns[^1]}'; e = '{near}' }}, *.");
    }

    /// <summary>Whether a record is a row: a hashtable, a row of a file or a table, parsed JSON, an object of a PowerShell class.</summary>
    /// <param name="record">The record.</param>
    /// <param name="own">The type of the module's objects that can be copied.</param>
    public static bool Is(object record, string own) => Input.Unwrap(record) switch
    {
        IDictionary or PSCustomObject or DataRow or DataRowView => true,
        object input => TransformKeyAttribute.IsOwn(record, own) || input.GetType().Assembly.IsDynamic,
        null => false,
    };

    /// <summary>Binds the entries of a hashtable to a command's parameters.</summary>
    /// <param name="command">The command.</param>
    /// <param name="row">The hashtable.</param>
    /// <param name="bound">The parameters that the command line gives; it wins.</param>
    /// <param name="before">Gets what the parameters were before, for <see cref="Restore"/>.</param>
    /// <exception cref="RowException">An entry is not what its parameter accepts.</exception>
    public static void Bind(PSCmdlet command, IDictionary row, HashSet<string> bound, Dictionary<string, object?> before)
    {
        Column[] columns = Columns.GetOrAdd(command.GetType(), ColumnsOf);
        RefuseMisspelt(row, columns);
        foreach ((PropertyInfo property, GivenAttribute? given, string[] names) in columns)
        {
            if (!bound.Contains(property.Name) && Input.TryFind(row, names, out object? cell))
            {
                // The cell of a file may be empty; what is typed as $null was perhaps meant to be something.
                if (Input.Unwrap(cell) is null && given is not { IsRequiredOfRows: true })
                {
                    throw new RowException(Emptiness.IsNull(property.Name));
                }

                before.Add(property.Name, property.GetValue(command));
                property.SetValue(command, Convert(property, given, cell));
            }
        }
    }

    /// <summary>Takes back what was bound, so that the next record starts afresh.</summary>
    public static void Restore(PSCmdlet command, Dictionary<string, object?> before)
    {
        foreach ((string parameter, object? value) in before)
        {
            command.GetType().GetProperty(parameter)!.SetValue(command, value);
        }
    }

    // Other entries are for the commands that follow. One that is nearly a column was meant for this one, and omitted it would
    // change what is made: an enabled key for Enabeld = $false.
    private static void RefuseMisspelt(IDictionary row, Column[] columns)
    {
        foreach (string entry in Input.ColumnsOf(row).Where(entry => !Array.Exists(columns, column => column.IsNamed(entry))))
        {
            string? meant = columns.SelectMany(column => column.Names).Where(name => name.Length > LongestShortColumn)
                .MinBy(name => Spelling.Distance(entry, name));
            if (meant is not null && Spelling.Distance(entry, meant) <= MostSlips)
            {
                throw new RowException($"The hashtable has an entry '{entry}', which is not used here. If {meant} is meant, rename it; "
                    + "otherwise remove it.");
            }
        }
    }

    private static Column[] ColumnsOf(Type command) =>
    [
        .. command.GetProperties()
            .Where(property => property.GetCustomAttributes<ParameterAttribute>()
                .Any(parameter => parameter.ValueFromPipelineByPropertyName && !parameter.DontShow))
            .Select(property => new Column(property, GivenAttribute.Of(property),
                [property.Name, .. property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []])),
    ];

    private static object? Convert(PropertyInfo property, GivenAttribute? given, object? cell)
    {
        try
        {
            object? value = given is null ? cell : given.Transform(null!, cell);
            return value is null ? null
                : LanguagePrimitives.ConvertTo(value, property.PropertyType, System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception problem) when (problem is ArgumentTransformationMetadataException or PSInvalidCastException)
        {
            throw new RowException($"{property.Name}: {problem.Message}", problem);
        }
    }

    private static bool IsNear(string column, string wanted) =>
        column.EndsWith(wanted, StringComparison.OrdinalIgnoreCase) || Spelling.Distance(column, wanted) <= 1;

    private sealed record Column(PropertyInfo Property, GivenAttribute? Given, string[] Names)
    {
        public bool IsNamed(string entry) => Names.Contains(entry, StringComparer.OrdinalIgnoreCase);
    }
}
