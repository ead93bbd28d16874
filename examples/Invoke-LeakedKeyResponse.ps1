#Requires -Version 7.4

<#
.SYNOPSIS
    Answers leaked API keys: find, rotate, deliver, disable, look at usage, remove.
.DESCRIPTION
    Finds whose values lie in -Path, or accepts what Find-ApiGatewayApiKeyLeak found elsewhere. Each key that can be used gets a successor,
    whose value is handed to -Deliver. Then the old keys are disabled, together: a new key is refused for up to a minute and a half after
    it joined a usage plan, which is waited for, and a disabled one may be accepted for as long. Nothing is disabled before its successor
    was delivered: an error of -Deliver, or a program in it that fails, keeps the old key.
    Then it emits for each key where it was found, and what was used of it since -Since. With -Remove the disabled keys are removed after
    that. Each step is safe to repeat: run it again where something failed. What was delivered is noted on the successor in the tag
    delivered, as by Invoke-NightlyRotation.ps1, and not delivered again. The exit code is 1 when something failed, also when not
    everything could be searched. No value is in the output.
.PARAMETER Deliver
    Hands a new value to its callers: gets the successor, its Value too.
.PARAMETER Since
    The day of the leak, UTC. AWS keeps usage for 90 days.
.PARAMETER Force
    Does not wait until AWS accepts the new keys, and rotates a key although the one that it replaced is still there.
.EXAMPLE
    ./Invoke-LeakedKeyResponse.ps1 . -Since 2026-11-01 -Deliver { param($key) Set-Secret -Name $key.Name -Secret $key.Value -Vault Partners }
.EXAMPLE
    git log -p --all | Find-ApiGatewayApiKeyLeak -Region eu-central-1, us-east-1 | ./Invoke-LeakedKeyResponse.ps1 -Deliver $deliver
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'Medium')]
param(
    [Parameter(Mandatory, Position = 0, ParameterSetName = 'Path')] [string[]] $Path,
    [Parameter(Mandatory, ValueFromPipeline, ParameterSetName = 'Leak')] [object[]] $Leak,
    [Parameter(Mandatory)] [scriptblock] $Deliver,
    [ValidateScript({ $_ -le [DateTime]::UtcNow -and $_ -ge [DateTime]::UtcNow.Date.AddDays(-89) },
        ErrorMessage = 'AWS keeps usage for 90 days: specify a day of the last 90.')]
    [DateTime] $Since = [DateTime]::UtcNow.Date.AddDays(-29),
    [switch] $Remove,
    [switch] $Force
)

begin {
    $ErrorActionPreference = 'Continue'
    $failures = [Collections.ArrayList]::new()
    $leaks = [Collections.Generic.List[object]]::new()

    # Throws unless everything in -Deliver went well: also after an error that would let a script go on, and after a program that failed.
    # What a program writes to standard error is not a failure by itself.
    function Send-Value($Key) {
        $ErrorActionPreference = 'Stop'
        $PSNativeCommandUseErrorActionPreference = $true
        $errors = @(& $Deliver $Key 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] -and $_.FullyQualifiedErrorId -notlike 'NativeCommandError*' })
        if ($errors) {
            throw $errors[0]
        }
    }
}

process {
    $leaks.AddRange(@($Leak | Where-Object { $_ }))
}

end {
    if ($Path) {
        $leaks.AddRange(@(Find-ApiGatewayApiKeyLeak $Path -Recurse -Encoded -ErrorVariable +failures))
    }

    $answers = foreach ($found in $leaks | Group-Object ProfileName, Region, Id -CaseSensitive) {
        # As it is now: an earlier run may have come this far.
        $key = $found.Group[0] | Get-ApiGatewayApiKey -ErrorVariable +failures
        if (-not $key) {
            continue
        }

        # In words, because the id of a key from before 2016 is its value.
        $places = @($found.Group | ForEach-Object { ($_.Path, $_.Line | Where-Object { $_ }) -join ':' } | Select-Object -Unique)
        if (-not $PSCmdlet.ShouldProcess("$key, found at $($places -join ', ')", "Rotate, deliver and $($Remove ? 'remove' : 'disable')")) {
            continue
        }

        $answer = [pscustomobject]@{ Old = "$key"; New = $key.RotatedTo; Region = $key.Region; Step = 'Found'; Places = $places; UsedSince = $null; WasUsed = $null }
        $before = $failures.Count
        if (-not $key.Enabled) {
            $answer.Step = 'Disabled'
        }
        elseif ($successor = ($key | Invoke-ApiGatewayApiKeyRotation -OldKey Keep -Confirm:$false -Force:$Force -ErrorVariable +failures).New) {
            $answer.New = "$successor"
            $answer.Step = 'Rotated'
            try {
                if ("$($successor.TagsAll['delivered'])" -cnotlike "$($successor.Id) *") {
                    Send-Value ($successor | Get-ApiGatewayApiKey -IncludeValue -ErrorAction Stop)
                    $successor | Set-ApiGatewayApiKey -AddTag @{ delivered = "$($successor.Id) $([DateTimeOffset]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ'))" } -ErrorVariable +failures
                }

                $answer.Step = 'Delivered'
            }
            catch {
                Write-Error "The value of the successor of '$key' was not delivered, so the leaked key stays: $($_.Exception.Message)" -ErrorVariable +failures
            }
        }
        elseif ($failures.Count -eq $before) {
            Write-Error "'$key' was not rotated, so the leaked key stays. -Force rotates it although the key that it replaced is still there." -ErrorVariable +failures
        }

        $answer | Add-Member -NotePropertyName Key -NotePropertyValue $key -PassThru
    }

    $delivered = @($answers | Where-Object Step -EQ 'Delivered')
    if ($delivered) {
        Write-Information 'Disabling the leaked keys. AWS accepts the new ones up to a minute and a half after they joined their usage plans, which is waited for unless -Force is given; it may accept the leaked ones for another minute and a half.' -InformationAction Continue
        $ended = @($delivered.Key | Invoke-ApiGatewayApiKeyRotation -OldKey Disable -Confirm:$false -Force:$Force -ErrorVariable +failures)
        foreach ($answer in $delivered) {
            $now = $ended | Where-Object { $_.Old.Id -ceq $answer.Key.Id -and $_.Old.Region -ceq $answer.Region -and $_.Old.ProfileName -ceq $answer.Key.ProfileName }
            if ($now.OldKey -eq 'Disabled') {
                $answer.Step = 'Disabled'
            }
        }
    }

    foreach ($answer in $answers) {
        # Before it is removed: nobody can ask afterwards.
        $before = $failures.Count
        $usage = @($answer.Key | Get-ApiGatewayApiKeyUsage -StartDate $Since -ErrorVariable +failures)
        if ($failures.Count -eq $before) {
            $answer.UsedSince = ($usage | Measure-Object Used -Sum).Sum
            $answer.WasUsed = [bool]($usage | Where-Object WasUsed)
            if ($Remove -and $answer.Step -eq 'Disabled') {
                $answer.Key | Remove-ApiGatewayApiKey -Confirm:$false -ErrorVariable +failures
                $answer.Step = $failures.Count -eq $before ? 'Removed' : 'Disabled'
            }
        }

        $answer | Select-Object -ExcludeProperty Key
    }

    exit $($failures ? 1 : 0)
}
