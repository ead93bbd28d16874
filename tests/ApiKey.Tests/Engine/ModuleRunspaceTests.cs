using System.Management.Automation;

namespace ApiKey.Tests.Engine;

/// <summary>No test finds what another one left: a runspace that serves again is as a new one, and one that cannot be made so does
/// not.</summary>
public class ModuleRunspaceTests
{
    // A property that does not exist is an error in strict mode.
    private const string Traces = """
        "$mine|$global:mine|$ErrorActionPreference|$($Error.Count)|$(@(Get-History).Count)|$PWD"
        try { $null = (1).NoSuchProperty; 'not strict' } catch { 'strict' }
        """;

    [Theory]
    [InlineData("$mine = 1; $global:mine = 2")]
    [InlineData("$ErrorActionPreference = 'Stop'")]
    [InlineData("try { throw 'no' } catch { }")]
    [InlineData("$ExecutionContext.SessionState.Path.SetLocation('/')")]
    [InlineData("Set-StrictMode -Version 3")]
    public void WhatIsResetLeavesNoTrace(string script)
    {
        string[] asNew = Look();
        ModuleRunspace used = ModuleRunspace.Take(120);
        try
        {
            Run(used, script);
            Assert.NotEqual(asNew, Run(used, Traces));
            Assert.True(used.Reset());
            Assert.Equal(asNew, Run(used, Traces));
        }
        finally
        {
            used.Runspace.Dispose();
        }
    }

    [Theory]
    [InlineData("function global:mine { }")]
    [InlineData("function global:prompt { 'mine' }")]
    [InlineData("${alias:mine} = 'Get-Command'")]
    [InlineData("Remove-Module ApiKey")]
    [InlineData("$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'")]
    public void WhatIsNotResetIsNotUsedAgain(string script)
    {
        ModuleRunspace used = ModuleRunspace.Take(120);
        try
        {
            Run(used, script);
            Assert.False(used.Reset());
        }
        finally
        {
            used.Runspace.Dispose();
        }
    }

    private static string[] Look()
    {
        ModuleRunspace one = ModuleRunspace.Take(120);
        string[] seen = Run(one, Traces);
        one.Runspace.Dispose();
        return seen;
    }

    private static string[] Run(ModuleRunspace runspace, string script)
    {
        using PowerShell shell = PowerShell.Create(runspace.Runspace);
        return [.. shell.AddScript(script).Invoke().Select(line => line.ToString())];
    }
}
