using System.Collections;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace ApiKey.Tags;

/// <summary>
/// What a parameter for tags accepts: a hashtable, or one of the other forms of tags. It is a type of its own because PowerShell offers
/// inside <c>@{</c> what the session's type table has for the parameter's type, and this type's members are keys of tags. They are on
/// no object: PowerShell gives an object the members of its classes, not those of its interfaces.
/// </summary>
/// <remarks>The converter is named here and not in the module's types file: a type with a converter in such a file, whose members are set
/// in a session, cannot be imported into it again.</remarks>
[TypeConverter("ApiKey.Binding.ParameterConverter, ApiKey")]
[SuppressMessage("Design", "CA1010", Justification = "Before it is read, a hashtable may hold anything.")]
public interface ITagDictionary : IDictionary;
