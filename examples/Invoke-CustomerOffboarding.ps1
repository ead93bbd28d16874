#Requires -Version 7.4

<#
.SYNOPSIS
    Ends a customer's keys in two steps: disable now, remove after some days.
.DESCRIPTION
    The first run disables every key of the customer and notes the day in the tag offboarded, also on keys that were disabled
    before. Disabled keys can be enabled again. At AWS a disabled key may be accepted for another minute and a half.
    A later run with -Remove deletes those that have been disabled for at least -GraceDays; it asks first, unless -Confirm:$false is
    specified. A warning says which keys stay, and why.
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

# The day in the tag; nothing when there is none. TagsAll, because Tags omits what equals a default tag.
function Get-OffboardedDay($Key) {
    $day = [DateTime]::MinValue
    if ([DateTime]::TryParseExact($Key.TagsAll['offboarded'], 'yyyy-MM-dd', [cultureinfo]::InvariantCulture, 'None', [ref] $day)) {
        $day
    }
}

function Write-Stay($Key, [string] $Reason) {
    if ($Key) {
        $one = @($Key).Count -eq 1
        Write-Warning "$(@($Key).Count) $($one ? 'key stays' : 'keys stay'), because $($one ? 'it' : 'they') $Reason $($Key -join ', ')"
    }
}

# AWS does not say whether its own filter compares the whole customer id, so it is compared again.
$keys = @(Get-ApiGatewayApiKey -CustomerId $CustomerId | Where-Object CustomerId -CEQ $CustomerId)
if ($keys.Count -eq 0) {
    Write-Warning "Customer '$CustomerId' has no keys here."
    return
}

if (-not $Remove) {
    # The days count from when a key was disabled here: one that was enabled again, or has no day yet, gets today.
    $today = [DateTime]::UtcNow.ToString('yyyy-MM-dd')
    $keys | Where-Object { $_.Enabled -or -not (Get-OffboardedDay $_) } | Set-ApiGatewayApiKey -Enabled $false -AddTag @{ offboarded = $today } -PassThru
    return
}

$last = [DateTime]::UtcNow.Date.AddDays(-$GraceDays)
$ready, $enabled, $unknown, $early = @(), @(), @(), @()
foreach ($key in $keys) {
    $day = Get-OffboardedDay $key
    if ($key.Enabled) { $enabled += $key }
    elseif (-not $day) { $unknown += $key }
    elseif ($day -gt $last) { $early += $key }
    else { $ready += $key }
}

Write-Stay $enabled "can still be used. Run this without -Remove first:"
Write-Stay $unknown "did not get the tag offboarded, so nothing says since when. Run this without -Remove first:"
Write-Stay $early "must be disabled for $GraceDays days first:"
$ready | Remove-ApiGatewayApiKey -PassThru
