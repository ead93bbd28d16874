#Requires -Version 7.4

<#
.SYNOPSIS
    Answers leaked API keys: find, rotate, deliver, disable, look at usage, remove.
.DESCRIPTION
    The first run finds whose values lie in -Path, makes successors, hands their values to -Deliver, and disables the old keys once AWS
    accepts the new ones: a new key is refused for up to a minute and a half after it joined a usage plan, and a disabled one may be
    accepted for as long. Nothing is disabled before its successor was delivered.
    Then it emits for each key where it was found, and what was used of it since -Since. With -Remove the old keys are removed instead of
    disabled. Each step is safe to repeat: run it again where something failed. The exit code is 1 when something failed, also when not
    everything could be searched. No value is in the output.
.PARAMETER Deliver
    Hands a new value to its callers: gets the successor, its Value too.
.EXAMPLE
    ./Invoke-LeakedKeyResponse.ps1 . -Since 2026-11-01 -Deliver { param($key) Set-Secret -Name $key.Name -Secret $key.Value -Vault Partners }
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'Medium')]
param(
    [Parameter(Mandatory)] [string[]] $Path,
    [Parameter(Mandatory)] [scriptblock] $Deliver,
    [DateTime] $Since = [DateTime]::UtcNow.AddDays(-29),
    [switch] $Remove,
    [switch] $Force
)

$ErrorActionPreference = 'Continue'
$failures = $null
$leaks = @(Find-ApiGatewayApiKeyLeak $Path -Recurse -Encoded -ErrorVariable +failures)
$keys = @($leaks | Group-Object Region, Id | ForEach-Object { $_.Group[0] })

foreach ($key in $keys) {
    $places = @($leaks | Where-Object { $_.Id -ceq $key.Id -and $_.Region -ceq $key.Region } | ForEach-Object { "$($_.Path):$($_.Line)" })
    if (-not $PSCmdlet.ShouldProcess("$($key.Name) ($($key.Id)), found at $($places -join ', ')", 'Rotate, deliver and disable')) {
        continue
    }

    $step = 'Found'
    $rotation = $key | Invoke-ApiGatewayApiKeyRotation -OldKey Keep -Confirm:$false -ErrorVariable +failures
    if ($rotation.New) {
        try {
            $null = & $Deliver ($rotation.New | Get-ApiGatewayApiKey -IncludeValue)
            $end = $key | Invoke-ApiGatewayApiKeyRotation -OldKey ($Remove ? 'Remove' : 'Disable') -Confirm:$false -Force:$Force -ErrorVariable +failures
            $step = $end.OldKey
        }
        catch {
            Write-Error "The value of the successor of '$($key.Name)' was not delivered, so the leaked key stays: $($_.Exception.Message)" -ErrorVariable +failures
            $step = 'Rotated'
        }
    }

    $usage = if ($step -ne 'Removed') { @($key | Get-ApiGatewayApiKeyUsage -StartDate $Since -ErrorVariable +failures) }
    [pscustomobject]@{
        Name = $key.Name
        OldId = $key.Id
        NewId = $rotation.New.Id
        Region = $key.Region
        Step = $step
        Places = $places
        UsedSince = ($usage | Measure-Object Used -Sum).Sum
        WasUsed = [bool]($usage | Where-Object WasUsed)
    }
}

if ($failures) {
    exit 1
}
