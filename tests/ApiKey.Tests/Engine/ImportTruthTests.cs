using System.Management.Automation;
using System.Net;
using ApiKey.Emulator;
using ApiKey.Model;

namespace ApiKey.Tests.Engine;

/// <summary>An import tells what AWS does not: plans that are not there, keys that joined none, what is there after a refusal. AWS's
/// answers are as recorded.</summary>
public sealed class ImportTruthTests : IDisposable
{
    private const string Short = "Skipped invalid record: 2. API Key value should be at least 20 characters";

    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    [Theory]
    [InlineData("")]
    [InlineData("-WhatIf")]
    public void APlanThatIsNotThereIsRefusedWithItsLinesBeforeAnythingIsSent(string whatIf)
    {
        using ModuleSession session = new();
        string plan = Plan(session);
        string file = Write($"Name,Key,UsagePlanIds\na,,{plan}\nb,,nosuch\nc,,\"{plan},nosuch\"\nd,,abcdefghij0123456789\n");
        Outcome outcome = session.Run($"Import-ApiGatewayApiKey -Path $args[0] {whatIf}", file);
        Assert.Equal(("InvalidKeyFile", ErrorCategory.InvalidData), (outcome.ErrorId, outcome.Error.CategoryInfo.Category));
        Assert.Contains("has 3 problems", outcome.Error.ToString());
        Assert.Contains("line 3, column 1: There is no usage plan 'nosuch' in eu-central-1.", outcome.Error.ToString());
        Assert.Contains("line 4, column 1: There is no usage plan 'nosuch' in eu-central-1.", outcome.Error.ToString());
        Assert.DoesNotContain("abcdefghij0123456789", outcome.Error.ToString());
        Assert.Equal((0, 1), (session.Emulator.CountOf("ImportApiKeys"), session.Emulator.CountOf("GetUsagePlans")));
    }

    [Fact]
    public void PlansAreReadOnlyWhenRowsNameThem()
    {
        using ModuleSession session = new();
        session.Good("Import-ApiGatewayApiKey -Path $args[0]", Write("Name,Key,UsagePlanIds\na,,\n"));
        Assert.Equal(0, session.Emulator.CountOf("GetUsagePlans"));
    }

