# Pester from the installed modules, or from its NuGet package, restored as any other.
function Import-Pester([version] $Version) {
    $installed = Get-Module Pester -ListAvailable | Where-Object Version -eq $Version | Select-Object -First 1
    if ($installed) {
        Import-Module $installed
        return
    }

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
    $packages = $env:NUGET_PACKAGES ? $env:NUGET_PACKAGES : (Join-Path $HOME '.nuget/packages')
    $module = Join-Path $packages "pester/$Version/tools/Pester.psd1"
    if ($LASTEXITCODE -ne 0 -or -not (Test-Path -LiteralPath $module)) {
        throw "Pester $Version is neither installed nor to be had from NuGet. Install it with Install-PSResource Pester -Version $Version, or name another with -PesterVersion."
    }

    Import-Module $module
}
