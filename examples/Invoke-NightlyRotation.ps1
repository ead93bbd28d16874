#Requires -Version 7.4

<#
.SYNOPSIS
    Rotates keys that have grown old, then disables and at last removes the ones they replace.
.DESCRIPTION
    Steps that are each safe to repeat, so run it every night:
    keys with the tags of -Tag that are older than -MaxAgeDays get a successor, and callers may use both;
    the value of a successor is handed to -Deliver, again every night until that succeeds, and the day is noted on the successor
    in the tag delivered;
    old keys whose successor was delivered at least -GraceDays ago are disabled;
    disabled old keys whose successor was delivered at least -GraceDays and -RemoveAfterDays ago are removed.
    Nothing is disabled before its successor was delivered: an error of -Deliver, or a program in it that fails, keeps the old key. Whoever delivers by other means puts the successor's id into the
    successor's tag delivered; -NoDelivery is for callers that read new values by themselves, and counts the days from when the
    successor was made.
    At AWS a new key is refused for up to 85 seconds after it joined a usage plan, and a disabled or removed one may be accepted
    for up to 73 more: new values are delivered, and old keys disabled, only when the new ones can be relied on.
    Nothing is done when the keys cannot all be listed: a successor that the listing lacks would be made once more.
    Emits an object for each step that was done; no value is in it. The exit code is 1 when something failed, so that a scheduler
    notices.
.PARAMETER Deliver
    Hands a new value to its callers: gets the successor, its Value too.
.PARAMETER NoDelivery
    Callers read new values by themselves, so no delivery is waited for.
.EXAMPLE
    ./Invoke-NightlyRotation.ps1 -Deliver { param($key) Set-Secret -Name $key.Name -Secret $key.Value -Vault Partners }
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [hashtable] $Tag = @{ rotation = 'nightly' },
    [ValidateRange(0, 3650)] [int] $MaxAgeDays = 30,
    [ValidateRange(0, 3650)] [int] $GraceDays = 7,
    [ValidateRange(0, 3650)] [int] $RemoveAfterDays = 14,
    [scriptblock] $Deliver,
    [switch] $NoDelivery
)

$ErrorActionPreference = 'Continue'
$failures = $null

function ConvertTo-Step([string] $Action, $Rotation) {
    [pscustomobject]@{ Action = $Action; Name = $Rotation.New.Name; OldId = $Rotation.Old.Id; NewId = $Rotation.New.Id; Region = $Rotation.New.Region }
}

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

# When a successor was delivered; nothing when it was not. The tag begins with the id of the key it was put on, because a
# successor inherits tags. TagsAll, because Tags omits what equals a default tag.
function Get-Delivery($Key) {
    $id, $time = "$($Key.TagsAll['delivered'])" -split ' ', 2
    $day = [DateTimeOffset]::MinValue
    if ($NoDelivery) { $Key.CreatedDate }
    elseif ($id -cne $Key.Id) { }
    elseif ([DateTimeOffset]::TryParse($time, [cultureinfo]::InvariantCulture, 'AssumeUniversal', [ref] $day)) { $day }
    else { $Key.CreatedDate }
}

# One listing answers everything: which keys are old, which have a successor, and since when. A successor counts also when
# somebody took the tags of -Tag off it.
$all = @(Get-ApiGatewayApiKey -ErrorVariable +failures)
if ($failures) {
    Write-Error 'Not all keys could be listed, so nothing was rotated, disabled or removed. The next run starts over.'
    exit 1
}

$byId = @{}
foreach ($key in $all) {
    $byId[$key.Id] = $key
}

$keys = @($all | Where-Object {
        $tags = $_.TagsAll
        -not ($Tag.Keys | Where-Object { -not $tags.ContainsKey($_) -or $tags[$_] -cne "$($Tag[$_])" })
    })
$now = [DateTimeOffset]::UtcNow
$rotate, $disable, $remove, $undelivered = @(), @(), @(), @()
foreach ($key in $keys) {
    # A copy of a key that was rotated has its tags: a successor names the old key, too.
    $successor = $byId["$($key.RotatedTo)"] | Where-Object { -not $_.RotatedFrom -or $_.RotatedFrom -ceq $key.Id }
    if (-not $successor) {
        if ($key.Enabled -and ($now - $key.CreatedDate).TotalDays -ge $MaxAgeDays) {
            $rotate += $key
        }
    }
    elseif ($delivery = Get-Delivery $successor) {
        $days = ($now - $delivery).TotalDays
        if ($key.Enabled) {
            if ($days -ge $GraceDays) {
                $disable += $key
            }
        }
        elseif ($days -ge $GraceDays + $RemoveAfterDays) {
            $remove += $key
        }
    }

    # A successor that its old key does not name yet may be missing from a plan: its rotation goes on first.
    $old = $byId["$($key.RotatedFrom)"]
    if ($key.RotatedFrom -and (-not $old -or $old.RotatedTo -ceq $key.Id) -and -not (Get-Delivery $key)) {
        $undelivered += $key
    }
}

$rotations = @($rotate | Invoke-ApiGatewayApiKeyRotation -OldKey Keep -Confirm:$false -ThrottleLimit 8 -ErrorVariable +failures)
$rotations | ForEach-Object { ConvertTo-Step 'Rotated' $_ }

if ($Deliver) {
    # AWS refuses a new key for a while after it joined a usage plan: its value is delivered when it can be relied on.
    $wait = @($rotations | ForEach-Object { ($_.ReliableFrom - [DateTimeOffset]::UtcNow).TotalSeconds } | Sort-Object)[-1]
    if ($wait -gt 0) {
        Start-Sleep -Seconds ([Math]::Ceiling($wait))
    }

    $values = @($undelivered | Get-ApiGatewayApiKey -IncludeValue -ErrorVariable +failures)
    foreach ($successor in $values + @($rotations | ForEach-Object { $_.New })) {
        if (-not $PSCmdlet.ShouldProcess("$successor", 'Deliver its value')) {
            continue
        }

        try {
            Send-Value $successor
            Set-ApiGatewayApiKey $successor -AddTag @{ delivered = "$($successor.Id) $([DateTimeOffset]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ'))" } -ErrorVariable +failures
        }
        catch {
            Write-Error "The value of API key '$successor' was not delivered, so the key it replaces stays: $($_.Exception.Message)" -ErrorVariable +failures
        }
    }
}
elseif (-not $NoDelivery -and $undelivered.Count + $rotations.Count -gt 0) {
    Write-Warning "The keys that these replace stay enabled, because nobody delivered their values: $(@($undelivered) + @($rotations | ForEach-Object { $_.New }) -join ', '). Use -Deliver or -NoDelivery, or put each one's id into its tag delivered."
}

# Reported when the command is over: only then is it true.
$ended = @($disable | Invoke-ApiGatewayApiKeyRotation -OldKey Disable -Confirm:$false -ThrottleLimit 8 -ErrorVariable +failures)
$ended += @($remove | Invoke-ApiGatewayApiKeyRotation -OldKey Remove -Confirm:$false -ThrottleLimit 8 -ErrorVariable +failures)
$ended | Where-Object OldKey -In 'Disabled', 'Removed' | ForEach-Object { ConvertTo-Step $_.OldKey $_ }

if ($failures) {
    exit 1
}
