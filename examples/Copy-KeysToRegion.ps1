#Requires -Version 7.4

<#
.SYNOPSIS
    Makes the same keys in another region: names, values, customers and tags.
.DESCRIPTION
    The keys go through a file that only its owner may read and that is deleted at the end, whatever happens. Every row has its
    value, so a run that was stopped can simply be repeated: keys that are there are overwritten with the same content.
    Ids are new, because AWS gives them; usage plans belong to a region and are not copied.
    Emits the keys of the new region and fails when not all of them are there.
.EXAMPLE
    ./Copy-KeysToRegion.ps1 -From us-east-1 -To eu-west-1 -Name 'partner-*' -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [string] $From,
    [Parameter(Mandatory)] [string] $To,
    [string] $Name = '*'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
if ($From -eq $To) {
    throw "The keys are in $To already. Give two regions."
}

$file = Join-Path ([IO.Path]::GetTempPath()) "keys-$([guid]::NewGuid().ToString('N')).csv"
try {
    $keys = @(Get-ApiGatewayApiKey -Region $From -Name $Name -IncludeValue)
    $keys | Export-ApiGatewayApiKey -LiteralPath $file -IncludeValue -WhatIf:$false -Confirm:$false
    $copies = @(Import-ApiGatewayApiKey -LiteralPath $file -Region $To)
    $copies
    if (-not $WhatIfPreference -and $copies.Count -ne $keys.Count) {
        throw "$($copies.Count) of $($keys.Count) keys are in $To. Run this again to finish."
    }
}
finally {
    if (Test-Path -LiteralPath $file) {
        Remove-Item -LiteralPath $file -Force -WhatIf:$false -Confirm:$false
    }
}
