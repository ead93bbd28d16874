using ApiKey.DesiredState;
using ApiKey.Tags;

namespace ApiKey.Tests.DesiredState;

/// <summary>What fuzzing starts from is sound, otherwise it would try the first lines of the readers only.</summary>
public class CorpusTests
{
    [Fact]
    public void EveryDocumentWithUsagePlansIsRead()
    {
        ForeignReaders readers = ReaderFuzzTests.LoadReaders();
        string[] names = ["plans.json", "plans.yaml", "plans.psd1", "plans.csv", "cli-plans.json", "template.json", "template.yaml",
            "plans-plan.json"];
        Assert.All(names, name =>
        {
            DesiredSource source = new(name);
            string text = File.ReadAllText(Repository.PathOf("tests", "ApiKey.Tests", "Data", "corpus", name));
            DesiredEntries read = DesiredStateFile.Read(source, text, TagPolicy.None, default, readers);
            Assert.True(source.Problems.Count == 0, $"{name}: {string.Join('\n', source.Problems)}");
            Assert.NotEmpty(read.Keys);
            Assert.True(read.Plans.Count > 0 || name.EndsWith(".csv", StringComparison.Ordinal), name);
        });
    }
}
