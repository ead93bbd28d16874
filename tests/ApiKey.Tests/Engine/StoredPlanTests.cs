namespace ApiKey.Tests.Engine;

/// <summary>A usage plan that comes back from a file or a job has the rates of its methods, and makes them again.</summary>
public sealed class StoredPlanTests : IDisposable
{
    private readonly ModuleSession _session = Stored.Prepare(
        """
        $global:plan = New-ApiGatewayUsagePlan gold -RateLimit 9 -BurstLimit 9 -ApiStage a:prod, @{
            ApiId = 'b'; Stage = 'dev'
            Throttle = @{ '/pets/GET' = @{ RateLimit = 2.5; BurstLimit = 5 } }
        }, @{ ApiId = 'c'; Stage = 'dev'; Throttle = @{ '/*/POST' = @{ RateLimit = 1; BurstLimit = 1 } } }
        """);

    [Fact]
    public void ItIsTheSame() => Assert.Equal(
        _session.Good("$plan | ConvertTo-Json -Depth 6")[0].ToString(),
        _session.Good("$plan | Store | ConvertTo-Json -Depth 6")[0].ToString());

    [Fact]
    public void ItMakesTheSamePlan() => Assert.Equal("2.5 5 1", _session.One<string>("""
        $made = ($plan | Store | New-ApiGatewayUsagePlan).ApiStages
        "$($made[1].Throttle['/pets/GET'].RateLimit) $($made[1].Throttle['/pets/GET'].BurstLimit) $($made[2].Throttle['/*/POST'].RateLimit)"
        """));

    // Another version wrote the file, less deep.
    [Fact]
    public void StagesThatAreTextAreRead() => Assert.Equal("api:dev", _session.One<string>("""
        $old = [pscustomobject]@{ Id = 'p'; Name = 'gold'; Arn = 'x'; Region = 'eu-central-1'; ApiStages = @('api:dev') }
        $old.psobject.TypeNames.Insert(0, 'Deserialized.ApiKey.Model.UsagePlanInfo')
        "$(([ApiKey.Model.UsagePlanInfo] $old).ApiStages)"
        """));

    public void Dispose()
    {
        _session.Run("Disconnect-ApiGateway");
        _session.Dispose();
    }
}
