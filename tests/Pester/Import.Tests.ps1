BeforeAll { . "$PSScriptRoot/Session.ps1" }

Describe 'Import-Module' {
    It 'exports exactly what the manifest says' {
        $data = Import-PowerShellDataFile $Manifest
        (Get-Command -Module ApiKey).Name | Sort-Object | Should -Be ($data.CmdletsToExport | Sort-Object)
        (Get-Module ApiKey).ExportedAliases.Count | Should -Be 0
    }

    It 'passes Test-ModuleManifest without a warning' {
        Test-ModuleManifest $Manifest -WarningVariable warnings | ForEach-Object Name | Should -Be 'ApiKey'
        $warnings | Should -BeNullOrEmpty
    }

    It 'uses approved verbs only' {
        (Get-Command -Module ApiKey).Verb | Select-Object -Unique | Where-Object { $_ -notin (Get-Verb).Verb } | Should -BeNullOrEmpty
    }

    It 'prints nothing and loads nothing of AWS' {
        Invoke-Pwsh '[AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -like "AWSSDK*" }' | Should -BeNullOrEmpty
    }

    It 'survives being imported again and removed' {
        Connect-Emulator
        New-ApiGatewayApiKey again | Should -Not -BeNullOrEmpty
        Import-Module $Manifest -Force
        Remove-Module ApiKey
        Import-Module $Manifest
        Connect-Emulator
        (New-ApiGatewayApiKey again).Name | Should -Be 'again'
    }
}

Describe 'Neighbours' {
    It 'works next to a module that brings another AWSSDK.Core' {
        $other = Get-ChildItem (Join-Path ($env:NUGET_PACKAGES ?? (Join-Path $HOME '.nuget/packages')) 'awssdk.core') -Directory -ErrorAction Ignore |
            Where-Object Name -like '3.*' | Select-Object -First 1
        if (-not $other) {
            Set-ItResult -Skipped -Because 'no other AWSSDK.Core is in the package cache; restoring the tests brings one'
            return
        }

        # A stand-in for AWS.Tools.Common: a script module with the SDK as a required assembly, in the default load context.
        $core = Get-ChildItem $other.FullName -Recurse -Filter AWSSDK.Core.dll | Where-Object FullName -like '*netcoreapp3.1*'
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'AWS.Stand.In')
        Copy-Item $core.FullName $folder
        Set-Content (Join-Path $folder 'AWS.Stand.In.psm1') 'function Get-StandInRegion { [Amazon.RegionEndpoint]::GetBySystemName("eu-west-1").SystemName }'
        New-ModuleManifest (Join-Path $folder 'AWS.Stand.In.psd1') -RootModule AWS.Stand.In.psm1 -RequiredAssemblies AWSSDK.Core.dll -FunctionsToExport Get-StandInRegion
        foreach ($first in 'neighbour', 'ours') {
            $neighbour = "Import-Module '$folder/AWS.Stand.In.psd1'; Get-StandInRegion"
            $ours = 'Connect-ApiGateway -Emulator; (New-ApiGatewayApiKey beside -Tag @{ a = "1" }).Tags.ToString()'
            Invoke-Pwsh ($first -eq 'ours' ? "$ours; $neighbour; $ours" : "$neighbour; $ours") | Sort-Object -Unique | Should -Be 'a=1', 'eu-west-1'
        }
    }
}

Describe 'Several runspaces' {
    It 'hands the connection over with $using' {
        $connection = Connect-ApiGateway -Emulator -Region eu-central-1 -PassThru
        1..8 | ForEach-Object -Parallel { Import-Module $using:Manifest; New-ApiGatewayApiKey "parallel-$_" -Connection $using:connection } -ThrottleLimit 4 | Measure-Object | ForEach-Object Count | Should -Be 8
        (Get-ApiGatewayApiKey 'parallel-*').Count | Should -Be 8
    }

    It 'keeps the connections of sessions apart' {
        Connect-Emulator
        1 | ForEach-Object -Parallel { Import-Module $using:Manifest; (Get-ApiGatewayConnection).IsEmulator } | Should -BeFalse
    }
}
