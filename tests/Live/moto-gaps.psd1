# What moto 5.2.1 does otherwise than AWS: the test that fails there for it, what moto does, and the error that shows it.
# A test that fails otherwise, or no longer, fails the run.
@{
    'tags are put on and taken off' = @{
        Does  = 'moto has no tags for existing keys: it answers /tags with an HTML page and the status 404.'
        Error = '*it is not the JSON that API Gateway sends*'
    }
    'a usage plan is made and changed, and a key joins and leaves it' = @{
        Does  = 'moto puts a key into a plan a second time without a conflict.'
        Error = '*UsagePlanKeyConflict*but no exception was thrown*'
    }
    'a file is imported' = @{
        Does  = 'moto does not know mode=import: it reads the file as JSON and answers with an HTML page and the status 500.'
        Error = '*it is not the JSON that API Gateway sends*HTTP 500*'
    }
    'a key is rotated and its plans follow' = @{
        Does  = 'moto cannot mark the old key: it answers /tags with an HTML page and the status 404.'
        Error = '*it is not the JSON that API Gateway sends*'
    }
}
