# The page finishes at once what a user finishes later: no test waits for a minute and a half.
$global:PSDefaultParameterValues['Invoke-ApiGatewayApiKeyRotation:Force'] = $true
