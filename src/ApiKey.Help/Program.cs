using ApiKey.Help;

if (args is not [string assembly, string docs, string online, string output])
{
    Console.Error.WriteLine("Usage: ApiKey.Help ASSEMBLY DOCS ONLINE OUTPUT");
    return 2;
}

Directory.CreateDirectory(output);
Page shared = Page.Read(Path.Combine(docs, CommandPage.SharedParameters));
CommandPage[] pages =
[
    .. Command.ReadAll(assembly)
        .Select(command => (command, Path: Path.Combine(docs, command.Name + ".md")))
        .Where(pair => File.Exists(pair.Path))
        .Select(pair => new CommandPage(pair.command, Page.Read(pair.Path), shared)),
];
foreach (string former in Directory.EnumerateFiles(output, "about_*.help.txt"))
{
    File.Delete(former);
}

foreach (string topic in Directory.EnumerateFiles(docs, "about_*.md"))
{
    File.WriteAllText(Path.Combine(output, Path.GetFileNameWithoutExtension(topic) + ".help.txt"), PlainText.Write(Page.Read(topic)));
}

Maml.Write(pages, online).Save(Path.Combine(output, Path.GetFileName(assembly) + "-Help.xml"));
return 0;
