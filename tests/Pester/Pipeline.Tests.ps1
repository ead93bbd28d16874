BeforeAll { . "$PSScriptRoot/Session.ps1" }

Describe 'A pipeline means what it means everywhere' {
    BeforeEach { Connect-Emulator }

    It 'pairs a result with its own record' {
        Set-Content (Join-Path $TestDrive 'rows.csv') "Name,Email`nacme,a@x`nglobex,g@x`nhooli,h@x"
        Import-Csv (Join-Path $TestDrive 'rows.csv') -PipelineVariable row | New-ApiGatewayApiKey | ForEach-Object { "$($_.Name) $($row.Email)" } |
            Should -Be 'acme a@x', 'globex g@x', 'hooli h@x'
    }

    It 'makes one key for Select-Object -First 1' {
        1..50 | ForEach-Object { "k$_" } | New-ApiGatewayApiKey -WarningVariable told | Select-Object -First 1 | ForEach-Object Name | Should -Be 'k1'
        $told | Should -BeNullOrEmpty
        @(Get-ApiGatewayApiKey).Count | Should -Be 1
    }

    It 'reports what was made next to it when several are under way' {
        $taken = 1..50 | ForEach-Object { "k$_" } | New-ApiGatewayApiKey -ThrottleLimit 8 -WarningVariable told -WarningAction SilentlyContinue | Select-Object -First 1
        foreach ($key in @(Get-ApiGatewayApiKey | Where-Object Id -ne $taken.Id)) {
            "$told" | Should -Match $key.Id
        }
    }

    It 'stops at the first error when asked to' {
        $ids = (1..6 | ForEach-Object { "k$_" } | New-ApiGatewayApiKey).Id
        { @('nope') + $ids | Remove-ApiGatewayApiKey -ErrorAction Stop } | Should -Throw -ErrorId 'ApiKeyNotFound,*'
        @(Get-ApiGatewayApiKey).Count | Should -Be 6
    }

    It 'stops what is above when something below throws' {
        { 1..50 | ForEach-Object { "k$_" } | New-ApiGatewayApiKey | ForEach-Object { throw 'enough' } } | Should -Throw 'enough'
        @(Get-ApiGatewayApiKey).Count | Should -Be 1
    }
}
