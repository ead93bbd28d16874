# Runs first in every session of the launcher (see Session.pssc).
try {
    Import-Module "$PSScriptRoot/../../ApiKey.psd1" -ErrorAction Stop
}
catch {
    [Console]::Error.WriteLine("The ApiKey module could not be imported: $($_.Exception.Message)`nBuild it again: dotnet build")
    [Environment]::Exit(1)
}

# A file or the next program gets text without colours.
if ([Console]::IsOutputRedirected) {
    $PSStyle.OutputRendering = 'PlainText'
}

# A session with a configuration file has no PSReadLine; the first prompt brings it.
function PSConsoleHostReadLine {
    Import-Module PSReadLine
    PSConsoleHostReadLine
}
