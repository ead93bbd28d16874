# What the test files share: the module as the package has it, and an emulator with known keys.
$script:Root = (Resolve-Path -LiteralPath (Join-Path $PSScriptRoot '../..')).Path
$script:Manifest = Join-Path $Root 'artifacts/module/ApiKey/ApiKey.psd1'
if (-not (Test-Path -LiteralPath $Manifest)) {
    throw "$Manifest is not there. Build first: dotnet build"
}

Import-Module $Manifest -Force
$ConfirmPreference = 'None'
$ProgressPreference = 'SilentlyContinue'

function Connect-Emulator {
    Connect-ApiGateway -Emulator -Region eu-central-1
}

# Runs a command line in a pwsh of its own; gives back its lines, escape sequences and all.
function Invoke-Pwsh([string] $Command) {
    # As a .NET tool pwsh is a dll that dotnet runs.
    $library = Join-Path $PSHOME 'pwsh.dll'
    $line = @([Environment]::ProcessPath) + ([Environment]::ProcessPath -like '*dotnet*' ? @($library) : @()) +
        @('-NoProfile', '-NonInteractive', '-Command', "Import-Module '$Manifest'; $Command")
    $program, $arguments = $line
    & $program @arguments 2>&1 | ForEach-Object { "$_" }
}
