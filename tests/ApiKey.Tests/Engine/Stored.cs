namespace ApiKey.Tests.Engine;

/// <summary>A session in which <c>Store</c> sends objects through a file.</summary>
internal static class Stored
{
    /// <summary>A session of its own, connected to an emulator, in which a script made what is to be stored.</summary>
    public static ModuleSession Prepare(string script)
    {
        ModuleSession session = new ModuleSession().WithUtility().Unconnected();
        session.Good(
            """
            Connect-ApiGateway -Emulator -Region eu-central-1
            function global:Store {
                $file = [System.IO.Path]::GetTempFileName()
                $input | Export-Clixml $file -Force
                Import-Clixml $file
                [System.IO.File]::Delete($file)
            }
            """);
        session.Good(script);
        return session;
    }
}
