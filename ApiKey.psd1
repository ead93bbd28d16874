@{
    RootModule           = 'bin/ApiKey.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '6f0f3b1e-6c0b-4f0a-9d6e-2b8f3a7c51d4'
    Author               = 'ApiKey contributors'
    CompanyName          = 'ApiKey contributors'
    Copyright            = '(c) ApiKey contributors. MIT licence.'
    Description          = 'Manages AWS API Gateway API keys: create, read, change, remove and import them, with tags and default tags as Terraform has them. An embedded emulator lets you try everything without an AWS account.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('src/ApiKey/ApiKey.format.ps1xml')
    TypesToProcess       = @('src/ApiKey/ApiKey.types.ps1xml')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Compare-ApiGatewayApiKey'
        'Connect-ApiGateway'
        'Disconnect-ApiGateway'
        'Get-ApiGatewayApiKey'
        'Get-ApiGatewayConnection'
        'Import-ApiGatewayApiKey'
        'Export-ApiGatewayApiKey'
        'New-ApiGatewayApiKey'
        'Remove-ApiGatewayApiKey'
        'Set-ApiGatewayApiKey'
        'Start-ApiGatewayEmulator'
        'Stop-ApiGatewayEmulator'
        'Sync-ApiGatewayApiKey'
    )
    PrivateData          = @{
        PSData = @{
            Tags       = @('AWS', 'APIGateway', 'ApiKey', 'Terraform', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
