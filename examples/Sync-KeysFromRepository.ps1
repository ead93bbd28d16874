#Requires -Version 7.4

<#
.SYNOPSIS
    Makes the keys of an account what a file in a repository says: the plan for a pull request, the change for the main branch.
.DESCRIPTION
    Without -Apply it shows the plan and changes nothing. Keys with the tags of -Scope that are not in the file are removed;
    keys without them are never touched. Values are never in the file: keys that are made get generated ones.
    The exit code is that of terraform plan -detailed-exitcode: 0 nothing to change, 2 something to change, 1 an error; with -Apply 0 or 1.
.EXAMPLE
    ./Sync-KeysFromRepository.ps1 -DesiredState keys.json -Scope @{ 'managed-by' = 'keys-repository' }
.EXAMPLE
    ./Sync-KeysFromRepository.ps1 -DesiredState keys.json -Scope @{ 'managed-by' = 'keys-repository' } -Apply
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $DesiredState,
    [Parameter(Mandatory)] [hashtable] $Scope,
    [switch] $Apply
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Continue'
$failures = $null
if ($Apply) {
    Sync-ApiGatewayApiKey $DesiredState -Prune -PruneTag $Scope -Confirm:$false -ErrorVariable failures
    exit ($failures ? 1 : 0)
}

$changes = @(Compare-ApiGatewayApiKey $DesiredState -Prune -PruneTag $Scope -ErrorVariable failures)
$changes
exit ($failures ? 1 : $changes.Count -gt 0 ? 2 : 0)
