BeforeAll { . "$PSScriptRoot/Session.ps1" }

Describe 'The life of a key' {
    BeforeEach { Connect-Emulator }

    It 'creates, reads, changes and removes it' {
        $key = New-ApiGatewayApiKey partner -Description 'Acme Ltd.' -Tag @{ env = 'prod' }
        $key.Value | Should -Match '^[A-Za-z0-9]{40}$'
        $key | Set-ApiGatewayApiKey -Enabled $false -AddTag @{ ticket = 'OPS-42' }
        $read = Get-ApiGatewayApiKey -Id $key.Id
        $read.Enabled | Should -BeFalse
        $read.tags_all.ToString() | Should -Be 'env=prod, ticket=OPS-42'
        $read.Value | Should -BeNullOrEmpty
        $read | Remove-ApiGatewayApiKey
        Get-ApiGatewayApiKey | Should -BeNullOrEmpty
    }

    It 'takes rows of Import-Csv' {
        Set-Content (Join-Path $TestDrive 'keys.csv') "Name,Enabled,Tags`nfirst,false,env=prod`nsecond,,"
        $keys = Import-Csv (Join-Path $TestDrive 'keys.csv') | New-ApiGatewayApiKey
        $keys.Name | Should -Be 'first', 'second'
        $keys.Enabled | Should -Be $false, $true
    }

    It 'stops listing when the pipeline has enough' {
        1..3 | ForEach-Object { "key-$_" } | New-ApiGatewayApiKey | Out-Null
        @(Get-ApiGatewayApiKey | Select-Object -First 1).Count | Should -Be 1
    }

    It 'goes on after a failed item' {
        New-ApiGatewayApiKey there | Out-Null
        $found = 'there', 'gone' | ForEach-Object { Get-ApiGatewayApiKey $_ -ErrorAction SilentlyContinue -ErrorVariable +failures }
        $found.Name | Should -Be 'there'
        $failures.Count | Should -Be 1
    }

    It 'exports and imports the same keys' {
        New-ApiGatewayApiKey partner -Tag @{ env = 'prod' } | Out-Null
        $file = Join-Path $TestDrive 'backup.csv'
        Export-ApiGatewayApiKey $file -IncludeValue
        $made = Import-ApiGatewayApiKey -Path $file -Region eu-west-1
        $made.Value | Should -BeExactly (Get-ApiGatewayApiKey -IncludeValue).Value
        if (-not $IsWindows) {
            (Get-Item $file).UnixMode | Should -Be '-rw-------'
        }
    }

    It 'lists several regions side by side' {
        'eu-west-1', 'us-east-1' | ForEach-Object { New-ApiGatewayApiKey "in-$_" -Region $_ | Out-Null }
        (Get-ApiGatewayApiKey -Region us-east-1, eu-west-1).Name | Should -Be 'in-us-east-1', 'in-eu-west-1'
    }
}

Describe '-WhatIf and -Confirm' {
    BeforeEach { Connect-Emulator }

    It 'says <says> and does nothing' -ForEach @(
        @{ Command = { New-ApiGatewayApiKey other -WhatIf }; Says = "What if: Create API key 'other' in eu-central-1." }
        @{ Command = { Get-ApiGatewayApiKey | Set-ApiGatewayApiKey -Enabled $false -WhatIf }; Says = "What if: Change enabled of API key 'partner \([a-z0-9]{10}\)' in eu-central-1." }
        @{ Command = { Get-ApiGatewayApiKey | Remove-ApiGatewayApiKey -WhatIf }; Says = "What if: Remove API key 'partner \([a-z0-9]{10}\)' in eu-central-1." }
    ) {
        New-ApiGatewayApiKey partner | Out-Null
        $transcript = Join-Path $TestDrive "whatif-$([guid]::NewGuid()).txt"
        Start-Transcript $transcript | Out-Null
        & $Command
        Stop-Transcript | Out-Null
        Get-Content $transcript -Raw | Should -Match $Says
        (Get-ApiGatewayApiKey).Enabled | Should -Be $true
    }

    It 'asks before it removes' {
        $key = New-ApiGatewayApiKey partner
        Invoke-Pwsh "Connect-ApiGateway -Emulator; New-ApiGatewayApiKey partner | Remove-ApiGatewayApiKey" | Out-String | Should -Match 'NonInteractive'
        { $key | Remove-ApiGatewayApiKey -Confirm:$false } | Should -Not -Throw
    }
}
