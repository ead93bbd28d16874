#Requires -Version 7.4

<#
.SYNOPSIS
    Shows the main job from end to end: keys, what they open, a rotation.
.DESCRIPTION
    Runs on the emulator inside this process and needs no account, no credentials and no network. Each command is shown before it runs.
.EXAMPLE
    ./quickstart.ps1
#>
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'

function Step([string] $Title, [scriptblock] $Code) {
    "`n# $Title" | Out-Host
    foreach ($line in $Code.ToString().Trim().Split("`n")) {
        "PS> $($line.Trim())" | Out-Host
    }

    . $Code 2>&1 | Out-Host
}

. Step 'Connect to the emulator. Every key gets these tags, as with default_tags in Terraform.' {
    Connect-ApiGateway -Emulator -Region eu-central-1 -DefaultTag @{ team = 'payments'; env = 'test' }
}

. Step 'Create a key. Its value is generated, and shown nowhere but in the property Value.' {
    $key = New-ApiGatewayApiKey -Name 'partner-acme' -Description 'Acme Ltd.' -Tag @{ env = 'prod' }
    $key
}

. Step 'Create some more from the pipeline.' {
    'partner-globex', 'partner-initech', 'internal-report' | New-ApiGatewayApiKey -Tag @{ tier = 'basic' }
}

. Step 'List by name, or by tag.' {
    Get-ApiGatewayApiKey -Name 'partner-*' -Tag @{ team = 'payments' }
}

. Step 'Change one in place: disable it, add a tag.' {
    Get-ApiGatewayApiKey 'partner-initech' | Set-ApiGatewayApiKey -Enabled $false -AddTag @{ ticket = 'OPS-42' } -PassThru
}

. Step 'Import a key by id, as terraform import does, and read it by Terraform''s names.' {
    $imported = Import-ApiGatewayApiKey -Id $key.Id
    "tags_all: $($imported.tags_all.ToString()); the same value came back: $($imported.Value -ceq $key.Value)"
}

. Step 'A usage plan lets keys into a stage of an API. The emulator has stages, too, and callers of them.' {
    $emulator = (Get-ApiGatewayConnection).Connection.Emulator
    $emulator.SeedStage('eu-central-1', 'a1b2c3d4e5', 'prod')
    $plan = New-ApiGatewayUsagePlan -Name 'gold' -ApiStage 'a1b2c3d4e5:prod' -QuotaLimit 1000 -QuotaPeriod Month
    $emulator.Invoke('a1b2c3d4e5', 'prod', '/orders', $key.Value)
    $key | Add-ApiGatewayUsagePlanKey -UsagePlanId $plan
    $emulator.Invoke('a1b2c3d4e5', 'prod', '/orders', $key.Value)
}

. Step 'Rotate: the successor has every attribute, tag and plan. The old key goes on until its holder has the new value.' {
    $rotation = $key | Invoke-ApiGatewayApiKeyRotation
    $rotation
    $key.Value, $rotation.New.Value | ForEach-Object { $emulator.Invoke('a1b2c3d4e5', 'prod', '/orders', $_).Status }
}

. Step 'Disable the old key. On AWS this waits until the new key is known everywhere; -Force does not wait.' {
    $null = $key | Invoke-ApiGatewayApiKeyRotation -OldKey Disable -Force
    $key.Value, $rotation.New.Value | ForEach-Object { $emulator.Invoke('a1b2c3d4e5', 'prod', '/orders', $_) }
}

. Step 'Who used what?' {
    $key, $rotation.New | Get-ApiGatewayApiKeyUsage -StartDate ([DateTime]::UtcNow)
}

. Step 'A mistake is reported before any call, with what to do.' {
    New-ApiGatewayApiKey -Name 'partner-umbrella' -Value 'too-short' -ErrorAction Continue
}

. Step 'A value that is in use names the key that holds it.' {
    New-ApiGatewayApiKey -Name 'partner-umbrella' -Value $key.Value -ErrorAction Continue
}

. Step 'See what would be removed, and remove it.' {
    Get-ApiGatewayApiKey -Name 'partner-*' | Remove-ApiGatewayApiKey -WhatIf
    Get-ApiGatewayApiKey -Name 'partner-*' | Remove-ApiGatewayApiKey -Confirm:$false
    Get-ApiGatewayApiKey
}

Disconnect-ApiGateway
