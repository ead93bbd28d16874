#Requires -Version 7.4

<#
.SYNOPSIS
    Runs the acceptance suite in this PowerShell, on the module as it lies in artifacts/module.
#>
[CmdletBinding()]
param(
    # The Pester to use; NuGet brings it when it is not installed.
    [version] $PesterVersion = '5.9.1'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

. "$PSScriptRoot/Import-Pester.ps1"
Get-BuiltModule | Out-Null
Import-Pester $PesterVersion
$run = New-PesterConfiguration
$run.Run.Path = $PSScriptRoot
$run.Run.PassThru = $true
$run.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $run
"Pester $((Get-Module Pester).Version) on PowerShell $($PSVersionTable.PSVersion): $($result.PassedCount) passed, $($result.FailedCount) failed, $($result.SkippedCount) skipped."
if ($result.Result -ne 'Passed') {
    throw 'The acceptance suite failed.'
}
