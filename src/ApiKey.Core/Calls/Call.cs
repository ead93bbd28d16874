namespace ApiKey.Calls;

/// <summary>What a call does when it is made twice, and so what is to be done after an answer was lost.</summary>
internal enum CallEffect
{
    /// <summary>Nothing: it only reads. It may be repeated, and left alone when the command is stopped.</summary>
    Reads,

    /// <summary>Making it twice is as making it once.</summary>
    Repeatable,

    /// <summary>It names what it makes, so it may be repeated, but a later refusal does not say that an earlier try was without
    /// effect.</summary>
    NamesWhatItMakes,

    /// <summary>Nothing marks what it makes as ours: it is not repeated once it may have happened.</summary>
    Once,

    /// <summary>What is gone after an answer was lost was removed by the try whose answer was lost.</summary>
    Removes,
}

/// <summary>A call of API Gateway as data. What it answers with is the argument of <see cref="Call{T}"/>.</summary>
internal abstract record Call
{
    /// <summary>Which quota it counts against.</summary>
    public virtual CallKind Kind => CallKind.Other;

    /// <summary>What making it twice does.</summary>
    public virtual CallEffect Effect => CallEffect.Reads;

    /// <summary>The HTTP method of the IAM action that it needs.</summary>
    public virtual string Verb => "GET";

    /// <summary>What of it must not come back in a text: a key's value, or a paging position, which holds one.</summary>
    public virtual string? Secret => null;

    /// <summary>A file full of what must not come back in a text.</summary>
    public virtual ReadOnlyMemory<byte> SecretFile => default;
}

/// <summary>A call of API Gateway and what it answers with: one request, or a few when AWS cannot do with one.</summary>
/// <typeparam name="T">The answer; <see cref="Nothing"/> for none.</typeparam>
internal abstract record Call<T> : Call
{
    /// <summary>After a lost answer, the read that tells whether a conflict only means that it was done. Null when no read does.</summary>
    public virtual Call<T>? LookAfterConflict => null;
}

/// <summary>The answer of a call that answers without content.</summary>
internal sealed class Nothing
{
    private Nothing()
    {
    }

    /// <summary>The only one.</summary>
    public static Nothing Value { get; } = new();
}
