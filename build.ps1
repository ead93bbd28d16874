#Requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests, shows or cleans the module. Everything it does, dotnet alone can do too.
.EXAMPLE
    ./build.ps1
    Builds the module; Import-Module ./ApiKey.psd1 works afterwards.
.EXAMPLE
    ./build.ps1 -Task Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Demo', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) ended with exit code $LASTEXITCODE."
    }
}

Push-Location -LiteralPath $PSScriptRoot
try {
    foreach ($name in $Task) {
        switch ($name) {
            'Build' { Invoke-DotNet build ApiKey.sln --configuration $Configuration }
            'Test' { Invoke-DotNet test ApiKey.sln --configuration $Configuration }
            'Demo' { Invoke-DotNet run --project src/ApiKey.Shell --configuration $Configuration -- -File examples/quickstart.ps1 }
            'Clean' {
                Invoke-DotNet clean ApiKey.sln --configuration $Configuration
                foreach ($folder in 'bin', 'artifacts', 'TestResults') {
                    if (Test-Path -LiteralPath $folder) {
                        Remove-Item -LiteralPath $folder -Recurse -Force
                    }
                }
            }
        }
    }
}
finally {
    Pop-Location
}
