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

    # The region to run in; not the profile's.
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

# The run that made something, by the name that only a run gives, or by the tag; nothing for what is somebody else's. A key that came from
# a file has no tag at first.
function Get-Run($Thing) {
    if ($Thing.Name -cmatch '^apikey-live-([0-9a-f]{12})-' -or $Thing.tags_all[$Tag] -cmatch '^([0-9a-f]{12})$') {
        $Matches[1]
    }
}

# What a run made, or any run.
function Find-Made([string] $Run) {
    $all = @(Get-ApiGatewayApiKey) + @(Get-ApiGatewayUsagePlan)
    $all | Where-Object { $Run ? (Get-Run $_) -ceq $Run : (Get-Run $_) }
}

# Where a run has its files, some with values.
function Get-Folder([string] $Run) {
    Join-Path ([IO.Path]::GetTempPath()) "apikey-live-$Run"
}

function Format-Count([int] $Count, [string] $Noun) {
    $Count -eq 1 ? "$Count $Noun" : "$Count ${Noun}s"
}

# Removes what was made, and emits why something may be left. Whoever pressed Ctrl+C reads no output: it is a warning, too.
function Remove-Made([string] $Run) {
    try {
        $made = @(Find-Made $Run)
        $plans, $keys = $made.Where({ $_ -is [ApiKey.Model.UsagePlanInfo] }, 'Split')
        $keys | Remove-ApiGatewayApiKey -IfExists -Confirm:$false -ErrorAction Continue
        $plans | Remove-ApiGatewayUsagePlan -Confirm:$false -ErrorAction Continue
        $left = @(Find-Made $Run)
        $ids = @($left | ForEach-Object Id)
        $plans, $keys = $made.Where({ $_.Id -cnotin $ids }).Where({ $_ -is [ApiKey.Model.UsagePlanInfo] }, 'Split')
        Write-Host "Removed: $(Format-Count $keys.Count 'API key'), $(Format-Count $plans.Count 'usage plan')."
        $made | ForEach-Object { Get-Folder (Get-Run $_) } | Select-Object -Unique | Where-Object { Test-Path -LiteralPath $_ } |
            Remove-Item -Recurse -Force
        $problem = $left ? "Not removed: $($left.Name -join ', ')." : ''
    }
    catch {
        $problem = "What was made may be left. $_"
    }

    if ($problem) {
        $problem += " Try again with: $again"
        Write-Warning $problem
        $problem
    }
}

if (-not $ProfileName -and -not $EndpointUrl) {
    throw 'Specify -ProfileName, the profile of an account for tests, or -EndpointUrl. The suite does not run with credentials that happen to be set.'
}

if ($CleanUp -and ($Record -or $KnownGaps)) {
    throw '-CleanUp only removes what earlier runs left. Specify -Record and -KnownGaps without it.'
}

$gaps = $KnownGaps ? (Import-PowerShellDataFile -LiteralPath $KnownGaps) : @{}
if ($Record) {
    # Known before minutes on AWS are gone.
    $Record = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Record)
    if ((Test-Path -LiteralPath $Record -PathType Container) -or -not (Test-Path -LiteralPath (Split-Path $Record) -PathType Container)) {
        throw "$Record cannot be written. Specify a file in a folder that exists with -Record."
    }
}