    [Theory]
    [InlineData(3, 4, 0)]
    [InlineData(30, 1, 1)]
    public void AKeyThatJoinedNoPlanIsReported(int rows, int plansRead, int membersRead)
    {
        // AWS answers 201 without a warning; the plan's id is lost on the way.
        string lost = "";
        using ModuleSession session = new(inner => new StubHandler(inner, async (request, cancellation) =>
        {
            if (IsImport(request))
            {
                string body = await request.Content!.ReadAsStringAsync(cancellation);
                request.Content = new StringContent(body.Replace(lost, "", StringComparison.Ordinal));
            }

            return null;
        }));
        lost = Plan(session);
        long before = session.Emulator.CountOf("GetUsagePlans");
        string file = Write("Name,Key,UsagePlanIds\n" + string.Concat(Enumerable.Range(0, rows).Select(row => $"k{row},,{lost}\n")));
        Outcome outcome = session.Run("Import-ApiGatewayApiKey -Path $args[0]", file);
        Assert.Equal(rows, outcome.Output.Count);
        Assert.Equal(rows, outcome.Errors.Count);
        ApiKeyInfo key = Assert.IsType<ApiKeyInfo>(outcome.Output[0].BaseObject);
        Assert.All(outcome.Errors, error => Assert.Equal("ApiKeyNotInUsagePlan", error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains($"Add-ApiGatewayUsagePlanKey -UsagePlanId {lost} -Id {key.Id}", outcome.Errors[0].ToString());
        Assert.Contains(outcome.Warnings, warning => warning.Contains("Run the same command again", StringComparison.Ordinal));
        Assert.Equal((plansRead, membersRead),
            (session.Emulator.CountOf("GetUsagePlans") - before, session.Emulator.CountOf("GetUsagePlanKeys")));
    }

    [Fact]
    public void KeysThatJoinedAreNotReported()
    {
        using ModuleSession session = new();
        string plan = Plan(session);
        Assert.Equal(2, session.Good("Import-ApiGatewayApiKey -Path $args[0]", Write($"Name,Key,UsagePlanIds\na,,{plan}\nb,,\"{plan}\"\n"))
            .Count);
    }

    [Fact]
    public void AWarningOfAwsIsToldWithItsLine()
    {
        using ModuleSession session = new(inner => new AsRecorded(inner));
        Outcome outcome = session.Run("Import-ApiGatewayApiKey -Path $args[0] -SkipValueCheck",
            Write("Name,Key\n\na,GoodValueGoodValueGood\nb,short\nc,\n"));
        Assert.EndsWith($"keys.csv, line 4: {Short}", outcome.Warnings[0]);
        Assert.Equal("ApiKeyNotImported", outcome.ErrorId);
    }

    [Theory]
    [InlineData("a,\n", "line 2")]
    [InlineData("a,\nb,\n", "lines 2 to 3")]
    public void AWarningOfAwsWithoutARowIsToldWithAllLines(string rows, string lines)
    {
        using ModuleSession session = new(inner => new StubHandler(inner, (request, _) => Task.FromResult(
            IsImport(request) ? StubHandler.Answer(HttpStatusCode.Created, """{"ids":[],"warnings":["Too many keys."]}""") : null)));
        Outcome outcome = session.Run("Import-ApiGatewayApiKey -Path $args[0]", Write($"Name,Key\n{rows}"));
        Assert.EndsWith($"keys.csv, {lines}: Too many keys.", outcome.Warnings[0]);
    }

    [Fact]
    public void AfterFailOnWarningWhatIsThereIsReported()
    {
        using ModuleSession session = new(inner => new AsRecorded(inner));
        string file = Write("Name,Key\ngood,GoodValueGoodValueGood\nbad,short\n");
        Outcome outcome = session.Run("Import-ApiGatewayApiKey -Path $args[0] -SkipValueCheck -FailOnWarning", file);
        string id = session.One<ApiKeyInfo>("Get-ApiGatewayApiKey").Id;
        string error = outcome.Error.ToString();
        Assert.Equal("InvalidRequest", outcome.ErrorId);
        Assert.Contains($"line 3: {Short}", error);
        Assert.Contains($"good ({id})", error);
        Assert.Contains($"Remove-ApiGatewayApiKey {id}", error);
        Assert.DoesNotContain("GoodValueGoodValueGood", outcome.Error.ToString() + outcome.Error.Exception);

        // The way on makes no second key.
        session.Run("Import-ApiGatewayApiKey -Path $args[0]", Write("Name,Key\ngood,GoodValueGoodValueGood\nbad,\n"));
        Assert.Equal(2, session.Good("Get-ApiGatewayApiKey").Count);
    }

    [Fact]
    public void AfterFailOnWarningGeneratedValuesStayTheSame()
    {
        using ModuleSession session = new(inner => new AsRecorded(inner));
        string file = Write("Name,Key\ngood,\nbad,short\n");
        Outcome refused = session.Run("Import-ApiGatewayApiKey -Path $args[0] -SkipValueCheck -FailOnWarning", file);
        Assert.Contains("without -FailOnWarning", refused.Error.ToString());
        Outcome again = session.Run("Import-ApiGatewayApiKey -Path $args[0] -SkipValueCheck", file);
        Assert.Equal(session.One<ApiKeyInfo>("Get-ApiGatewayApiKey").Id, ((ApiKeyInfo)Assert.Single(again.Output).BaseObject).Id);
    }

    [Fact]
    public void WhatARowDoesNotSayStaysOnTheKeyItOverwrites()
    {
        using ModuleSession session = new();
        session.Emulator.Seed(new SeedKey
        {
            Region = "eu-central-1",
            Name = "old",
            Description = "kept",
            Enabled = false,
            Value = "abcdefghij0123456789"
        });
        ApiKeyInfo key = session.One<ApiKeyInfo>("Import-ApiGatewayApiKey -Path $args[0]", Write("Name,Key\nnew,abcdefghij0123456789\n"));
        Assert.Equal(("new", "kept", false), (key.Name, key.Description, key.Enabled));
        key = session.One<ApiKeyInfo>("Import-ApiGatewayApiKey -Path $args[0]",
            Write("Name,Key,Description,Enabled\n,abcdefghij0123456789,other,true\n"));
        Assert.Equal(("new", "other", true), (key.Name, key.Description, key.Enabled));
    }

    [Fact]
    public void OneImportOfAFileRunsAtATime()
    {
        using ApiGatewayEmulator emulator = new();
        TaskCompletionSource tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using HttpMessageHandler handler = new StubHandler(new EmulatorHttpHandler(emulator), async (_, cancellation) =>
        {
            // Nothing is answered before the others have tried.
            await tried.Task.WaitAsync(TimeSpan.FromMinutes(2), cancellation);
            return null;
        });
        using ModuleSession first = new(_ => handler);
        using ModuleSession second = new(_ => handler);
        string file = Write("Name,Key\n" + string.Concat(Enumerable.Range(0, 50).Select(row => $"k{row},\n")));
        const string Import = "Import-ApiGatewayApiKey -Path $args[0]";
        using PowerShell running = first.Create(Import, file);
        IAsyncResult result = running.BeginInvoke();
        Assert.True(SpinWait.SpinUntil(() => Directory.GetFiles(_folder, "*.pid").Length == 1, TimeSpan.FromMinutes(2)));
        Outcome refused = second.Run(Import, file);
        Assert.Equal(("ImportInProgress", ErrorCategory.ResourceBusy), (refused.ErrorId, refused.Error.CategoryInfo.Category));
        Assert.Contains($"by process {Environment.ProcessId} on {Environment.MachineName} since 20", refused.Error.ToString());
        Assert.Equal("ImportInProgress", second.Run($"{Import} -WhatIf", file).ErrorId);
        tried.SetResult();
        running.EndInvoke(result);
        Assert.Equal(50, second.Good("Get-ApiGatewayApiKey").Count);
        Assert.Equal("AlreadyImported", second.Run(Import, file).ErrorId);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);

        // A seed that is there already is held as a new one is.
        tried = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using PowerShell again = first.Create($"{Import} -Force", file);
        IAsyncResult forced = again.BeginInvoke();
        Assert.True(SpinWait.SpinUntil(() => Directory.GetFiles(_folder, "*.pid").Length == 1, TimeSpan.FromMinutes(2)));
        Assert.Equal("ImportInProgress", second.Run($"{Import} -Force", file).ErrorId);
        tried.SetResult();
        again.EndInvoke(forced);
    }

    [Fact]
    public async Task AtTheSameInstantOneOfThreeImportsMakesTheKeys()
    {
        using ApiGatewayEmulator emulator = new();
        string file = Write("Name,Key\n" + string.Concat(Enumerable.Range(0, 200).Select(row => $"k{row},\n")));
        using HttpMessageHandler handler = new EmulatorHttpHandler(emulator);
        ModuleSession[] sessions = [.. Enumerable.Range(0, 3).Select(_ => new ModuleSession(_ => handler))];
        using Barrier together = new(sessions.Length);
        Task<Outcome>[] runs = [.. sessions.Select(session => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return session.Run("Import-ApiGatewayApiKey -Path $args[0]", file);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))];
        Outcome[] outcomes = await Task.WhenAll(runs);
        Assert.Equal(200, sessions[0].Good("Get-ApiGatewayApiKey").Count);
        Assert.Equal(200, outcomes.Sum(run => run.Output.Count));
        Assert.All(outcomes.Where(run => run.Output.Count == 0),
            run => Assert.Contains(run.ErrorId, new[] { "ImportInProgress", "AlreadyImported" }));
        Array.ForEach(sessions, session => session.Dispose());
    }

