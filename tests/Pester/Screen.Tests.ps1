BeforeAll {
    . "$PSScriptRoot/Session.ps1"
    Connect-Emulator
    $script:first = New-ApiGatewayApiKey partner-acme -Tag @{ env = 'prod' } -Value TheSecretValue0123456789
    $script:second = New-ApiGatewayApiKey 'two words' -Enabled $false

    # Tab gives up after two seconds: what took as long is asked again.
    function Complete-Line($Line) {
        do {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $offered = TabExpansion2 $Line $Line.Length
        } while ($watch.Elapsed.TotalSeconds -gt 1.9)

        $offered
    }
}

Describe 'Errors' {
    It 'reads <id> with what to do next' -ForEach @(
        @{ Command = { New-ApiGatewayApiKey x -Value short }; Id = 'InvalidApiKey'; Category = 'InvalidArgument'; Says = 'Leave it out to have one generated' }
        @{ Command = { New-ApiGatewayApiKey x -Value TheSecretValue0123456789 }; Id = 'ApiKeyConflict'; Category = 'ResourceExists'; Says = 'Set-ApiGatewayApiKey -Id' }
        @{ Command = { Get-ApiGatewayApiKey gone }; Id = 'ApiKeyNotFound'; Category = 'ObjectNotFound'; Says = 'wildcards' }
        @{ Command = { Remove-ApiGatewayApiKey gone }; Id = 'ApiKeyNotFound'; Category = 'ObjectNotFound'; Says = '-Region' }
        @{ Command = { Set-ApiGatewayApiKey x }; Id = 'NothingToChange'; Category = 'InvalidArgument'; Says = '-AddTag' }
        @{ Command = { Connect-ApiGateway -SecretKey x }; Id = 'ContradictoryParameters'; Category = 'InvalidArgument'; Says = 'Give both' }
    ) {
        try { & $Command -ErrorAction Stop } catch { $failure = $_ }
        if (-not $failure) { & $Command -ErrorVariable failures -ErrorAction SilentlyContinue; $failure = $failures[0] }
        if (-not $failure) { $failure = $Error[0] }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id*"
        $failure.CategoryInfo.Category | Should -Be $Category
        "$failure" | Should -Match ([regex]::Escape($Says))
    }

    It 'names the command and the mistake in ConciseView' {
        $screen = Invoke-Pwsh '$ErrorView = "ConciseView"; Connect-ApiGateway -Emulator; New-ApiGatewayApiKey x -Value short' | Out-String
        $screen = [regex]::Replace($screen, '\e\[[0-9;]*m', '')
        $screen | Should -Match "New-ApiGatewayApiKey: API key 'x' was not created\. The value has 5 characters"
        $screen | Should -Not -Match 'at ApiKey\.|System\.Management'
    }
}

Describe 'Views' {
    It 'is a table for several keys and fits 80 columns' {
        $lines = Get-ApiGatewayApiKey | Out-String -Width 80 -Stream | Where-Object { $_ }
        [regex]::Replace($lines[0], '\e\[[0-9;]*m', '') | Should -Match '^Id +Name +Enabled +Created +Tags'
        $lines | ForEach-Object { [regex]::Replace($_, '\e\[[0-9;]*m', '').Length | Should -BeLessOrEqual 80 }
    }

    It 'is a list for one that was asked for' {
        Get-ApiGatewayApiKey -Id $first.Id | Out-String | Should -Match 'Arn +.*: arn:aws:apigateway'
    }

    It 'is grouped by region when several are shown' {
        $screen = Get-ApiGatewayApiKey -Region eu-central-1, eu-west-1 | Out-String
        [regex]::Replace($screen, '\e\[[0-9;]*m', '') | Should -Match 'Region: eu-central-1'
    }

    It 'has no colour when it goes to a file' {
        $file = Join-Path $TestDrive 'screen.txt'
        Get-ApiGatewayApiKey > $file
        Get-Content $file -Raw | Should -Not -Match '\e'
    }

    It 'never shows a value' {
        Get-ApiGatewayApiKey -IncludeValue | Format-List | Out-String | Should -Not -Match 'TheSecretValue'
        Get-ApiGatewayApiKey -IncludeValue | Out-String | Should -Not -Match 'TheSecretValue'
        "$(Get-ApiGatewayApiKey -Id $first.Id -IncludeValue)" | Should -Not -Match 'TheSecretValue'
    }
}

Describe 'Secrets' {
    It 'shows no value in any stream of <_>' -ForEach @(
        'New-ApiGatewayApiKey x -Value TheSecretValue0123456789'
        'Get-ApiGatewayApiKey -Value TheSecretValue0123456789'
        'Import-ApiGatewayApiKey $first.Id'
        'Import-ApiGatewayApiKey $first.Id | Set-ApiGatewayApiKey -Description x -WhatIf'
    ) {
        $all = & { $VerbosePreference = $DebugPreference = $ErrorActionPreference = 'Continue'; & ([scriptblock]::Create($_)) } *>&1
        $all | ForEach-Object { $_ -is [Management.Automation.ErrorRecord] ? "$_" : ($_ | Out-String) } | Out-String | Should -Not -Match 'TheSecretValue'
    }
}

Describe 'Help' {
    It 'is whole for <_>' -ForEach @(Import-PowerShellDataFile "$PSScriptRoot/../../ApiKey.psd1").CmdletsToExport {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match '\[<CommonParameters>\]'
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
        if ($help.parameters.PSObject.Properties['parameter']) {
            @($help.parameters.parameter | Where-Object { -not $_.description.Text.Trim() }) | Should -BeNullOrEmpty
        }

        @($help.relatedLinks.navigationLink).Count | Should -BeGreaterThan 0
    }

    It 'has the topic <_>' -ForEach 'about_ApiKey', 'about_ApiKey_Bulk', 'about_ApiKey_ComingFrom', 'about_ApiKey_Connections', 'about_ApiKey_DesiredState', 'about_ApiKey_Emulator', 'about_ApiKey_Tags' {
        Get-Help $_ | Out-String | Should -Match "TOPIC\s+$_"
    }
}

Describe 'Completion' {
    It 'completes <line> to <text>' -ForEach @(
        @{ Line = 'Get-ApiGatewayApiKey part'; Text = 'partner-acme' }
        @{ Line = 'Get-ApiGatewayApiKey two'; Text = "'two words'" }
        @{ Line = 'Get-ApiGatewayApiKey -Tag e'; Text = 'env=prod' }
        @{ Line = 'Get-ApiGatewayApiKey -Region eu-central-1'; Text = 'eu-central-1' }
        @{ Line = 'Set-ApiGatewayApiKey x -RemoveTag e'; Text = 'env' }
        @{ Line = 'Export-ApiGatewayApiKey x -Format j'; Text = 'Json' }
    ) {
        (Complete-Line $Line).CompletionMatches.CompletionText | Should -Contain $Text
    }

    It 'shows name and state next to an id' {
        $match = (Complete-Line 'Set-ApiGatewayApiKey two').CompletionMatches[0]
        $match.CompletionText | Should -Be $second.Id
        $match.ToolTip | Should -Match 'two words.*disabled'
    }

    It 'is no error when nothing can be reached' {
        Connect-ApiGateway -ProfileName gone -Region eu-west-1 -WarningAction Ignore
        $Error.Clear()
        { TabExpansion2 'Set-ApiGatewayApiKey zz' 23 } | Should -Not -Throw
        $Error.Count | Should -Be 0
        Connect-Emulator
    }
}
