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
    Lays the module out in artifacts/module/ApiKey and makes artifacts/ApiKey.<version>.nupkg of it. A release: NuGet brings the compiler
    and the frameworks of three systems for it, 130 MB. With -Configuration Debug it needs none of them, and has no compiled code.
.EXAMPLE
    ./build.ps1 -Task Fuzz -Seconds 60
    Gives every reader and both entry points of the emulator wrong input for a minute each.
.EXAMPLE
    ./build.ps1 -Task Mutate -Seed 1 -Limit 400
    Changes the code in 400 places, one at a time, in a copy, and names the changes that no test notices.
.EXAMPLE
    ./build.ps1 -Task Mutate -Only mutation.log -BudgetSeconds 300
    Judges again what no test noticed in the run with that output, with more tests each.
.EXAMPLE
    ./build.ps1 -Task Benchmark -Quick
    Compares with every other tool on this machine and writes docs/performance.md. Without -Quick it takes an hour.
.EXAMPLE
    ./build.ps1 -Task Picture
    Draws docs/img/session.svg, the session that README shows.
.EXAMPLE
    ./build.ps1 -Task Pester -PesterVersion 6.2.0
    Runs the acceptance suite in this PowerShell.
.EXAMPLE
    ./build.ps1 -Task Live -ProfileName sandbox -Region eu-west-1
    Runs the live suite on AWS, and removes what it made. -CleanUp removes what a run that was killed left.
.EXAMPLE
    ./build.ps1 -Task Live -EndpointUrl http://127.0.0.1:5000 -KnownGaps tests/Live/moto-gaps.psd1
    Runs it on moto_server, whose gaps are known.
.EXAMPLE
    ./build.ps1 -Task Live -ProfileName sandbox -Record answers.jsonl
    Writes what AWS answered for the emulator's replay test, without values and accounts.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Demo', 'Package', 'Pester', 'Live', 'Fuzz', 'Mutate', 'Benchmark', 'Picture', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    # The Pester to use; NuGet brings it when it is not installed.
    [version] $PesterVersion = '5.9.1',

    # How long each reader and entry point is fuzzed.
    [ValidateRange(1, 86400)]
    [int] $Seconds = 60,

    # Which of all changes are tried: the same seed, the same ones.
    [int] $Seed = 1,

    # How many changes are tried.
    [ValidateRange(1, 9000)]
    [int] $Limit = 400,

    # The output of an earlier run: only what was not noticed there is tried.
    [string] $Only,

    # How many seconds of tests each change may take that the quickest tests do not notice.
    [ValidateRange(1, 3600)]
    [int] $BudgetSeconds = 20,

    # Small sizes and few rounds.
    [switch] $Quick,

    # Where the live suite runs: an account for tests, or another endpoint than AWS's.
    [string] $ProfileName,
    [uri] $EndpointUrl,
    [string] $Region,

    # A file to write to what the endpoint answered.
    [string] $Record,

    # What the endpoint is known to do otherwise than AWS.
    [string] $KnownGaps,

    # Runs although there are keys that the suite did not make.
    [switch] $AllowOtherKeys,

    # Only removes what earlier runs of the live suite left.
    [switch] $CleanUp
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) ended with exit code $LASTEXITCODE."
    }
}

# A parameter of a task that does not run would have no effect.
$tasksOf = @{
    PesterVersion = 'Pester', 'Live'; Seconds = 'Fuzz'; Seed = 'Mutate'; Limit = 'Mutate'; Only = 'Mutate'; BudgetSeconds = 'Mutate'
    Quick = 'Benchmark'; ProfileName = 'Live'; EndpointUrl = 'Live'; Region = 'Live'; Record = 'Live'; KnownGaps = 'Live'
    AllowOtherKeys = 'Live'; CleanUp = 'Live'
}
foreach ($name in @($PSBoundParameters.Keys)) {
    if ($tasksOf.ContainsKey($name) -and -not ($tasksOf[$name] | Where-Object { $_ -in $Task })) {
        throw "-$name is for -Task $($tasksOf[$name] -join ' or '). Specify that task, or omit -$name."
    }
}

if ($Only -and -not (Test-Path -LiteralPath $Only -PathType Leaf)) {
    throw "There is no file $Only. Specify the output of an earlier run with -Only."
}

$live = @{}
foreach ($name in 'ProfileName', 'EndpointUrl', 'Region', 'AllowOtherKeys', 'CleanUp', 'PesterVersion') {
    if ($PSBoundParameters.ContainsKey($name)) {
        $live[$name] = $PSBoundParameters[$name]
    }
}

# Paths are meant from where the caller is.
foreach ($name in 'Record', 'KnownGaps') {
    if ($PSBoundParameters.ContainsKey($name)) {
        $live[$name] = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($PSBoundParameters[$name])
    }
}

$log = @(if ($Only) { $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Only) })

Push-Location -LiteralPath $PSScriptRoot
try {
    foreach ($name in $Task) {
        switch ($name) {
            'Build' { Invoke-DotNet build ApiKey.sln --configuration $Configuration }
            'Test' { Invoke-DotNet test ApiKey.sln --configuration $Configuration }
            'Demo' { Invoke-DotNet run --project src/ApiKey.Shell --configuration $Configuration -- -File examples/quickstart.ps1 }
            'Package' {
                $as = if ($PSBoundParameters.ContainsKey('Configuration')) { $Configuration } else { 'Release' }
                Invoke-DotNet build src/ApiKey.Package --configuration $as
                Invoke-DotNet pack src/ApiKey.Package --no-build --configuration $as
            }
            'Pester' {
                Invoke-DotNet build src/ApiKey.Package --configuration $Configuration
                & ./tests/Pester/Run.ps1 -PesterVersion $PesterVersion
            }
            'Live' {
                Invoke-DotNet build src/ApiKey.Package --configuration $Configuration
                & ./tests/Live/Run.ps1 @live
            }
            'Fuzz' {
                $report = [System.IO.Path]::GetTempFileName()
                $env:APIKEY_FUZZ_SECONDS, $env:APIKEY_FUZZ_REPORT = $Seconds, $report
                try {
                    Invoke-DotNet test tests/ApiKey.Tests --configuration $Configuration --filter FullyQualifiedName~Fuzz
                    '{0:N0} inputs, and nothing but errors of our own.' -f
                        (Get-Content -LiteralPath $report | ForEach-Object { [long]($_ -split ' ')[0] } | Measure-Object -Sum).Sum
                }
                finally {
                    Get-Content -LiteralPath $report | Out-Host
                    $env:APIKEY_FUZZ_SECONDS = $env:APIKEY_FUZZ_REPORT = $null
                    Remove-Item -LiteralPath $report
                }
            }
            'Mutate' { Invoke-DotNet run --project tests/ApiKey.Mutation -- $PSScriptRoot $Seed $Limit $BudgetSeconds @log }
            'Benchmark' {
                $size = if ($Quick) { 'quick' } else { 'full' }
                Invoke-DotNet run --configuration Release --project tests/ApiKey.Benchmarks -- report $size docs/performance.md
            }
            'Picture' { Invoke-DotNet run --project src/ApiKey.Shell --configuration $Configuration -- -File docs/img/New-SessionPicture.ps1 }
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
