using ApiKey.Shell;

const string Greeting =
    "\"ApiKey on PowerShell $($PSVersionTable.PSVersion). Get-Command -Module ApiKey lists the commands; exit leaves.\"";

try
{
    Checkout checkout = Checkout.Find(AppContext.BaseDirectory);
    string[] session = ["-NoLogo", "-NoProfile", "-ConfigurationFile", checkout.SessionFile];
    string[] work = args switch
    {
        [] when Console.IsInputRedirected => ["-Command", "-"],
        [] => ["-NoExit", "-Command", Greeting],
        _ => args,
    };
    return Launch.DotNet([checkout.PowerShell(), .. session, .. work]);
}
catch (LaunchException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
