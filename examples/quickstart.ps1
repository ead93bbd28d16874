# The main job from end to end, on the emulator inside this process: no account, no credentials, no network.
$ErrorActionPreference = 'Stop'

function Show([string] $Text) { Write-Host "`n# $Text" -ForegroundColor Cyan }

Show 'Connect to the emulator; every key gets two default tags, as with a Terraform provider block'
Connect-ApiGateway -Emulator -Region eu-central-1 -DefaultTag @{ team = 'payments'; env = 'test' }
Get-ApiGatewayConnection

Show 'Create a key; AWS makes its value, which is shown only when you ask for the property'
$key = New-ApiGatewayApiKey -Name 'partner-acme' -Description 'Acme Ltd.' -Tag @{ env = 'prod' }
$key
"The value has $($key.Value.Length) characters."

Show 'Create some more from the pipeline'
'partner-globex', 'partner-initech', 'internal-report' | New-ApiGatewayApiKey -Tag @{ tier = 'basic' }

Show 'List by name, and by tag'
Get-ApiGatewayApiKey -Name 'partner-*'
Get-ApiGatewayApiKey -Tag @{ tier = 'basic' } | Where-Object Name -notlike 'partner-*'

Show 'Change one in place: disable it, add a tag'
Get-ApiGatewayApiKey 'partner-initech' | Set-ApiGatewayApiKey -Enabled $false -AddTag @{ ticket = 'OPS-42' } -PassThru

Show 'Import by id, as terraform import does: every attribute is read'
$imported = Import-ApiGatewayApiKey -Id $key.Id
$imported
"The same value came back: $($imported.Value -ceq $key.Value)"

Show 'A mistake is told before any call, with what to do'
New-ApiGatewayApiKey -Name 'partner-umbrella' -Value 'too-short' -ErrorAction Continue

Show 'A value that is in use names the key that holds it'
New-ApiGatewayApiKey -Name 'partner-acme-again' -Value $key.Value -ErrorAction Continue

Show 'What would be removed, and then removing it'
Get-ApiGatewayApiKey -Name 'partner-*' | Remove-ApiGatewayApiKey -WhatIf
Get-ApiGatewayApiKey -Name 'partner-*' | Remove-ApiGatewayApiKey -Confirm:$false
Get-ApiGatewayApiKey
Disconnect-ApiGateway
