# Pester from the installed modules, or from its NuGet package, restored as any other.
function Import-Pester([version] $Version) {
    $installed = Get-Module Pester -ListAvailable | Where-Object Version -eq $Version | Select-Object -First 1
    if ($installed) {
        Import-Module $installed
        return
    }

    $packages = $env:NUGET_PACKAGES ? $env:NUGET_PACKAGES : (Join-Path $HOME '.nuget/packages')
    $module = Join-Path $packages "pester/$Version/tools/Pester.psd1"
    if (-not (Test-Path -LiteralPath $module)) {
        $project = Join-Path $PSScriptRoot '../../artifacts/pester/pester.csproj'
        New-Item -ItemType Directory (Split-Path $project) -Force | Out-Null
        Set-Content -LiteralPath $project @"
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup>
  <ItemGroup>
    <PackageReference Remove="@(PackageReference)" />
    <PackageDownload Include="Pester" Version="[$Version]" />
  </ItemGroup>
</Project>
"@
        & dotnet restore $project --verbosity quiet | Out-Host
        if ($LASTEXITCODE -ne 0 -or -not (Test-Path -LiteralPath $module)) {
            throw "Pester $Version is neither installed nor to be had from NuGet. Install it with Install-PSResource Pester -Version $Version, or name another with -PesterVersion."
        }
    }

    Import-Module $module
}

# Where the built module is; throws when it is not there, or when this process has another copy of it already: .NET loads an assembly
# once, so the other one would be tested.
function Get-BuiltModule {
    $module = [IO.Path]::GetFullPath((Join-Path $PSScriptRoot '../../artifacts/module/ApiKey'))
    $manifest = Join-Path $module 'ApiKey.psd1'
    if (-not (Test-Path -LiteralPath $manifest)) {
        throw "$manifest is not there. Build first: dotnet build"
    }

    $loaded = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'ApiKey' } | ForEach-Object Location
    $other = $loaded | Where-Object { $_ -ne (Join-Path $module 'bin/ApiKey.dll') }
    if ($other) {
        throw "This PowerShell has imported another copy of ApiKey: $other. Run the suite in a new PowerShell."
    }

    $manifest
}
