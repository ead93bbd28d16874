#Requires -Version 7.4
<#
.SYNOPSIS
    Rotates keys that have grown old, then disables and at last removes the ones they replace.
.DESCRIPTION
    Steps that are each safe to repeat, so run it every night:
    keys with the tags of -Tag that are older than -MaxAgeDays get a successor, and callers may use both;
    the value of a successor is handed to -Deliver, again every night until that succeeds;
    old keys whose successor was delivered and is older than -GraceDays are disabled;
    old keys whose successor is older than -GraceDays and -RemoveAfterDays together are removed.
    Emits an object for each step taken; no value is in it. The exit code is 1 when something failed, so that a scheduler notices.
.PARAMETER Deliver
    Hands a new value to its callers: gets the successor, its Value too. Without it, callers read the value from API Gateway themselves.
.EXAMPLE
    ./Invoke-NightlyRotation.ps1 -Deliver { param($key) Set-Secret -Name $key.Name -Secret $key.Value -Vault Partners }
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [hashtable] $Tag = @{ rotation = 'nightly' },
    [ValidateRange(0, 3650)] [int] $MaxAgeDays = 30,
    [ValidateRange(0, 3650)] [int] $GraceDays = 7,
    [ValidateRange(0, 3650)] [int] $RemoveAfterDays = 14,
    [scriptblock] $Deliver
)

$ErrorActionPreference = 'Continue'
$failures = $null

function ConvertTo-Step([string] $Action, $Old, $New) {
    [pscustomobject]@{ Action = $Action; Name = $New.Name; OldId = $Old.Id; NewId = $New.Id; Region = $New.Region }
}

# The tag names the key it was put on, because a successor inherits tags.
function Test-Delivered($Key) {
    -not $Deliver -or $Key.Tags['delivered'] -ceq $Key.Id
}

# One listing answers everything: which keys are old, which have a successor, and since when.
$keys = @(Get-ApiGatewayApiKey -Tag $Tag -ErrorVariable +failures)
$byId = @{}
foreach ($key in $keys) {
    $byId[$key.Id] = $key
}

$now = [DateTimeOffset]::UtcNow
$rotate, $disable, $remove = @(), @(), @()
foreach ($key in $keys) {
    $successor = $byId["$($key.Tags['apikey:rotated-to'])"]
    if (-not $successor) {
        if ($key.Enabled -and ($now - $key.CreatedDate).TotalDays -ge $MaxAgeDays) {
            $rotate += $key
        }
    }
    elseif (Test-Delivered $successor) {
        $days = ($now - $successor.CreatedDate).TotalDays
        if ($days -ge $GraceDays + $RemoveAfterDays) {
            $remove += $key
        }
        elseif ($days -ge $GraceDays -and $key.Enabled) {
            $disable += $key
        }
    }
}

$undelivered = @($keys | Where-Object { $_.Tags['apikey:rotated-from'] -and -not (Test-Delivered $_) } | Get-ApiGatewayApiKey -IncludeValue -ErrorVariable +failures)
$rotations = @($rotate | Invoke-ApiGatewayApiKeyRotation -OldKey Keep -Confirm:$false -ErrorVariable +failures)
$rotations | ForEach-Object { ConvertTo-Step 'Rotated' $_.Old $_.New }

if ($Deliver) {
    foreach ($successor in $undelivered + @($rotations | ForEach-Object { $_.New })) {
        if (-not $PSCmdlet.ShouldProcess("$successor", 'Deliver its value')) {
            continue
        }

        try {
            $null = & $Deliver $successor
            Set-ApiGatewayApiKey $successor -AddTag @{ delivered = $successor.Id } -ErrorVariable +failures
        }
        catch {
            Write-Error "The value of API key '$successor' was not delivered, so the key it replaces stays: $($_.Exception.Message)" -ErrorVariable +failures
        }
    }
}

$disable | Invoke-ApiGatewayApiKeyRotation -OldKey Disable -Confirm:$false -ErrorVariable +failures | ForEach-Object { ConvertTo-Step 'Disabled' $_.Old $_.New }
$remove | Invoke-ApiGatewayApiKeyRotation -OldKey Remove -Confirm:$false -ErrorVariable +failures | ForEach-Object { ConvertTo-Step 'Removed' $_.Old $_.New }

if ($failures) {
    exit 1
}
