#Requires -Version 7.4
<#
.SYNOPSIS
    Ends a customer's keys in two steps: disable now, remove after some days.
.DESCRIPTION
    The first run disables every key of the customer and notes the day in the tag offboarded. Disabled keys can be enabled again.
    A later run with -Remove deletes those that have been disabled for at least -GraceDays; it asks first, unless -Confirm:$false is said.
    Emits the keys as they are after the change, or as they were when they were deleted.
.EXAMPLE
    ./Invoke-CustomerOffboarding.ps1 -CustomerId c-4711
.EXAMPLE
    ./Invoke-CustomerOffboarding.ps1 -CustomerId c-4711 -Remove
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'Medium')]
param(
    [Parameter(Mandatory)] [ValidateNotNullOrEmpty()] [string] $CustomerId,
    [switch] $Remove,
    [ValidateRange(0, 3650)] [int] $GraceDays = 30
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# AWS does not say whether its own filter takes the whole customer id, so it is compared again.
$keys = @(Get-ApiGatewayApiKey -CustomerId $CustomerId | Where-Object CustomerId -CEQ $CustomerId)
if ($keys.Count -eq 0) {
    Write-Warning "Customer '$CustomerId' has no keys here."
    return
}

if (-not $Remove) {
    $today = [DateTime]::UtcNow.ToString('yyyy-MM-dd')
    $keys | Where-Object Enabled | Set-ApiGatewayApiKey -Enabled $false -AddTag @{ offboarded = $today } -PassThru
    return
}

$last = [DateTime]::UtcNow.Date.AddDays(-$GraceDays)
$ready, $early = $keys.Where({
        $day = [DateTime]::MinValue
        -not $_.Enabled -and
        [DateTime]::TryParseExact($_.Tags['offboarded'], 'yyyy-MM-dd', [cultureinfo]::InvariantCulture, 'None', [ref] $day) -and
        $day -le $last
    }, 'Split')
if ($early.Count -gt 0) {
    Write-Warning "$($early.Count) keys stay: they are enabled, or were not disabled at least $GraceDays days ago."
}

$ready | Remove-ApiGatewayApiKey -PassThru
