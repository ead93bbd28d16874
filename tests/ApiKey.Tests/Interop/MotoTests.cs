using ApiKey.Model;
using ApiKey.Tests.Engine;

namespace ApiKey.Tests.Interop;

/// <summary>moto_server as a foreign server for the module: what it knows of API keys, and how its pages read when it does not
/// know.</summary>
[Trait(Category.Name, Category.Foreign)]
public class MotoTests
{
    [Fact]
    public async Task TheModuleWorksOnMoto()
    {
        Uri moto = await MotoServer.Endpoint();
        using ModuleSession session = new();
        session.Unconnected().Good(
            "Connect-ApiGateway us-east-1 -EndpointUrl $args[0] -AccessKey AKIDEXAMPLE -SecretKey secret -MaxAttempts 1", moto);

        ApiKeyInfo made = session.One<ApiKeyInfo>("New-ApiGatewayApiKey moto -Value abcdefghij0123456789 -Tag @{ a = '1' }");
        Assert.Equal(("moto", true, "abcdefghij0123456789", "a=1"), (made.Name, made.Enabled, made.Value, made.Tags.ToString()));
        Assert.Equal("moto", session.One<ApiKeyInfo>("Get-ApiGatewayApiKey mo*").Name);

        // moto answers an update with the value; it was not asked for, so it is not passed on.
        ApiKeyInfo changed = session.One<ApiKeyInfo>("Set-ApiGatewayApiKey $args[0] -Description d -Enabled $false -PassThru", made.Id);
        Assert.Equal(("d", false, null), (changed.Description, changed.Enabled, changed.Value));
        Assert.Equal("abcdefghij0123456789", session.One<ApiKeyInfo>("Import-ApiGatewayApiKey $args[0]", made.Id).Value);
        Assert.Equal("ApiKeyConflict", session.Run("New-ApiGatewayApiKey again -Value abcdefghij0123456789").ErrorId);

        // moto has no tags for keys and answers with an HTML page.
        Outcome tags = session.Run("Set-ApiGatewayApiKey $args[0] -AddTag @{ b = '2' }", made.Id);
        Assert.Equal("UnexpectedAnswer", tags.ErrorId);
        Assert.DoesNotContain("<", tags.Error.ToString());

        session.Good("Remove-ApiGatewayApiKey $args[0] -Confirm:$false", made.Id);
        Assert.Equal("ApiKeyNotFound", session.Run("Remove-ApiGatewayApiKey $args[0] -Confirm:$false", made.Id).ErrorId);
    }
}
