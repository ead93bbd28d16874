using System.Management.Automation;
using System.Net;

namespace ApiKey.Tests.Engine;

/// <summary>
/// Whatever ends a pipeline early, what was made is what was emitted or told: every command that changes something, every way
/// to end it, one at a time and eight at once.
/// </summary>
public class PipelinePromiseTests
{
    private const int Count = 20;

    // The item at which something happens, counted from 0.
    private const int Turn = 3;

    private const string MakeKeys = "$items = @((1..20 | ForEach-Object { \"k$_\" } | New-ApiGatewayApiKey).Id)";
    private const string MakePlan = MakeKeys + "; $plan = (New-ApiGatewayUsagePlan gold -QuotaLimit 100 -QuotaPeriod Month).Id";
    private const string MakeMembers = MakePlan + "; $items | Add-ApiGatewayUsagePlanKey $plan";
    private const string Names = "$items = @(1..20 | ForEach-Object { 'made-{0:00}' -f $_ })";

    private static readonly Dictionary<string, Writer> Writers = new()
    {
        ["New-ApiGatewayApiKey"] = new(Names, "$items | New-ApiGatewayApiKey", "$_.Name", "(Get-ApiGatewayApiKey -Name made-*).Name"),
        ["Set-ApiGatewayApiKey"] = new(MakeKeys, "$items | Set-ApiGatewayApiKey -Description changed -PassThru", "$_.Id",
            "(Get-ApiGatewayApiKey | Where-Object Description -eq changed).Id"),
        ["Remove-ApiGatewayApiKey"] = new(MakeKeys, "$items | Remove-ApiGatewayApiKey -Confirm:$false -PassThru", "$_.Id",
            "$there = (Get-ApiGatewayApiKey).Id; $items | Where-Object { $_ -notin $there }"),
        ["Add-ApiGatewayUsagePlanKey"] = new(MakePlan, "$items | Add-ApiGatewayUsagePlanKey $plan -PassThru", "$_.Id",
            "(Get-ApiGatewayUsagePlanKey $plan).Id"),
        ["Remove-ApiGatewayUsagePlanKey"] = new(MakeMembers, "$items | Remove-ApiGatewayUsagePlanKey $plan -Confirm:$false", "$_",
            "$there = (Get-ApiGatewayUsagePlanKey $plan).Id; $items | Where-Object { $_ -notin $there }", IsSilent: true),
        ["Set-ApiGatewayApiKeyUsage"] = new(MakeMembers, "$items | Set-ApiGatewayApiKeyUsage $plan -Remaining 7 -PassThru", "$_.ApiKeyId",
            "(Get-ApiGatewayApiKeyUsage -UsagePlanId $plan -StartDate ([DateTime]::UtcNow) | Where-Object Remaining -eq 7).ApiKeyId"),
        ["New-ApiGatewayUsagePlan"] = new(Names, "$items | New-ApiGatewayUsagePlan", "$_.Name", "(Get-ApiGatewayUsagePlan).Name"),
        ["Remove-ApiGatewayUsagePlan"] = new("$items = @((1..20 | ForEach-Object { \"p$_\" } | New-ApiGatewayUsagePlan).Id)",
            "$items | Remove-ApiGatewayUsagePlan -Confirm:$false -PassThru", "$_.Id",
                "$there = (Get-ApiGatewayUsagePlan).Id; $items | Where-Object { $_ -notin $there }"),
        ["Invoke-ApiGatewayApiKeyRotation"] = new(MakeKeys, "$items | Invoke-ApiGatewayApiKeyRotation", "$_.Old.Id",
            "(Get-ApiGatewayApiKey).ForEach({ $_.TagsAll['apikey:rotated-from'] }).Where({ $_ })"),
        ["Sync-ApiGatewayApiKey"] = new(Names, "Sync-ApiGatewayApiKey ($items | ForEach-Object { @{ name = $_ } })", "$_.Key.Name",
            "(Get-ApiGatewayApiKey -Name made-*).Name"),
    };

    public static TheoryData<string, int> Commands => Table(Writers.Keys);

    public static TheoryData<string, int> Speaking => Table(Writers.Keys.Where(name => !Writers[name].IsSilent));

