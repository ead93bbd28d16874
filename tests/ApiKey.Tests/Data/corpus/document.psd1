@{
    Defaults = @{ Tags = @{ env = 'prod' } }
    Keys = @(
        @{ Name = 'partner-acme'; Description = 'Acme Ltd.'; Enabled = $false }
        @{ Name = "partner-globex"; Tags = @{ 'a b' = '' } }
    )
}
