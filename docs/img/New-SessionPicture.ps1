#Requires -Version 7.4

<#
.SYNOPSIS
    Runs a short session on the emulator and draws what it printed, colours included, as an SVG picture.
.DESCRIPTION
    ./build.ps1 -Task Picture runs it with the module imported. Ids and dates are replaced by fixed ones of the same length, so that
    the picture changes only when what the commands print changes; a test compares the two.
.EXAMPLE
    ./build.ps1 -Task Picture
#>
[CmdletBinding()]
param([string] $Path = "$PSScriptRoot/session.svg")

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$commands = @'
Connect-ApiGateway -Emulator -Region eu-central-1
'partner-acme', 'partner-globex' | New-ApiGatewayApiKey -Tag @{ env = 'prod' }
Get-ApiGatewayApiKey partner-globex | Set-ApiGatewayApiKey -Enabled $false -PassThru
Get-ApiGatewayApiKey partner-acme | Invoke-ApiGatewayApiKeyRotation
Compare-ApiGatewayApiKey @{ name = 'partner-globex' }, @{ name = 'partner-hooli' }
'@ -split '\r?\n'

# The session, as lines with ANSI colours.
$rendering = $PSStyle.OutputRendering
$PSStyle.OutputRendering = 'Ansi'
try {
    $lines = foreach ($command in $commands) {
        "$($PSStyle.Bold)PS> $command$($PSStyle.Reset)"
        . ([scriptblock]::Create($command)) | Out-String -Stream -Width 90 | ForEach-Object TrimEnd
    }
}
finally {
    $PSStyle.OutputRendering = $rendering
}

$ids = @{}
$text = $lines -join "`n" -replace '\d{4}-\d\d-\d\d \d\d:\d\dZ', '2026-01-15 09:30Z'
foreach ($key in Get-ApiGatewayApiKey | Sort-Object { $text.IndexOf($_.Id) }) {
    $ids[$key.Id] = 'k{0}d5x8q2m' -f ($ids.Count + 10)
    $text = $text.Replace($key.Id, $ids[$key.Id])
}
Disconnect-ApiGateway

# Blank lines at the end of a table and at the start of the next are one here.
$lines = @($text -replace '\n{3,}', "`n`n" -split "`n")
$colours = @{ '31' = '#f14c4c'; '32' = '#23d18b'; '33' = '#e5e510'; '36' = '#29b8db'; '91' = '#f14c4c'; '92' = '#23d18b'; '93' = '#f5f543'; '96' = '#29b8db' }

function ConvertTo-Svg([string] $Line) {
    $attributes = ''
    foreach ($piece in [regex]::Split($Line, '(\e\[[0-9;]*m)')) {
        if ($piece -match '^\e\[([0-9;]*)m$') {
            foreach ($code in $Matches[1] -split ';') {
                if ($code -in '', '0') { $attributes = '' }
                elseif ($code -eq '1') { $attributes += ' font-weight="bold"' }
                elseif ($colours.ContainsKey($code)) { $attributes = ($attributes -replace ' fill="[^"]*"') + " fill=`"$($colours[$code])`"" }
            }
        }
        elseif ($piece) {
            "<tspan$attributes>$([System.Security.SecurityElement]::Escape($piece))</tspan>"
        }
    }
}

$height = 20 * $lines.Count + 24
$svg = @(
    "<svg xmlns=`"http://www.w3.org/2000/svg`" width=`"820`" height=`"$height`" viewBox=`"0 0 820 $height`" role=`"img`">"
    '<title>A session: two keys are created, one is disabled, one is rotated, and a desired state is compared.</title>'
    '<rect width="100%" height="100%" rx="8" fill="#1e1e1e"/>'
    '<g font-family="Consolas, Menlo, ''DejaVu Sans Mono'', monospace" font-size="14" fill="#d4d4d4" xml:space="preserve">'
    for ($index = 0; $index -lt $lines.Count; $index++) {
        if ($lines[$index] -replace '\e\[[0-9;]*m') {
            "<text x=`"16`" y=`"$(20 * $index + 28)`" xml:space=`"preserve`">$(-join (ConvertTo-Svg $lines[$index]))</text>"
        }
    }
    '</g>'
    '</svg>'
)
[System.IO.File]::WriteAllText($PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path), ($svg -join "`n") + "`n")