    private static TheoryData<string, int> Table(IEnumerable<string> names)
    {
        TheoryData<string, int> table = [];
        foreach (string name in names)
        {
            table.Add(name, 1);
            table.Add(name, 8);
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void TheFirstErrorEndsItUnderStop(string command, int limit)
    {
        using Trial trial = new(command, limit,
            (item, _, _) => Task.FromResult(item == Turn
                ? StubHandler.Answer(HttpStatusCode.BadRequest, """{"message":"no"}""", "BadRequestException") : null));
        Outcome outcome = trial.Run($"$ErrorActionPreference = 'Stop'; {trial.Command} | ForEach-Object {{ {trial.Note} }}");
        Assert.NotNull(outcome.Thrown);
        trial.AssertNothingIsUntold(outcome, outcome.Thrown.Message);
        Assert.InRange(trial.Done.Count, limit == 1 ? Turn : 0, limit == 1 ? Turn : Turn + (2 * limit));
    }

    [Theory]
    [MemberData(nameof(Speaking))]
    public void DownstreamTakesNoMore(string command, int limit)
    {
        using Trial trial = new(command, limit);
        Outcome outcome = trial.Run($"{trial.Command} | ForEach-Object {{ {trial.Note}; $_ }} | Receive-First 2");
        Assert.Equal(2, outcome.Output.Count);
        Assert.Empty(outcome.Errors);
        trial.AssertNothingIsUntold(outcome);
        Assert.InRange(trial.Done.Count, 2, limit == 1 ? 2 : Count);
        Assert.Equal(trial.Done.Count > 2, outcome.Warnings.Count == 1);
    }

    [Theory]
    [MemberData(nameof(Speaking))]
    public void DownstreamThrows(string command, int limit)
    {
        using Trial trial = new(command, limit);
        Outcome outcome = trial.Run(
            $"{trial.Command} | ForEach-Object {{ {trial.Note}; if ($global:emitted.Count -eq 2) {{ throw 'downstream' }} }}");
        Assert.Equal("downstream", outcome.Thrown?.Message);
        trial.AssertNothingIsUntold(outcome);
        Assert.InRange(trial.Done.Count, 2, limit == 1 ? 2 : Count);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void UpstreamThrows(string command, int limit)
    {
        if (!Writers[command].Command.StartsWith("$items |", StringComparison.Ordinal))
        {
            // A whole set is taken before anything is done.
            return;
        }

        using Trial trial = new(command, limit);
        string script = trial.Command.Replace("$items |",
            $"$items | ForEach-Object {{ if ($_ -eq $items[{Turn}]) {{ throw 'upstream' }}; $_ }} |", StringComparison.Ordinal);
        Outcome outcome = trial.Run($"{script} | ForEach-Object {{ {trial.Note} }}");
        Assert.Equal("upstream", outcome.Thrown?.Message);
        trial.AssertNothingIsUntold(outcome);
        Assert.Equal(Turn, trial.Done.Count);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task TheUserStopsIt(string command, int limit)
    {
        // From the turn on no change is answered before the user pressed Ctrl+C; nothing is sent after that. Changes of plans' keys are
        // sent one at a time.
        int expected = command.Contains("UsagePlanKey", StringComparison.Ordinal) ? 1 : limit;
        int held = 0;
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource full = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int sentLater = 0;
        using Trial trial = new(command, limit, async (item, isWrite, _) =>
        {
            if (stopped.Task.IsCompleted)
            {
                Interlocked.Increment(ref sentLater);
            }

            if (item == Turn)
            {
                reached.TrySetResult();
            }
            else if (item > Turn && expected > 1)
            {
                // However slow the turn's item is, enough are left to be held.
                await reached.Task;
            }

            if (reached.Task.IsCompleted && isWrite)
            {
                if (Interlocked.Increment(ref held) == expected)
                {
                    full.SetResult();
                }

                await stopped.Task;
            }

            return null;
        });
        using PowerShell shell = trial.Start(stopped);
        IAsyncResult running = shell.BeginInvoke();
        await full.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Task stop = Task.Run(shell.Stop, TestContext.Current.CancellationToken);
        await stop;
        Outcome outcome = Outcome.Of(shell, () => shell.EndInvoke(running));
        Assert.IsType<PipelineStoppedException>(outcome.Thrown);
        Assert.Empty(outcome.Errors);
        Assert.Equal(0, sentLater);
        trial.AssertNothingIsUntold(outcome);

        // What was under way was made, and told.
        Assert.Contains(trial.Items[Turn], trial.Done);
        Assert.InRange(trial.Done.Count, limit == 1 ? Turn + 1 : 1, limit == 1 ? Turn + 1 : Count);
    }

    [Theory]
    [MemberData(nameof(Speaking))]
    public void EveryResultMeetsItsOwnRecord(string command, int limit)
    {
        if (limit > 1 || !Writers[command].Command.StartsWith("$items |", StringComparison.Ordinal))
        {
            return;
        }

        using Trial trial = new(command, limit);
        string script = trial.Command.Replace("$items |", "$items | ForEach-Object -PipelineVariable row { $_ } |",
            StringComparison.Ordinal);
        Assert.Equal(trial.Items,
            trial.Run($"{script} | ForEach-Object {{ if ({trial.Key} -ne $row) {{ throw \"$({trial.Key}) met $row\" }}; $row }}")
                .Output.Select(row => row.ToString()));
    }

    [Fact]
    public void AnImportThatIsCutShortSaysSoAndGoesOn()
    {
        using ModuleSession session = new();
        ReceiveFirstCommand.Import(session);
        string file = Path.Combine(Directory.CreateTempSubdirectory("apikey-").FullName, "keys.csv");
        File.WriteAllText(file, $"Name,Key\n{string.Join('\n', Enumerable.Range(1, Count).Select(number => $"made-{number},"))}\n");
        Outcome outcome = session.Run("Import-ApiGatewayApiKey -Path $args[0] -BatchSize 2 | Receive-First 1", file);
        Assert.Single(outcome.Output);
        string warning = Assert.Single(outcome.Warnings);
        Assert.Contains($"keys of {Count} rows are there", warning);
        Assert.Contains("Run the same command again", warning);
        Assert.Equal(Count, session.Good("Import-ApiGatewayApiKey -Path $args[0] -BatchSize 2", file).Count);
        Assert.Equal(Count, session.Good("Get-ApiGatewayApiKey").Count);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task AChangeWithoutAnAnswerIsToldAsInDoubt()
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ModuleSession session = new(
            inner => new StubHandler(inner, async (_, cancellation) =>
            {
                reached.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
                return null;
            }));
        WatchStopCommand.Import(session);
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using PowerShell shell = session.Create("'a', 'b', 'c' | New-ApiGatewayApiKey | Watch-Stop $args[0]", stopped);
        IAsyncResult running = shell.BeginInvoke();
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Task stop = Task.Run(shell.Stop, TestContext.Current.CancellationToken);
        await stopped.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        session.Clock.EndLimits();
        await stop;
        Outcome outcome = Outcome.Of(shell, () => shell.EndInvoke(running));
        string told = string.Join('\n', outcome.Warnings);
        Assert.Contains("API key 'a'", told);
        Assert.Contains("may or may not have been made", told);
        Assert.DoesNotContain("'b'", told);
        Assert.Empty(outcome.Errors);
    }

    [Fact]
    public async Task StoppingAReaderEndsItAtOnceWithoutAWord()
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ModuleSession session = new(inner => new StubHandler(inner, async (_, cancellation) =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return null;
        }));
        using PowerShell shell = session.Create("'a', 'b' | Get-ApiGatewayApiKey");
        IAsyncResult running = shell.BeginInvoke();
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        await Task.Run(shell.Stop, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Outcome outcome = Outcome.Of(shell, () => shell.EndInvoke(running));
        Assert.Empty(outcome.Warnings);
        Assert.Empty(outcome.Errors);
    }

    [Fact]
    public void ReadingPipedIdsMeetsItsOwnRecordAndAnArrayIsReadSideBySide()
    {
        StubHandler? stub = null;
        TaskCompletionSource two = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isGated = false;
        int arrived = 0;
        using ModuleSession session = new(inner => stub = new StubHandler(inner, async (_, cancellation) =>
        {
            await Task.Yield();
            if (isGated)
            {
                // The first waits for another one.
                if (Interlocked.Increment(ref arrived) == 2)
                {
                    two.SetResult();
                }

                await two.Task.WaitAsync(TimeSpan.FromMinutes(2), cancellation);
            }

            return null;
        }));
        session.Good(MakeKeys);
        session.Good("$items | ForEach-Object -PipelineVariable row { $_ } | Get-ApiGatewayApiKey | ForEach-Object { if ($_.Id -ne $row) { "
            + "throw \"$($_.Id) met $row\" } }");
        Assert.Equal(1, stub!.MostAtOnce);
        isGated = true;
        session.Good("Get-ApiGatewayApiKey -Id $items");
        Assert.InRange(stub.MostAtOnce, 2, 8);
    }

    [Fact]
    public void AQuestionComesAfterTheResultBeforeIt()
    {
        using ModuleSession session = new();
        string[] order = [.. session.Good(
            "'c', 'd' | New-ApiGatewayApiKey -Verbose 4>&1 | ForEach-Object { if ($_ -is [System.Management.Automation.VerboseRecord]) { "
            + "\"asked $_\" } else { \"got $($_.Name)\" } }").Select(line => line.ToString())
                .Where(line => line.StartsWith("got", StringComparison.Ordinal) || line.Contains('\''))];
        Assert.Equal(["c", "got c", "d", "got d"],
            order.Select(line => line.StartsWith("got", StringComparison.Ordinal) ? line : line.Split('\'')[1]));
    }

    private sealed record Writer(string Setup, string Command, string Key, string Done, bool IsSilent = false);

    /// <summary>A session in which one command runs until something ends it.</summary>
    private sealed class Trial : IDisposable
    {
        private readonly ModuleSession _session;
        private readonly Writer _writer;
        private bool _isOn;

        public Trial(string command, int limit, Func<int, bool, CancellationToken, Task<HttpResponseMessage?>>? answer = null)
        {
            Random random = new(limit);
            _writer = Writers[command];
            Command = $"{_writer.Command} -ThrottleLimit {limit}";
            _session = new ModuleSession(inner => new StubHandler(inner, async (request, cancellation) =>
            {
                if (!_isOn)
                {
                    return null;
                }

                bool isWrite = request.Method != HttpMethod.Get;
                string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellation);
                string sent = $"{request.RequestUri}{body}";
                int item = isWrite ? Array.FindIndex(Items!, item => sent.Contains(item, StringComparison.Ordinal)) : -1;
                for (int turns = random.Next(8); turns > 0; turns--)
                {
                    await Task.Yield();
                }

                return answer is null ? null : await answer(item, isWrite, cancellation);
            }));
            ReceiveFirstCommand.Import(_session);
            _session.Good($"$global:emitted = [System.Collections.Generic.List[string]]::new(); {_writer.Setup}");
            Items = Read("$items");
        }

        public string Command { get; }

        public string[] Items { get; }

        public string Key => _writer.Key;

        public string Note => $"$global:emitted.Add({_writer.Key})";

        public IReadOnlyList<string> Done => Read(_writer.Done);

        public Outcome Run(string script)
        {
            _isOn = true;
            Outcome outcome = _session.Run(script);
            _isOn = false;
            return outcome;
        }

        public PowerShell Start(TaskCompletionSource stopped)
        {
            WatchStopCommand.Import(_session);
            _isOn = true;
            return _session.Create($"{Command} | ForEach-Object {{ {Note} }} | Watch-Stop $args[0]", stopped);
        }

        /// <summary>Everything that is done went on to the next command or stands in a warning or error.</summary>
        public void AssertNothingIsUntold(Outcome outcome, string error = "")
        {
            _isOn = false;
            string told = string.Join('\n', [.. outcome.Warnings, .. outcome.ErrorTexts, error]);
            IReadOnlyList<string> done = Done;
            HashSet<string> known = [.. Read("$global:emitted"), .. _writer.IsSilent ? Items.Take(Turn) : []];
            Assert.DoesNotContain(done, item => !known.Contains(item) && !told.Contains(item, StringComparison.Ordinal));
            Assert.Empty(Read("$global:emitted").Except(done));
            Assert.DoesNotMatch("[A-Za-z0-9]{30,}", told.Replace("-", " ", StringComparison.Ordinal));
        }

        public void Dispose() => _session.Dispose();

        private string[] Read(string script)
            => [.. _session.Good(script).Select(one => one?.ToString() ?? "").Where(text => text.Length > 0)];
    }
}