. (Join-Path $PSScriptRoot '../Pester/Import-Pester.ps1')
$module = Get-BuiltModule
# Default and ignored tags of the caller's environment would be in the keys and in the recording.
$hidden = @(Get-ChildItem Env: | Where-Object Name -CLike 'TF_AWS_*')
$hidden | Remove-Item
try {
    Import-Module $module -Force
    $place = @{ Region = $Region }
    if ($EndpointUrl) { $place.EndpointUrl = $EndpointUrl }
    if ($ProfileName) { $place.ProfileName = $ProfileName } else { $place.AccessKey = 'AKIDEXAMPLE'; $place.SecretKey = 'secret' }
    $run = [guid]::NewGuid().ToString('N').Substring(0, 12)
    Connect-ApiGateway @place
    $report = Get-ApiGatewayConnection
    # AWS by another way, too: a VPC endpoint.
    $isAws = $report.EndpointSource -eq 'AWS' -or $report.Endpoint -match '^https://[^/]+\.amazonaws\.com(\.cn)?(/|$)'
    $where = "$($report.Endpoint) in $Region"
    $again = './build.ps1 -Task Live {0}{1}-Region {2} -CleanUp' -f
        ($ProfileName ? "-ProfileName '$ProfileName' " : ''), ($EndpointUrl ? "-EndpointUrl '$EndpointUrl' " : ''), $Region

    if ($CleanUp) {
        if (Remove-Made) {
            throw 'Not everything was removed.'
        }

        return
    }

    $before = @(Get-ApiGatewayApiKey | Where-Object { -not (Get-Run $_) })
    if ($before -and -not $AllowOtherKeys) {
        throw "$where has API keys that the suite did not make: $($before.Count). Specify another account or region, or -AllowOtherKeys to run next to them."
    }

    if (@(Find-Made) -and -not $AllowOtherKeys) {
        throw "$where has API keys or usage plans of a run before this one. Remove them with -CleanUp, or specify -AllowOtherKeys when that run has not ended."
    }

    if ($Record -and (@(Get-ApiGatewayApiKey) -or @(Get-ApiGatewayUsagePlan))) {
        throw "$where has API keys or usage plans, which would be in the recording. Specify a region without any."
    }

    Import-Pester $PesterVersion
    $recorder, $result, $left = $null
    $folder = (New-Item -ItemType Directory (Get-Folder $run)).FullName
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
            Folder = $folder
        }
        $suite.Run.PassThru = $true
        $suite.Output.Verbosity = $gaps.Count ? 'None' : 'Detailed'
        $result = Invoke-Pester -Configuration $suite
    }
    finally {
        $left = Remove-Made $run
        if (Test-Path -LiteralPath $folder) {
            Remove-Item -LiteralPath $folder -Recurse -Force
        }

        if ($recorder) {
            try {
                Write-Host "Recorded $(Format-Count $recorder.Save($Record) 'answer') in $Record."
            }
            catch [System.Management.Automation.MethodInvocationException] {
                throw $_.Exception.InnerException.Message
            }
        }
    }

    # A gap fails as it is known to; anything else is a failure, and so is a gap that is none any more.
    $known = @($result.Tests | Where-Object { $_.Result -eq 'Failed' -and $gaps[$_.Name] -and "$($_.ErrorRecord)" -like $gaps[$_.Name].Error })
    $problems = @(
        foreach ($test in $result.Tests) {
            $gap = $gaps[$test.Name]
            if ($test.Result -eq 'Failed' -and $test -notin $known) {
                "$($test.ExpandedPath) failed: $($test.ErrorRecord)"
            }
            elseif ($test.Result -eq 'Passed' -and $gap) {
                "$($test.ExpandedPath) passed, so this is no longer a known gap: $($gap.Does) Remove it from $KnownGaps."
            }
        }
        $gaps.Keys | Where-Object { $_ -cnotin $result.Tests.Name } | ForEach-Object { "$KnownGaps names a test that does not exist: $_" }
        if ($result.FailedContainersCount -or $result.FailedBlocksCount) { 'The suite did not start, or did not end.' }
        $left
    )
    $known | ForEach-Object { "Known gap: $($_.Name). $($gaps[$_.Name].Does)" }
    $problems
    'Live suite on {0}: {1} passed, {2} failed, {3} skipped, {4}, in {5:N0} s.' -f
        $where, $result.PassedCount, ($result.FailedCount - $known.Count), $result.SkippedCount, (Format-Count $known.Count 'known gap'),
        $watch.Elapsed.TotalSeconds
    if ($problems) {
        throw "The live suite failed: $(Format-Count $problems.Count 'problem'), listed above."
    }
}
finally {
    Disconnect-ApiGateway
    $hidden | ForEach-Object { Set-Item -LiteralPath "Env:$($_.Name)" -Value $_.Value }
}
