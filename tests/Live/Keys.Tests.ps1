# One set of scenarios for every endpoint. Each test stands alone, within AWS's quotas: one usage plan a test at most.
param(
    [string] $Run,
    [string] $Tag,
    [bool] $IsAws,
    [string] $Region,
    [uri] $EndpointUrl,
    [string] $ProfileName,

    # For files; whoever runs the suite removes it.
    [string] $Folder
)

BeforeAll {
    $ErrorActionPreference = 'Stop'
    $Prefix = "apikey-live-$Run-"
    # Away from AWS nobody has to wait until callers know a key.
    $AtOnce = $IsAws ? @{} : @{ Force = $true }
}

Describe 'Live' {
    It 'a key is created, read, changed and removed' {
        $key = New-ApiGatewayApiKey "${Prefix}life" -Description 'Acme Ltd.' -CustomerId "${Prefix}customer"
        $key.Value | Should -Match '^[A-Za-z0-9]{20,128}$'
        $key.Enabled | Should -BeTrue
        $key | Set-ApiGatewayApiKey -Name "${Prefix}renamed" -Description '' -Enabled $false
        $read = Get-ApiGatewayApiKey -Id $key.Id -IncludeValue
        $read.Name | Should -BeExactly "${Prefix}renamed"
        $read.Description | Should -BeNullOrEmpty
        $read.Enabled | Should -BeFalse
        $read.Value | Should -BeExactly $key.Value
        (Get-ApiGatewayApiKey "${Prefix}re*").Id | Should -Be $key.Id
        $key | Remove-ApiGatewayApiKey
        { Get-ApiGatewayApiKey -Id $key.Id } | Should -Throw -ErrorId 'ApiKeyNotFound*'
    }

    It 'a value belongs to one key' {
        $key = New-ApiGatewayApiKey "${Prefix}first"
        { New-ApiGatewayApiKey "${Prefix}second" -Value $key.Value } | Should -Throw -ErrorId 'ApiKeyConflict*'
    }

    It 'tags are put on and taken off' {
        $key = New-ApiGatewayApiKey "${Prefix}tags" -Tag @{ env = 'test' }
        $key | Set-ApiGatewayApiKey -AddTag @{ owner = 'team a' }
        $key | Set-ApiGatewayApiKey -RemoveTag env
        $tags = (Get-ApiGatewayApiKey -Id $key.Id).tags_all
        $tags.ToString() | Should -Be "$Tag=$Run, owner=team a"
    }

    It 'a usage plan is made and changed, and a key joins and leaves it' {
        $plan = New-ApiGatewayUsagePlan "${Prefix}plan" -RateLimit 5 -BurstLimit 10 -QuotaLimit 100 -QuotaPeriod Day
        $key = New-ApiGatewayApiKey "${Prefix}in-plan"
        Add-ApiGatewayUsagePlanKey $plan.Id $key.Id | Out-Null
        (Get-ApiGatewayUsagePlanKey $plan.Id).Id | Should -Be $key.Id
        { Add-ApiGatewayUsagePlanKey $plan.Id $key.Id } | Should -Throw -ErrorId 'UsagePlanKeyConflict*'
        Remove-ApiGatewayUsagePlanKey $plan.Id $key.Id
        Get-ApiGatewayUsagePlanKey $plan.Id | Should -BeNullOrEmpty
        Set-ApiGatewayUsagePlan $plan.Id -Description changed
        (Get-ApiGatewayUsagePlan -Id $plan.Id).Description | Should -Be changed
        $plan | Remove-ApiGatewayUsagePlan
        { Get-ApiGatewayUsagePlan -Id $plan.Id } | Should -Throw -ErrorId 'UsagePlanNotFound*'
    }

    It 'a file is imported' {
        $file = Join-Path $Folder 'keys.csv'
        Set-Content $file "Name,Key,Description,Enabled`n${Prefix}row-1,,one,true`n${Prefix}row-2,,two,false"
        $keys = @(Import-ApiGatewayApiKey -Path $file)
        $keys.Name | Should -Be "${Prefix}row-1", "${Prefix}row-2"
        $keys.Enabled | Should -Be $true, $false
        # A row has no tags.
        $keys | Set-ApiGatewayApiKey -AddTag @{ $Tag = $Run }
        (Get-ApiGatewayApiKey -Id $keys[1].Id).Description | Should -Be two
    }

    It 'keys are exported and say the same' {
        $key = New-ApiGatewayApiKey "${Prefix}exported" -Description 'in a file'
        $csv, $json = 'backup.csv', 'keys.json' | ForEach-Object { Join-Path $Folder $_ }
        $key | Export-ApiGatewayApiKey $csv -IncludeValue
        (Import-Csv $csv).Key | Should -BeExactly $key.Value
        $key | Export-ApiGatewayApiKey $json
        (Get-Content $json -Raw).Contains($key.Value) | Should -BeFalse
        (Get-Content $json -Raw | ConvertFrom-Json).Description | Should -Be 'in a file'
    }

    It 'a key is rotated and its plans follow' {
        $plan = New-ApiGatewayUsagePlan "${Prefix}rotation"
        $key = New-ApiGatewayApiKey "${Prefix}rotated" -UsagePlanId $plan.Id
        $rotation = Invoke-ApiGatewayApiKeyRotation $key.Id
        $rotation.OldKey | Should -Be Kept
        $rotation.New.Value | Should -Not -BeExactly $key.Value
        (Get-ApiGatewayUsagePlanKey $plan.Id).Id | Sort-Object | Should -Be ($key.Id, $rotation.New.Id | Sort-Object)
        # On AWS this waits until the new key can be relied on.
        $ended = Invoke-ApiGatewayApiKeyRotation $key.Id -OldKey Disable @AtOnce
        $ended.OldKey | Should -Be Disabled
        $ended.New.Id | Should -Be $rotation.New.Id
        (Get-ApiGatewayApiKey -Id $key.Id).Enabled | Should -BeFalse
    }

    It 'a desired state is reached, and nothing is left to do' {
        $scope = @{ $Tag = $Run; sync = 'yes' }
        $kept = New-ApiGatewayApiKey "${Prefix}kept" -Tag @{ sync = 'yes' } -Description before
        $gone = New-ApiGatewayApiKey "${Prefix}gone" -Tag @{ sync = 'yes' }
        $state = @(
            [pscustomobject]@{ Name = "${Prefix}kept"; Description = 'after'; Tags = @{ sync = 'yes' } }
            [pscustomobject]@{ Name = "${Prefix}new"; Tags = @{ sync = 'yes' } }
        )
        $changes = @($state | Sync-ApiGatewayApiKey -Prune -PruneTag $scope)
        $changes.Status | Select-Object -Unique | Should -Be Done
        $changes.Count | Should -Be 3
        (Get-ApiGatewayApiKey -Id $kept.Id).Description | Should -Be after
        { Get-ApiGatewayApiKey -Id $gone.Id } | Should -Throw -ErrorId 'ApiKeyNotFound*'
        $state | Compare-ApiGatewayApiKey -Prune -PruneTag $scope -InformationAction Ignore | Should -BeNullOrEmpty
    }

    It 'Terraform takes over an exported key without a change' {
        if (-not (Get-Command terraform -CommandType Application -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'terraform is not installed'
        }

        $work = New-Item -ItemType Directory (Join-Path $Folder 'terraform')
        New-ApiGatewayApiKey "${Prefix}handed-over" -Description 'to Terraform' |
            Export-ApiGatewayApiKey (Join-Path $work 'keys.tf')
        $settings = @{ region = $Region }
        if ($EndpointUrl) {
            $settings += @{
                skip_credentials_validation = $true; skip_requesting_account_id = $true; skip_metadata_api_check = $true
                skip_region_validation = $true
            }
        }

        $settings += $ProfileName ? @{ profile = $ProfileName } : @{ access_key = 'AKIDEXAMPLE'; secret_key = 'secret' }
        # The export has a provider block of its own where all keys share default tags; this one adds to it.
        $hasProvider = Select-String -LiteralPath (Join-Path $work 'keys.tf') -Pattern '^provider "aws"' -Quiet
        ConvertTo-Json @{ provider = @{ aws = $settings } } -Depth 5 |
            Set-Content (Join-Path $work ($hasProvider ? 'live_override.tf.json' : 'live.tf.json'))
        $from = $env:TF_PLUGIN_MIRROR ? @("-plugin-dir=$env:TF_PLUGIN_MIRROR") : @()
        $shown = terraform "-chdir=$work" init -no-color -input=false @from 2>&1 | Out-String
        if ($LASTEXITCODE -ne 0) {
            Set-ItResult -Skipped -Because 'terraform init does not find its AWS provider; TF_PLUGIN_MIRROR may name a folder that has it'
        }

        # In the environment, because the provider takes seconds to check an endpoints block: each of its 300 services against all.
        $before = $env:AWS_ENDPOINT_URL_API_GATEWAY
        try {
            if ($EndpointUrl) {
                $env:AWS_ENDPOINT_URL_API_GATEWAY = $EndpointUrl
            }

            $shown = terraform "-chdir=$work" plan -no-color -input=false 2>&1 | Out-String
        } finally {
            $env:AWS_ENDPOINT_URL_API_GATEWAY = $before
        }

        $shown | Should -Match 'Plan: 1 to import, 0 to add, 0 to change, 0 to destroy\.'
    }
}
