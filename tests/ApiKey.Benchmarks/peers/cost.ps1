# Does a job several times in a process of its own, and writes what each time cost: bytes allocated, and milliseconds of processor time.
param([string] $Manifest, [string] $Job, [string] $Endpoint, [int] $Count, [string] $Folder, [int] $Rounds)

$ErrorActionPreference = 'Stop'

function Measure-Cost([scriptblock] $Action) {
    $time = [Environment]::CpuUsage.TotalTime
    $bytes = [GC]::GetTotalAllocatedBytes($true)
    $null = & $Action
    $bytes = [GC]::GetTotalAllocatedBytes($true) - $bytes
    '{0} {1:F0}' -f $bytes, ([Environment]::CpuUsage.TotalTime - $time).TotalMilliseconds
}

if ($Job -eq 'first-call') {
    # What measuring itself needs first.
    $null = Measure-Cost { Get-Date | Out-String }
    Measure-Cost { Import-Module $Manifest; Get-ApiGatewayApiKey -EndpointUrl $Endpoint -Region eu-central-1 | Out-String }
    return
}

Import-Module $Manifest
Connect-ApiGateway -Region eu-central-1 -EndpointUrl $Endpoint -AccessKey AKIDEXAMPLE -SecretKey wJalrXUtnFEMIbPxRfiCYEXAMPLEKEY
foreach ($round in 1..$Rounds) {
    $names = foreach ($number in 1..$Count) { "round-$round-$number" }
    Copy-Item "$Folder/keys.csv" "$Folder/round-$round.csv"
    switch ($Job) {
        'create' { Measure-Cost { $names | New-ApiGatewayApiKey -ThrottleLimit 1 } }
        'list' { Measure-Cost { Get-ApiGatewayApiKey | ForEach-Object { } } }
        'plan' { Measure-Cost { if (Compare-ApiGatewayApiKey "$Folder/keys.json" 6> $null) { throw 'There are changes.' } } }
        'import' { Measure-Cost { Import-ApiGatewayApiKey -Path "$Folder/round-$round.csv" } }
    }
}
