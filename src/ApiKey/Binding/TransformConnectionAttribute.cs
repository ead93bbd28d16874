using ApiKey.Service;
using ApiKey.Text;

namespace ApiKey.Binding;

/// <summary>Reads a connection: what Connect-ApiGateway -PassThru emits, or what Get-ApiGatewayConnection reports of one.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TransformConnectionAttribute : GivenAttribute
{
    private const string Advice = "Give what Connect-ApiGateway -PassThru or Get-ApiGatewayConnection emits";

    /// <inheritdoc/>
    protected override object? Read(object input) => Input.Unwrap(input) switch
    {
        ApiGatewayConnection connection => connection,
        ConnectionReport report => report.Connection,
        string text => throw new FormatException($"{Show.Quote(text)} is text, not a connection. {Advice}; for a region or a profile alone "
            + "there are -Region and -ProfileName."),
        _ => throw new FormatException($"{Input.Describe(input)} is not a connection. {Advice}."),
    };
}
