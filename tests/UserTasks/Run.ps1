#Requires -Version 7.4

<#
.SYNOPSIS
    Counts how many tries each of the users' tasks takes, from what habit suggests first to what the help says.
.EXAMPLE
    ./tests/UserTasks/Run.ps1
.EXAMPLE
    pwsh -NoProfile -File tests/UserTasks/Run.ps1 -Manifest ../an-older-checkout/ApiKey.psd1
#>
[CmdletBinding()]
param(
    # The module to try: this checkout's, unless another one is to be compared with.
    [string] $Manifest = (Join-Path $PSScriptRoot '../../ApiKey.psd1')
)

Set-StrictMode -Off
$ErrorActionPreference = 'Continue'
$ProgressPreference = $WarningPreference = $InformationPreference = 'SilentlyContinue'
Import-Module $Manifest -Force

# Whether one try does it, on an emulator and in a folder of its own.
function Test-Try([hashtable] $task, [string] $try) {
    $folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "apikey-task-$([guid]::NewGuid())")
    Push-Location $folder
    try {
        Connect-ApiGateway -Emulator -Region eu-central-1
        $out = $k = $p = $s = $caught = $null
        . ([scriptblock]::Create($task.Given))
        $Error.Clear()
        try {
            $out = . ([scriptblock]::Create($try)) 2>$null
        }
        catch {
            return $false
        }

        $Error.Count -eq 0 -and [bool](. ([scriptblock]::Create($task.Check)))
    }
    finally {
        Pop-Location
        Remove-Item $folder -Recurse
    }
}

foreach ($task in Invoke-Expression (Get-Content (Join-Path $PSScriptRoot Tasks.psd1) -Raw)) {
    $count = 0
    $done = $false
    foreach ($try in $task.Tries) {
        $count++
        if ($done = Test-Try $task $try) {
            break
        }
    }

    [pscustomobject]@{ Who = $task.Who; Goal = $task.Goal; Tries = $done ? $count : $null }
}
