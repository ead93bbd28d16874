using ApiKey.Shell;

return ShellArguments.TryParse(args, out ShellArguments parsed, out string fault)
    ? new ShellSession(parsed).Run()
    : Refuse(fault);

static int Refuse(string fault)
{
    Console.Error.WriteLine(fault);
    Console.Error.WriteLine(ShellArguments.Usage);
    return 64;
}
