# What people want to do, and what they type until it works: first what their habits suggest, last what the help says.
# Who: Administrator (used to AWS.Tools and Az), Author (of unattended runbooks), Terraform (comes from there).
# Given runs before each try, on an emulator of its own. A try works when it writes no error and Check is true; $out is what came out.
# Works says which try does it, when it is not the first: a test holds that nothing gets worse, and that these figures are true.
@(
    @{ Who = 'Administrator'; Goal = 'Make a key'
        Tries = @('New-ApiGatewayApiKey web')
        Check = '(Get-ApiGatewayApiKey web).Enabled' }
    @{ Who = 'Administrator'; Goal = 'Make a key with a tag, in AWS''s own shape'
        Tries = @('New-ApiGatewayApiKey web -Tag @{ Key = "env"; Value = "prod" }', 'New-ApiGatewayApiKey web -Tag @{ env = "prod" }')
        Check = '(Get-ApiGatewayApiKey web).Tags["env"] -eq "prod"' }
    @{ Who = 'Administrator'; Goal = 'Look at one key again'
        Given = '$k = New-ApiGatewayApiKey web'
        Tries = @('Get-ApiGatewayApiKey $k', 'Get-ApiGatewayApiKey -Id $k')
        Check = '$out.Id -eq $k.Id' }
    @{ Who = 'Administrator'; Goal = 'See a key''s value'
        Given = '$k = New-ApiGatewayApiKey web'
        Tries = @('Get-ApiGatewayApiKey web -IncludeValue')
        Check = '$out.Value.Length -ge 20' }
    @{ Who = 'Administrator'; Goal = 'Find keys by a part of a tag''s value'
        Given = '$null = New-ApiGatewayApiKey a -Tag @{ env = "prod-eu" }; $null = New-ApiGatewayApiKey b -Tag @{ env = "test" }'
        Tries = @('Get-ApiGatewayApiKey -Tag @{ env = "prod*" }', 'Get-ApiGatewayApiKey | Where-Object { $_.Tags["env"] -like "prod*" }')
        Check = '"$($out.Name)" -eq "a"' }
    @{ Who = 'Administrator'; Goal = 'Find keys that have a tag, whatever it says'
        Given = '$null = New-ApiGatewayApiKey a -Tag @{ env = "x" }; $null = New-ApiGatewayApiKey b'
        Tries = @('Get-ApiGatewayApiKey -Tag @{ env = "*" }', 'Get-ApiGatewayApiKey -TagKey env')
        Check = '"$($out.Name)" -eq "a"' }
    @{ Who = 'Administrator'; Goal = 'Find keys that are in no usage plan'
        Given = '$p = New-ApiGatewayUsagePlan gold; $null = New-ApiGatewayApiKey a -UsagePlanId $p; $null = New-ApiGatewayApiKey b'
        Tries = @('Get-ApiGatewayApiKey -InNoUsagePlan',
            '$used = Get-ApiGatewayUsagePlan | Get-ApiGatewayUsagePlanKey; Get-ApiGatewayApiKey | Where-Object Id -notin $used.Id')
        Check = '"$($out.Name)" -eq "b"' }
    @{ Who = 'Administrator'; Goal = 'Disable a key, of which the name is known'
        Given = '$null = New-ApiGatewayApiKey web'
        Works = 2
        Tries = @('Set-ApiGatewayApiKey web -Enabled $false', 'Get-ApiGatewayApiKey web | Set-ApiGatewayApiKey -Enabled $false')
        Check = '(Get-ApiGatewayApiKey web).Enabled -eq $false' }
    @{ Who = 'Administrator'; Goal = 'Rename a key'
        Given = '$k = New-ApiGatewayApiKey web'
        Tries = @('Set-ApiGatewayApiKey $k -Name site')
        Check = '(Get-ApiGatewayApiKey -Id $k.Id).Name -eq "site"' }
    @{ Who = 'Administrator'; Goal = 'Empty a description'
        Given = '$k = New-ApiGatewayApiKey web -Description old'
        Tries = @('Set-ApiGatewayApiKey $k -Description ""')
        Check = '-not (Get-ApiGatewayApiKey -Id $k.Id).Description' }
    @{ Who = 'Administrator'; Goal = 'Add a tag and keep the others'
        Given = '$k = New-ApiGatewayApiKey web -Tag @{ a = "1" }'
        Tries = @('Set-ApiGatewayApiKey $k -AddTag @{ b = "2" }')
        Check = '$t = (Get-ApiGatewayApiKey -Id $k.Id).Tags; $t["a"] -eq "1" -and $t["b"] -eq "2"' }
    @{ Who = 'Administrator'; Goal = 'Put a key into a plan, of which the name is known'
        Given = '$null = New-ApiGatewayUsagePlan gold; $k = New-ApiGatewayApiKey web'
        Tries = @('Add-ApiGatewayUsagePlanKey gold $k', 'Get-ApiGatewayUsagePlan -Name gold | Add-ApiGatewayUsagePlanKey -Id $k')
        Check = '(Get-ApiGatewayUsagePlan -Name gold | Get-ApiGatewayUsagePlanKey).Id -eq $k.Id' }
    @{ Who = 'Administrator'; Goal = 'Make a key in a plan, of which the name is known'
        Given = '$null = New-ApiGatewayUsagePlan gold'
        Tries = @('New-ApiGatewayApiKey web -UsagePlanId gold',
            'New-ApiGatewayApiKey web -UsagePlanId (Get-ApiGatewayUsagePlan -Name gold).Id')
        Check = '@(Get-ApiGatewayApiKey).Count -eq 1 -and (Get-ApiGatewayUsagePlan -Name gold | Get-ApiGatewayUsagePlanKey).Name -eq "web"' }
    @{ Who = 'Administrator'; Goal = 'See which keys are in a plan'
        Given = '$p = New-ApiGatewayUsagePlan gold; $null = New-ApiGatewayApiKey web -UsagePlanId $p'
        Tries = @('Get-ApiGatewayUsagePlanKey gold', 'Get-ApiGatewayUsagePlan -Name gold | Get-ApiGatewayUsagePlanKey')
        Check = '"$($out.Name)" -eq "web"' }
    @{ Who = 'Administrator'; Goal = 'See which plans a key is in'
        Given = '$p = New-ApiGatewayUsagePlan gold; $null = New-ApiGatewayApiKey web -UsagePlanId $p; $null = New-ApiGatewayUsagePlan tin'
        Tries = @('Get-ApiGatewayApiKey web | Get-ApiGatewayUsagePlan', 'Get-ApiGatewayUsagePlan -KeyId (Get-ApiGatewayApiKey web).Id')
        Check = '"$($out.Name)" -eq "gold"' }
    @{ Who = 'Administrator'; Goal = 'Raise a plan''s rate and burst'
        Given = '$p = New-ApiGatewayUsagePlan gold -RateLimit 1 -BurstLimit 2'
        Tries = @('Set-ApiGatewayUsagePlan gold -RateLimit 5 -BurstLimit 10')
        Check = '(Get-ApiGatewayUsagePlan -Name gold).RateLimit -eq 5' }
    @{ Who = 'Administrator'; Goal = 'Say why a caller gets 403'
        Given = '$null = New-ApiGatewayApiKey web -Enabled $false'
        Works = 2
        Tries = @('Test-ApiGatewayApiKey web', 'Get-ApiGatewayApiKey web | Test-ApiGatewayApiKey')
        Check = '"$($out | Out-String)" -match "disabled"' }
    @{ Who = 'Administrator'; Goal = 'See how much a key was used last week'
        Given = '$p = New-ApiGatewayUsagePlan gold -QuotaLimit 10 -QuotaPeriod Day; $null = New-ApiGatewayApiKey web -UsagePlanId $p'
        Tries = @('Get-ApiGatewayApiKey web | Get-ApiGatewayApiKeyUsage -StartDate (Get-Date).AddDays(-7)')
        Check = '$out.Count -ge 7 -and $out[0].ApiKeyName -eq "web"' }
    @{ Who = 'Administrator'; Goal = 'Remove a key, of which the name is known'
        Given = '$null = New-ApiGatewayApiKey web'
        Works = 2
        Tries = @('Remove-ApiGatewayApiKey web -Confirm:$false', 'Get-ApiGatewayApiKey web | Remove-ApiGatewayApiKey -Confirm:$false')
        Check = '-not (Get-ApiGatewayApiKey)' }
    @{ Who = 'Administrator'; Goal = 'Keys for a spreadsheet: one column for each thing, tags readable'
        Given = '$null = New-ApiGatewayApiKey web -Tag @{ env = "prod" }'
        Tries = @('Get-ApiGatewayApiKey | Export-Csv keys.csv',
            'Get-ApiGatewayApiKey | Select-Object Id, Name, @{ n = "Tags"; e = { "$($_.Tags)" } } | Export-Csv keys.csv')
        Check = '$r = Import-Csv keys.csv; "$($r.Tags)" -match "env" -and -not ($r.PSObject.Properties.Name -match "_")' }
    @{ Who = 'Administrator'; Goal = 'Import a spreadsheet saved with semicolons'
        Given = 'Set-Content keys.csv "Name;Key;Enabled", "web;0123456789abcdefghijklmn;TRUE"'
        Works = 2
        Tries = @('Import-ApiGatewayApiKey -Path keys.csv -Confirm:$false',
            '(Get-Content keys.csv -Raw).Replace(";", ",") | Set-Content keys.csv; Import-ApiGatewayApiKey -Path keys.csv -Confirm:$false')
        Check = '(Get-ApiGatewayApiKey web).Enabled' }
    @{ Who = 'Administrator'; Goal = 'Keys older than 90 days'
        Given = '$null = New-ApiGatewayApiKey web'
        Works = 2
        Tries = @('Get-ApiGatewayApiKey | Where-Object { (Get-Date) - $_.CreatedDate -lt [timespan]"90.0:0:0" }',
            'Get-ApiGatewayApiKey | Where-Object Age -lt "90.0:0:0"',
            'Get-ApiGatewayApiKey | Where-Object { $_.CreatedDate -gt (Get-Date).AddDays(-90) }')
        Check = '"$($out.Name)" -eq "web"' }
    @{ Who = 'Author'; Goal = 'Make a key unless it is there'
        Given = '$null = New-ApiGatewayApiKey web'
        Works = 2
        Tries = @('New-ApiGatewayApiKey web -IfNotExists',
            'if (-not (Get-ApiGatewayApiKey web -ErrorAction Ignore)) { New-ApiGatewayApiKey web }')
        Check = '@(Get-ApiGatewayApiKey).Count -eq 1' }
    @{ Who = 'Author'; Goal = 'Remove a key that may be gone'
        Tries = @('Remove-ApiGatewayApiKey abcdefghij -IfExists -Confirm:$false')
        Check = '$true' }
    @{ Who = 'Author'; Goal = 'Catch the removal of a key that is not there'
        Tries = @('try { Remove-ApiGatewayApiKey abcdefghij -Confirm:$false -ErrorAction Stop } catch { $caught = $_; $Error.Clear() }')
        Check = '$caught.FullyQualifiedErrorId -like "ApiKeyNotFound*"' }
    @{ Who = 'Author'; Goal = 'A key for each row of a file'
        Given = 'Set-Content rows.csv "Name,Description", "a,one", "b,two"'
        Tries = @('Import-Csv rows.csv | New-ApiGatewayApiKey')
        Check = '"$((Get-ApiGatewayApiKey).Description | Sort-Object)" -eq "one two"' }
    @{ Who = 'Author'; Goal = 'A key for each row of a file whose column has another name'
        Given = 'Set-Content rows.csv "Customer", "a", "b"'
        Tries = @('(Import-Csv rows.csv).Customer | New-ApiGatewayApiKey')
        Check = '"$((Get-ApiGatewayApiKey).Name | Sort-Object)" -eq "a b"' }
    @{ Who = 'Author'; Goal = 'A value of one''s own, kept as a secure string'
        Given = '$s = ConvertTo-SecureString 0123456789abcdefghijklmn -AsPlainText'
        Tries = @('New-ApiGatewayApiKey web -Value $s')
        Check = '(Get-ApiGatewayApiKey web -IncludeValue).Value -eq "0123456789abcdefghijklmn"' }
    @{ Who = 'Author'; Goal = 'Disable the keys of a file written by Export-Clixml'
        Given = 'New-ApiGatewayApiKey web | Export-Clixml keys.xml'
        Tries = @('Import-Clixml keys.xml | Set-ApiGatewayApiKey -Enabled $false')
        Check = '(Get-ApiGatewayApiKey web).Enabled -eq $false' }
    @{ Who = 'Author'; Goal = 'Remove the keys of a file written by ConvertTo-Json'
        Given = 'New-ApiGatewayApiKey web | ConvertTo-Json | Set-Content keys.json'
        Tries = @('Get-Content keys.json | ConvertFrom-Json | Remove-ApiGatewayApiKey -Confirm:$false')
        Check = '-not (Get-ApiGatewayApiKey)' }
    @{ Who = 'Author'; Goal = 'Put the keys of a file into a plan'
        Given = '$p = New-ApiGatewayUsagePlan gold; New-ApiGatewayApiKey web | Export-Clixml keys.xml'
        Tries = @('Import-Clixml keys.xml | Add-ApiGatewayUsagePlanKey $p')
        Check = '($p | Get-ApiGatewayUsagePlanKey).Name -eq "web"' }
    @{ Who = 'Author'; Goal = 'Put a key into a plan that it may be in'
        Given = '$p = New-ApiGatewayUsagePlan gold; $k = New-ApiGatewayApiKey web -UsagePlanId $p'
        Tries = @('Add-ApiGatewayUsagePlanKey $p $k -IfNotExists', 'Add-ApiGatewayUsagePlanKey $p $k -ErrorAction Ignore')
        Check = '@($p | Get-ApiGatewayUsagePlanKey).Count -eq 1' }
    @{ Who = 'Author'; Goal = 'Rotate a key and get the new value'
        Given = '$k = New-ApiGatewayApiKey web'
        Tries = @('$k | Invoke-ApiGatewayApiKeyRotation -Confirm:$false',
            '$k | Invoke-ApiGatewayApiKeyRotation -OldKey Keep -Confirm:$false | Get-ApiGatewayApiKey -IncludeValue')
        Check = '"$($out | ConvertTo-Json -Depth 3)" -match "[A-Za-z0-9]{40}" -and @(Get-ApiGatewayApiKey).Count -eq 2' }
    @{ Who = 'Author'; Goal = 'Import a key file, given without a word before it'
        Given = 'Set-Content keys.csv "Name,Key", "web,0123456789abcdefghijklmn"'
        Works = 2
        Tries = @('Import-ApiGatewayApiKey keys.csv -Confirm:$false', 'Import-ApiGatewayApiKey -Path keys.csv -Confirm:$false')
        Check = '[bool](Get-ApiGatewayApiKey web)' }
    @{ Who = 'Author'; Goal = 'Find a value that was written into a script'
        Given = '$k = New-ApiGatewayApiKey web -Value 0123456789abcdefghijklmn; Set-Content app.ps1 "`$key = ''0123456789abcdefghijklmn''"'
        Tries = @('Find-ApiGatewayApiKeyLeak .', 'Find-ApiGatewayApiKeyLeak -Path .',
            'Get-ApiGatewayApiKey -IncludeValue | Where-Object { Select-String -Path app.ps1 -SimpleMatch $_.Value -Quiet }')
        Check = '"$($out | Out-String)" -match "web"' }
    @{ Who = 'Author'; Goal = 'Take what the AWS CLI lists as rows'
        Given = 'Set-Content keys.json ''{"items":[{"id":"abcdefghij","name":"web","enabled":true}]}'''
        Tries = @('Get-Content keys.json -Raw | ConvertFrom-Json | New-ApiGatewayApiKey',
            '(Get-Content keys.json -Raw | ConvertFrom-Json).items | New-ApiGatewayApiKey',
            '(Get-Content keys.json -Raw | ConvertFrom-Json).items | Select-Object Name | New-ApiGatewayApiKey')
        Check = '@(Get-ApiGatewayApiKey web).Count -eq 1' }
    @{ Who = 'Terraform'; Goal = 'Read tags_all'
        Given = '$k = New-ApiGatewayApiKey web -Tag @{ env = "prod" }'
        Tries = @('$k.tags_all.env', '$k.TagsAll.env')
        Check = '"$out" -eq "prod"' }
    @{ Who = 'Terraform'; Goal = 'Bring an existing key in by its id'
        Given = '$k = New-ApiGatewayApiKey web'
        Tries = @('Import-ApiGatewayApiKey $k.Id')
        Check = '$out.Name -eq "web" -and $out.Value' }
    @{ Who = 'Terraform'; Goal = 'See what would be made of a document with Terraform''s names'
        Given = 'Set-Content keys.json ''[{"name":"web","customer_id":"c1","tags":{"env":"prod"}}]'''
        Tries = @('Compare-ApiGatewayApiKey keys.json')
        Check = '"$($out | Out-String)" -match "web"' }
    @{ Who = 'Terraform'; Goal = 'Make what a document says, twice'
        Given = 'Set-Content keys.json ''[{"name":"web","customer_id":"c1","tags":{"env":"prod"}}]'''
        Tries = @('Sync-ApiGatewayApiKey keys.json -Confirm:$false; Sync-ApiGatewayApiKey keys.json -Confirm:$false')
        Check = '@(Get-ApiGatewayApiKey web).Count -eq 1' }
    @{ Who = 'Terraform'; Goal = 'Remove what is not in the document any more'
        Given = '$null = "old", "web" | New-ApiGatewayApiKey -Tag @{ team = "a" }
            Set-Content keys.json ''[{"name":"web","tags":{"team":"a"}}]'''
        Works = 2
        Tries = @('Sync-ApiGatewayApiKey keys.json -Prune -Confirm:$false',
            'Sync-ApiGatewayApiKey keys.json -Prune -PruneTag @{ team = "a" } -Confirm:$false')
        Check = '"$((Get-ApiGatewayApiKey).Name)" -eq "web"' }
    @{ Who = 'Terraform'; Goal = 'Hold what is there against a Terraform state file'
        Given = '$k = New-ApiGatewayApiKey web -Description old; @{
                version = 4; terraform_version = "1.9.0"; serial = 1; lineage = "x"; outputs = @{}; resources = @(@{
                    mode = "managed"; type = "aws_api_gateway_api_key"; name = "web"
                    provider = "provider[`"registry.terraform.io/hashicorp/aws`"]"
                    instances = @(@{ schema_version = 0; attributes = @{
                        id = $k.Id; name = "web"; enabled = $true; description = "Managed by Terraform"; tags = $null; tags_all = @{} } })
                })
            } | ConvertTo-Json -Depth 8 | Set-Content terraform.tfstate'
        Tries = @('Compare-ApiGatewayApiKey terraform.tfstate')
        Check = '"$($out | Out-String)" -match "Managed by Terraform"' }
    @{ Who = 'Terraform'; Goal = 'Hand keys over to Terraform'
        Given = '$null = New-ApiGatewayApiKey web'
        Tries = @('Export-ApiGatewayApiKey keys.tf', 'Export-ApiGatewayApiKey -Path keys.tf',
            'Export-ApiGatewayApiKey -Path keys.tf -Format Terraform')
        Check = '(Get-Content keys.tf -Raw) -match "aws_api_gateway_api_key" -and (Get-Content keys.tf -Raw) -match "import \{"' }
    @{ Who = 'Terraform'; Goal = 'A default tag on every key'
        Given = 'Connect-ApiGateway -Emulator -Region eu-central-1 -DefaultTag @{ team = "a" }'
        Tries = @('New-ApiGatewayApiKey web')
        Check = '$out.tags_all["team"] -eq "a"' }
    @{ Who = 'Terraform'; Goal = 'Use what a CloudFormation template says'
        Given = 'Set-Content t.json ''{"Resources":{"K":{"Type":"AWS::ApiGateway::ApiKey","Properties":{"Name":"web","Enabled":true}}}}'''
        Tries = @('Sync-ApiGatewayApiKey t.json -Confirm:$false',
            'Set-Content k.json ''[{"name":"web"}]''; Sync-ApiGatewayApiKey k.json -Confirm:$false')
        Check = '[bool](Get-ApiGatewayApiKey web)' }
)
