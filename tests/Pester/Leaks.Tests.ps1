BeforeAll { . "$PSScriptRoot/Session.ps1" }

Describe 'A value that leaked' {
    BeforeEach { Connect-Emulator }

    It 'is found in files and in a history, and its key is disabled, without the value on the screen' {
        $key = New-ApiGatewayApiKey acme
        New-ApiGatewayApiKey other | Out-Null
        Set-Content (Join-Path $TestDrive 'app.config') 'one', "key = $($key.Value)"
        $leak = Find-ApiGatewayApiKeyLeak $TestDrive -Recurse
        "$($leak.Name) $(Split-Path $leak.Path -Leaf) $($leak.Line) $($leak.Column)" | Should -Be 'acme app.config 2 7'
        $leak | Format-List * | Out-String | Should -Not -Match $key.Value
        $line = Get-Content (Join-Path $TestDrive 'app.config') | Find-ApiGatewayApiKeyLeak
        "$(Split-Path $line.Path -Leaf) $($line.Line)" | Should -Be 'app.config 2'
        ('commit 1', "+$($key.Value)" | Find-ApiGatewayApiKeyLeak).Line | Should -Be 2
        $leak | Set-ApiGatewayApiKey -Enabled $false
        (Get-ApiGatewayApiKey -Name acme).Enabled | Should -BeFalse
        (Get-ApiGatewayApiKey -Name other).Enabled | Should -BeTrue
    }
}
