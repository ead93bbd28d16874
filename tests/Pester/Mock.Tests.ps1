BeforeAll { . "$PSScriptRoot/Session.ps1" }

Describe 'Mocks of the commands' {
    BeforeAll { Connect-Emulator }

    It 'accept the tags that a runbook gives' {
        Mock New-ApiGatewayApiKey { [pscustomobject]@{ Name = $Name; Tag = $Tag } }
        (New-ApiGatewayApiKey a -Tag @{ env = 'prod' } -UsagePlanId gold).Tag.env | Should -Be 'prod'
        Should -Invoke New-ApiGatewayApiKey -Exactly 1 -ParameterFilter { $Tag.env -eq 'prod' -and $UsagePlanId.Id -eq 'gold' }
        (New-ApiGatewayApiKey a -Tag 'env=prod, team=b').Tag.team | Should -Be 'b'
    }

    It 'accept what the commands emit' {
        $key = New-ApiGatewayApiKey a -Tag @{ env = 'prod' }
        Mock Set-ApiGatewayApiKey { $Tag.env }
        Set-ApiGatewayApiKey $key -Tag $key.Tags | Should -Be 'prod'
        $key | Set-ApiGatewayApiKey -Tag ([ordered]@{ env = 'test' }) | Should -Be 'test'
    }

    It 'accept tags after a Tab inside a hashtable, too' {
        $line = 'Set-ApiGatewayApiKey a -Tag @{ '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'env'
        Mock New-ApiGatewayApiKey { $Tag.env }
        New-ApiGatewayApiKey b -Tag @{ env = 'test' } | Should -Be 'test'
    }
}
