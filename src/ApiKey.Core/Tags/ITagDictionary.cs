using System.Collections;

namespace ApiKey.Tags;

/// <summary>
/// What a parameter for tags accepts: a hashtable, or one of the other forms of tags. It is a type of its own because PowerShell offers
/// inside <c>@{</c> what the session's type table has for the parameter's type, and this type's members are keys of tags. They are on
/// no object: PowerShell gives an object the members of its classes, not those of its interfaces.
/// </summary>
public interface ITagDictionary : IDictionary, IReadOnlyDictionary<string, string?>;
