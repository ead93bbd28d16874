# The engine alone lacks the commands of PowerShell's utility modules; these do just enough for the pages' examples.
function global:Import-Csv {
    [CmdletBinding()]
    param([string] $Path)

    $file = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
    $head, $rows = [IO.File]::ReadAllLines($file)
    $names = $head -split ','
    foreach ($row in $rows) {
        $cells = $row -split ','
        $properties = [ordered]@{}
        for ($index = 0; $index -lt $names.Count; $index++) {
            $properties[$names[$index]] = $cells[$index]
        }

        [pscustomobject] $properties
    }
}

function global:Set-Clipboard([Parameter(ValueFromPipeline)] [string] $Value) {
    process {
        if (-not $Value) {
            throw 'There is nothing to copy.'
        }
    }
}

function global:Read-Host([switch] $AsSecureString, [string] $Prompt) {
    [Net.NetworkCredential]::new('', $global:typed).SecurePassword
}

# Vaults of other modules: they fail without a value, as the real ones do.
function global:Set-Secret([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [string] $Secret) {
}

function global:New-SECSecret([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [string] $SecretString) {
    "arn of $Name"
}

function global:Write-SSMParameter(
    [Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [string] $Value, [ValidateSet('SecureString')] [string] $Type) {
    1
}
