@{
    RootModule           = 'bin/ApiKey.dll'
    ModuleVersion        = '0.2.0'
    GUID                 = '6f0f3b1e-6c0b-4f0a-9d6e-2b8f3a7c51d4'
    Author               = 'ApiKey contributors'
    CompanyName          = 'ApiKey contributors'
    Copyright            = '(c) ApiKey contributors. MIT licence.'
    Description          = 'Manages AWS API Gateway API keys: create, read, change, remove, import and export them, with tags and default tags as Terraform has them. An embedded emulator lets you try everything without an AWS account.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('bin/ApiKey.format.ps1xml')
    TypesToProcess       = @('bin/ApiKey.types.ps1xml')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Add-ApiGatewayUsagePlanKey',
        'Compare-ApiGatewayApiKey',
        'Connect-ApiGateway',
        'Disconnect-ApiGateway',
        'Export-ApiGatewayApiKey',
        'Find-ApiGatewayApiKeyLeak',
        'Get-ApiGatewayApiKey',
        'Get-ApiGatewayApiKeyUsage',
        'Get-ApiGatewayConnection',
        'Get-ApiGatewayUsagePlan',
        'Get-ApiGatewayUsagePlanKey',
        'Import-ApiGatewayApiKey',
        'Invoke-ApiGatewayApiKeyRotation',
        'New-ApiGatewayApiKey',
        'New-ApiGatewayUsagePlan',
        'Remove-ApiGatewayApiKey',
        'Remove-ApiGatewayUsagePlan',
        'Remove-ApiGatewayUsagePlanKey',
        'Set-ApiGatewayApiKey',
        'Set-ApiGatewayApiKeyUsage',
        'Set-ApiGatewayUsagePlan',
        'Start-ApiGatewayEmulator',
        'Stop-ApiGatewayEmulator',
        'Sync-ApiGatewayApiKey',
        'Test-ApiGatewayApiKey'
    )
    PrivateData          = @{
        PSData = @{
            Tags         = @('AWS', 'APIGateway', 'ApiKey', 'Terraform', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://github.com/apikey-contributors/ApiKey/blob/main/LICENSE'
            ProjectUri   = 'https://github.com/apikey-contributors/ApiKey'
            IconUri      = 'https://raw.githubusercontent.com/apikey-contributors/ApiKey/main/icon.png'
            ReleaseNotes = 'https://github.com/apikey-contributors/ApiKey/blob/main/CHANGELOG.md'
        }
    }
}
