#Requires -Version 7.4

<#
.SYNOPSIS
    Runs the live suite on an endpoint: AWS through a profile, or whatever speaks its language. What it makes, it removes.
.DESCRIPTION
    Everything made has a name that starts with apikey-live- and the run's id, and, as soon as the endpoint allows it, the tag apikey-live.
#>
[CmdletBinding()]
param(
    # The profile of the account to run on. Use one for tests alone.
    [string] $ProfileName,

    # Another endpoint than AWS's: moto, LocalStack, the emulator.
    [uri] $EndpointUrl,

    # The region to run in.
    [string] $Region = 'us-east-1',

    # A file to write what the endpoint answered to, for the emulator's replay test.
    [string] $Record,

    # What an endpoint is known to do otherwise: tests/Live/moto-gaps.psd1.
    [string] $KnownGaps,

    # Runs although the region has keys that the suite did not make. They are left alone.
    [switch] $AllowOtherKeys,

    # Removes what runs before this one left, and does nothing else.
    [switch] $CleanUp,

    # The Pester to use; NuGet brings it when it is not installed.
    [version] $PesterVersion = '5.9.1'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$ConfirmPreference = 'None'
$Tag = 'apikey-live'
$Shape = '^apikey-live-[0-9a-f]{12}-'

# What the suite made: by tag, or by a name that only it gives. A key that came from a file has no tag at first.
function Test-Made($Thing, [string] $Run) {
    $given = $Thing.tags_all[$Tag]
    $Thing.Name -cmatch ($Run ? "^apikey-live-$Run-" : $Shape) -or ($Run ? $given -ceq $Run : $given -cmatch '^[0-9a-f]{12}$')
}

function Find-Made([string] $Run) {
    Get-ApiGatewayApiKey | Where-Object { Test-Made $_ $Run }
    Get-ApiGatewayUsagePlan | Where-Object { Test-Made $_ $Run }
}

function Remove-Made([string] $Run) {
    $made = @(Find-Made $Run)
    $plans, $keys = $made.Where({ $_ -is [ApiKey.Model.UsagePlanInfo] }, 'Split')
    $keys | Remove-ApiGatewayApiKey -IfExists -Confirm:$false -ErrorAction Continue
    $plans | Remove-ApiGatewayUsagePlan -Confirm:$false -ErrorAction Continue
    $left = @(Find-Made $Run)
    if ($left) {
        Write-Warning "Not removed: $($left.Name -join ', '). Run again with -CleanUp."
    }
    else {
        Write-Host "Removed: $($keys.Count) API keys, $($plans.Count) usage plans."
    }
}

if (-not $ProfileName -and -not $EndpointUrl) {
    throw 'Specify -ProfileName, the profile of an account for tests, or -EndpointUrl. The suite does not run with credentials that happen to be set.'
}

Import-Module (Join-Path $PSScriptRoot '../../artifacts/module/ApiKey/ApiKey.psd1') -Force
$place = @{ Region = $Region }
if ($EndpointUrl) { $place.EndpointUrl = $EndpointUrl }
if ($ProfileName) { $place.ProfileName = $ProfileName } else { $place.AccessKey = 'AKIDEXAMPLE'; $place.SecretKey = 'secret' }
$run = [guid]::NewGuid().ToString('N').Substring(0, 12)
Connect-ApiGateway @place
$report = Get-ApiGatewayConnection
$isAws = $report.EndpointSource -eq 'AWS'
$where = "$($report.Endpoint) in $Region"

if ($CleanUp) {
    Remove-Made
    return
}

$before = @(Get-ApiGatewayApiKey | Where-Object { -not (Test-Made $_) })
if ($before -and -not $AllowOtherKeys) {
    throw "$where has API keys that the suite did not make: $($before.Count). Specify another account or region, or -AllowOtherKeys to run beside them."
}

if (@(Find-Made) -and -not $AllowOtherKeys) {
    throw "$where has API keys or usage plans of a run before this one. Remove them with -CleanUp, or specify -AllowOtherKeys when that run has not ended."
}

if ($Record -and (@(Get-ApiGatewayApiKey) -or @(Get-ApiGatewayUsagePlan))) {
    throw "$where has API keys or usage plans, which would be in the recording. Specify a region without any."
}

if ($KnownGaps) {
    $gaps = Import-PowerShellDataFile -LiteralPath $KnownGaps
}
else {
    $gaps = @{}
}

. (Join-Path $PSScriptRoot '../Pester/Import-Pester.ps1')
Import-Pester $PesterVersion
$recorder = $null
$watch = [Diagnostics.Stopwatch]::StartNew()
try {
    if ($Record) {
        # With the namespaces that the test project imports everywhere.
        $usings = 'System', 'System.Collections.Generic', 'System.IO', 'System.Linq', 'System.Net.Http', 'System.Threading',
            'System.Threading.Tasks' | ForEach-Object { "using $_;" }
        Add-Type "$usings $(Get-Content -LiteralPath (Join-Path $PSScriptRoot 'AnswerRecorder.cs') -Raw)".Replace('#nullable', "`n#nullable")
        $recorder = [ApiKey.Live.AnswerRecorder]::new()
        $connection = Connect-ApiGateway @place -DefaultTag @{ $Tag = $run } -PassThru
        $around = $connection.GetType().GetProperty('Around', [Reflection.BindingFlags]'NonPublic, Instance')
        $around.SetValue($connection, $recorder.Around)
    }
    else {
        Connect-ApiGateway @place -DefaultTag @{ $Tag = $run }
    }

    $suite = New-PesterConfiguration
    $suite.Run.Container = New-PesterContainer -Path (Join-Path $PSScriptRoot 'Keys.Tests.ps1') -Data @{
        Run = $run; Tag = $Tag; IsAws = $isAws; Region = $Region; EndpointUrl = $EndpointUrl; ProfileName = $ProfileName
    }
    $suite.Run.PassThru = $true
    $suite.Output.Verbosity = $gaps.Count ? 'None' : 'Detailed'
    $result = Invoke-Pester -Configuration $suite
}
finally {
    Remove-Made $run
    if ($recorder) {
        $count = $recorder.Save($PSCmdlet.GetUnresolvedProviderPathFromPSPath($Record))
        Write-Host "Recorded $count answers in $Record."
    }
}

# A gap fails as it is known to; anything else is a failure, and so is a gap that is none any more.
$problems = @(
    foreach ($test in $result.Tests) {
        $gap = $gaps[$test.Name]
        $message = "$($test.ErrorRecord)"
        if ($test.Result -eq 'Failed' -and -not ($gap -and $message -like $gap.Error)) {
            "$($test.ExpandedPath) failed: $message"
        }
        elseif ($test.Result -eq 'Passed' -and $gap) {
            "$($test.ExpandedPath) passed, so this is no known gap any more: $($gap.Does) Remove it from $KnownGaps."
        }
    }
    $gaps.Keys | Where-Object { $_ -cnotin $result.Tests.Name } | ForEach-Object { "$KnownGaps names a test that does not exist: $_" }
    if ($result.FailedContainersCount -or $result.FailedBlocksCount) { 'The suite did not start, or did not end.' }
)
$known = @($result.Tests | Where-Object { $_.Result -eq 'Failed' -and $gaps.ContainsKey($_.Name) })
$known | ForEach-Object { "Known gap: $($_.Name). $($gaps[$_.Name].Does)" }
$problems
'Live suite on {0}: {1} passed, {2} failed, {3} skipped, {4} known gaps, in {5:N0} s.' -f
    $where, $result.PassedCount, ($result.FailedCount - $known.Count), $result.SkippedCount, $known.Count, $watch.Elapsed.TotalSeconds
if ($problems) {
    throw 'The live suite failed.'
}
