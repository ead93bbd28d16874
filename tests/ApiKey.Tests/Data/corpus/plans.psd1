@{
    UsagePlans = @(
        @{
            Name = 'gold'; Description = 'The best'
            ApiStages = @('a1b2c3d4e5:test', @{ ApiId = 'a1b2c3d4e5'; Stage = 'prod'
                Throttle = @{ '/pets/GET' = @{ RateLimit = 2.5; BurstLimit = 3 } } })
            RateLimit = 0.1; BurstLimit = 20; QuotaLimit = 1000; QuotaPeriod = 'Week'; QuotaOffset = 2
            Tags = @{ tier = 'gold' }
        }
    )
    Keys = @(
        @{ Name = 'partner-acme'; UsagePlanIds = @('gold') }
        @{ Name = 'partner-globex'; UsagePlans = 'gold' }
    )
}
