#Requires -Version 7.4

<#
.SYNOPSIS
    Finds keys that nobody used, as objects, as a CSV file and as an HTML page with a chart.
.DESCRIPTION
    Reads the usage of every key in its plans for the last days (AWS keeps 90) and says for each key how much it was used and
    when last. In a plan without a quota AWS does not count: a key that was used there has no number and no last day, but it is
    not unused. What a key used of a plan that it has left is not seen. No value is read.
    Writes unused-keys.csv and key-usage.html into the folder of -Destination and emits the unused keys.
.EXAMPLE
    ./New-UnusedKeyReport.ps1 -Days 60 -Destination ./report | Format-Table
#>
[CmdletBinding()]
param(
    [ValidateRange(1, 90)] [int] $Days = 30,
    [string] $Destination = '.'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$last = [DateTime]::UtcNow.Date
$first = $last.AddDays(1 - $Days)
$keys = @(Get-ApiGatewayApiKey)
$usage = @($keys | Get-ApiGatewayApiKeyUsage -StartDate $first -EndDate $last)
$rowsOf = $usage | Group-Object -Property ApiKeyId -AsHashTable -AsString
$report = foreach ($key in $keys) {
    $rows = if ($rowsOf -and $rowsOf.ContainsKey($key.Id)) { @($rowsOf[$key.Id]) } else { @() }
    $used = @($rows | Where-Object Used -GT 0 | Sort-Object -Property Date)
    $uncounted = @($rows | Where-Object { $_.WasUsed -and $null -eq $_.Used }).Count -gt 0
    $sum = [long]0
    $used | ForEach-Object { $sum += $_.Used }
    [pscustomobject]@{
        Name        = $key.Name
        Id          = $key.Id
        Enabled     = $key.Enabled
        WasUsed     = $used.Count -gt 0 -or $uncounted
        Used        = $uncounted -and $sum -eq 0 ? $null : $sum
        LastUsed    = $used -and -not $uncounted ? $used[-1].Date.ToString('yyyy-MM-dd') : $null
        Plans       = ($rows | Where-Object UsagePlanId | Select-Object -ExpandProperty UsagePlanName -Unique) -join ', '
        CreatedDate = $key.CreatedDate.ToString('yyyy-MM-dd')
        CustomerId  = $key.CustomerId
        Region      = $key.Region
    }
}

$report = @($report | Sort-Object -Property Used -Descending)
$unused = @($report | Where-Object { -not $_.WasUsed })
$uncountedOnly = @($report | Where-Object { $_.WasUsed -and $null -eq $_.Used })
$folder = (New-Item -ItemType Directory -Path $Destination -Force).FullName
$unused | Export-Csv -LiteralPath (Join-Path $folder 'unused-keys.csv')

# The page stands alone: no script, nothing from elsewhere, and every text in it is escaped.
function ConvertTo-HtmlText([object] $Text) {
    [Net.WebUtility]::HtmlEncode("$Text")
}

$shown = @($report | Select-Object -First 40)
$most = $shown.Count -gt 0 ? [Math]::Max(1, [long]$shown[0].Used) : 1
$bars = for ($index = 0; $index -lt $shown.Count; $index++) {
    $key = $shown[$index]
    $width = [Math]::Round(600 * [long]$key.Used / $most)
    $number = $null -eq $key.Used ? 'used, not counted' : $key.Used.ToString('N0', [cultureinfo]::InvariantCulture)
    $y = 24 * $index
    $name = ConvertTo-HtmlText ($key.Name ?? $key.Id)
    "<text x='250' y='$($y + 16)' text-anchor='end'>$name</text><rect x='260' y='$($y + 4)' width='$width' height='16'><title>$name</title></rect><text x='$($width + 266)' y='$($y + 16)'>$number</text>"
}

$table = foreach ($key in $unused) {
    "<tr><td>$(ConvertTo-HtmlText $key.Name)</td><td><code>$(ConvertTo-HtmlText $key.Id)</code></td><td>$(if ($key.Enabled) { 'yes' } else { 'no' })</td><td>$(ConvertTo-HtmlText $key.Plans)</td><td>$(ConvertTo-HtmlText $key.CustomerId)</td><td>$($key.CreatedDate)</td></tr>"
}

@"
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>API key usage</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; color: #222; }
svg text { font-size: 13px; } rect { fill: #2a6fb0; }
table { border-collapse: collapse; } td, th { text-align: left; padding: .2rem 1rem .2rem 0; border-bottom: 1px solid #ddd; }
</style>
</head>
<body>
<h1>API key usage, $($first.ToString('yyyy-MM-dd')) to $($last.ToString('yyyy-MM-dd'))</h1>
<p>$($keys.Count) keys, $($unused.Count) of them not used at all, $($uncountedOnly.Count) used but not counted (their plans have no quota).</p>
<svg width="960" height="$(24 * $shown.Count + 8)" role="img" aria-label="Requests by key">
$($bars -join "`n")
</svg>
<h2>Not used</h2>
<table>
<tr><th>Name</th><th>Id</th><th>Enabled</th><th>Plans</th><th>Customer</th><th>Created</th></tr>
$($table -join "`n")
</table>
</body>
</html>
"@ | Set-Content -LiteralPath (Join-Path $folder 'key-usage.html') -Encoding utf8

$unused
