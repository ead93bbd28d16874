#Requires -Version 7.4

<#
.SYNOPSIS
    Builds, tests, shows, packs or cleans the module. Everything but the Pester suite, dotnet alone can do too.
.EXAMPLE
    ./build.ps1
    Builds the module; Import-Module ./ApiKey.psd1 works afterwards.
.EXAMPLE
    ./build.ps1 -Task Test
.EXAMPLE
    ./build.ps1 -Task Package
    Lays the module out in artifacts/module/ApiKey and makes artifacts/ApiKey.<version>.nupkg of it.
.EXAMPLE
    ./build.ps1 -Task Pester -PesterVersion 6.2.0
    Runs the acceptance suite in this PowerShell.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Demo', 'Package', 'Pester', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    # The Pester to use; NuGet brings it when it is not installed.
    [version] $PesterVersion = '5.9.1'
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
            'Package' {
                Invoke-DotNet build src/ApiKey.Package --configuration $Configuration
                Invoke-DotNet pack src/ApiKey.Package --no-build --configuration $Configuration
            }
            'Pester' {
                Invoke-DotNet build src/ApiKey.Package --configuration $Configuration
                & ./tests/Pester/Run.ps1 -PesterVersion $PesterVersion
            }
            'Clean' {
                Invoke-DotNet clean ApiKey.sln --configuration $Configuration
                foreach ($folder in 'bin', 'en-US', 'artifacts', 'TestResults') {
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
