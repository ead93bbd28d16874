using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using ApiKey.Emulator;

namespace ApiKey.Tests.Engine;

/// <summary>What binding a record costs: an exception for each, though PowerShell swallows it, would be most of a create.</summary>
public sealed class BindingCostTests
{
    [Theory]
    [InlineData("New-ApiGatewayApiKey -WhatIf", "'{0}'")]
    [InlineData("New-ApiGatewayApiKey -WhatIf", "[pscustomobject]@{{ Name = '{0}'; Description = 'x' }}")]
    [InlineData("New-ApiGatewayApiKey -WhatIf", "@{{ Name = '{0}' }}")]
    [InlineData("New-ApiGatewayUsagePlan -WhatIf", "'{0}'")]
    [InlineData("New-ApiGatewayUsagePlan -WhatIf", "[pscustomobject]@{{ Name = '{0}'; Description = 'x' }}")]
    [InlineData("Get-ApiGatewayApiKey", "[pscustomobject]@{{ Id = 'k0000000a1'; Note = '{0}' }}")]
    [InlineData("Get-ApiGatewayApiKey", "'k0000000a1'")]
    [InlineData("Set-ApiGatewayApiKey -Enabled $false -WhatIf", "'k0000000a1'")]
    [InlineData("Remove-ApiGatewayApiKey -WhatIf", "'k0000000a1'")]
    public void ARecordThatCanBeUsedThrowsNothing(string command, string record)
    {
        using ModuleSession session = new();
        session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Id = "k0000000a1", Name = "there" });

        // Other tests run next to this one; what they throw is on other threads.
        ConcurrentBag<(int Thread, Exception Thrown)> thrown = [];
        void Note(object? sender, FirstChanceExceptionEventArgs raised) =>
            thrown.Add((Environment.CurrentManagedThreadId, raised.Exception));
        AppDomain.CurrentDomain.FirstChanceException += Note;
        int thread;
        try
        {
            string input = string.Format(System.Globalization.CultureInfo.InvariantCulture, record, "n1");
            thread = (int)session.Good($"$null = {input} | {command} 6>$null; [Environment]::CurrentManagedThreadId")[0].BaseObject;
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Note;
        }

        Assert.Empty(thrown.Where(one => one.Thread == thread).Select(one => one.Thrown.ToString()));
    }
}
