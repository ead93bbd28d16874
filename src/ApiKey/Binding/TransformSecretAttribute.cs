using System.Management.Automation;
using System.Net;
using System.Security;

namespace ApiKey.Binding;

/// <summary>Takes a secret as text or as SecureString, so that it need not stand in a script or a history.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformSecretAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? input = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return input is object[] many ? Array.ConvertAll(many, one => Reveal(one is PSObject each ? each.BaseObject : one)) : Reveal(input);
    }

    // Null becomes empty, so that a variable that was never set is not taken for a parameter that was never said.
    private static object Reveal(object? input) => input is SecureString secret ? new NetworkCredential("", secret).Password : input ?? "";
}