    [Fact]
    public void WhatAKilledImportLeftDoesNotKeepTheNextOneOut()
    {
        using ModuleSession session = new();
        string file = Write("Name,Key\na,\n");
        session.Run("Import-ApiGatewayApiKey -Path $args[0] -ErrorAction Ignore", file);
        string seed = Assert.Single(Directory.GetFiles(_folder, "*.import"));

        // A process that was killed left the note of who it was, and a seed it had not even written.
        File.WriteAllText(seed, "");
        File.WriteAllText($"{seed}.pid", "1 on nowhere since 2020-01-01 00:00:00Z");
        Assert.Single(session.Good("Import-ApiGatewayApiKey -Path $args[0]", file));
        Assert.Equal([file, seed], Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static bool IsImport(HttpRequestMessage request) => request.RequestUri!.Query.Contains("mode=import", StringComparison.Ordinal);

    private static string Plan(ModuleSession session) => session.Good("(New-ApiGatewayUsagePlan gold).Id")[0].ToString();

    private string Write(string content)
    {
        string path = Path.Combine(_folder, "keys.csv");
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Imports as AWS was recorded: warnings name the record, and with failonwarnings the answer is 400 and the good rows are
    /// keys.</summary>
    private sealed class AsRecorded(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!IsImport(request))
            {
                return await base.SendAsync(request, cancellationToken);
            }

            bool fails = request.RequestUri!.Query.Contains("failonwarnings=true", StringComparison.OrdinalIgnoreCase);
            string body = await request.Content!.ReadAsStringAsync(cancellationToken);
            bool isShort = body.Contains("\"short\"", StringComparison.Ordinal);
            request.Content = new StringContent(string.Join("\r\n", body.Split("\r\n")
                .Where(line => !line.Contains("\"short\"", StringComparison.Ordinal))));
            request.RequestUri = new Uri(request.RequestUri.ToString()
                .Replace("failonwarnings=true", "failonwarnings=false", StringComparison.OrdinalIgnoreCase));
            HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
            if (isShort && fails)
            {
                return StubHandler.Answer(HttpStatusCode.BadRequest, "{\"message\":\"Warnings found during import:\\n\\t" + Short + "\"}",
                    "BadRequestException");
            }

            string text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return isShort ? StubHandler.Answer(HttpStatusCode.Created,
                text.Replace("\"warnings\":[]", "\"warnings\":[\"" + Short + "\"]", StringComparison.Ordinal)) : answer;
        }
    }
}
