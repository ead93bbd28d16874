using System.Collections;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace ApiKey.Tags;

/// <summary>
/// What a parameter for tags accepts: a hashtable, or one of the other forms of tags. It is a type of its own because PowerShell offers
/// inside <c>@{</c> what the session's type table has for the parameter's type, and this type's members are keys of tags. They are on
/// no object: PowerShell gives an object the members of its classes, not those of its interfaces.
/// </summary>
/// <remarks>The converter stands here and not in the module's types file, because what a file has cannot be imported again once somebody
/// has set members of the same type.</remarks>
[TypeConverter("ApiKey.Binding.ParameterConverter, ApiKey")]
[SuppressMessage("Design", "CA1010", Justification = "Before it is read, a hashtable may hold anything.")]
public interface ITagDictionary : IDictionary;
