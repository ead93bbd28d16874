using System.Net;
using ApiKey.Emulator;
using ApiKey.Emulator.Store;
using Xunit.Sdk;

namespace ApiKey.Tests.Emulator;

/// <summary>An emulator as a program holds it: what it counts, what it refuses to be given, and what it lets go of.</summary>
[Trait(Category.Name, Category.Unit)]
[Collection(EmulatorsOfThisProcess.Name)]
public sealed class EmulatorSurfaceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apikey").FullName;

    private string State => Path.Combine(_folder, "state.json");

    [Fact]
    public async Task RequestsAreCountedByOperationAndByStatus()
    {
        ApiGatewayEmulator emulator = new();
        using EmulatorClient client = EmulatorClient.InProcess(emulator);
        await client.Create("{}");
        await client.Send("GET", "/apikeys");
        await client.Send("GET", "/apikeys");
        await client.Send("GET", "/apikeys/gone");
        await client.Send("GET", "/nowhere");
        Assert.Equal((1, 2, 1, 1), (emulator.CountOf(201), emulator.CountOf(200), emulator.CountOf(404), emulator.CountOf(403)));
        Assert.Equal((1, 2, 1, 0), (emulator.CountOf("CreateApiKey"), emulator.CountOf("GetApiKeys"), emulator.CountOf("GetApiKey"),
            emulator.CountOf("GetUsage")));
        Assert.Equal((5, 0), (emulator.RequestCount, emulator.CountOf(429)));
    }

    [Fact]
    public async Task WhatCannotBeIsRefused()
    {
        ApiGatewayEmulator emulator = new();
        Assert.True(emulator.SaveState());
        Assert.Null(emulator.StateProblem);
        Assert.Throws<ArgumentNullException>(() => emulator.Handle(null!));
        Assert.Throws<ArgumentNullException>(() => emulator.Seed(null!));
        Assert.Throws<KeyNotFoundException>(() => emulator.TagsOf("us-east-1", "k1"));
        using EmulatorClient client = EmulatorClient.InProcess(emulator);
        string plan = (await client.Send("POST", "/usageplans", """{"name":"p"}""")).Body.GetProperty("id").GetString()!;
        emulator.Seed(new SeedKey { Region = "us-east-1", Id = "k1", Value = "abcdefghij0123456789" });
        Assert.Throws<KeyNotFoundException>(() => emulator.SeedUsage("us-east-1", "gone", "k1", default, 1));
        Assert.Throws<KeyNotFoundException>(() => emulator.SeedUsage("us-east-1", plan, "k1", default, 1));
        Assert.Throws<ArgumentException>(() => emulator.Seed(new SeedKey { Region = "us-east-1", Id = "k1" }));
        Assert.Throws<ArgumentException>(() => emulator.Seed(new SeedKey { Region = "us-east-1", Value = "abcdefghij0123456789" }));
        Assert.Null(emulator.UnexpectedFailure);
    }

    [Fact]
    public async Task AnErrorOfItsOwnIsAFailureOfTheServer()
    {
        ApiGatewayEmulator emulator = new() { NewId = _ => throw new InvalidOperationException("mine") };
        using EmulatorClient client = EmulatorClient.InProcess(emulator);
        Answer answer = await client.Send("POST", "/apikeys", "{}");
        Assert.Equal((HttpStatusCode.InternalServerError, "InternalFailure", "Internal server error"),
            (answer.Status, answer.ErrorType, answer.Message));
        Assert.Equal("mine", emulator.UnexpectedFailure?.Message);
        Assert.Equal(1, emulator.CountOf(500));
    }

    [Fact]
    public async Task ARequestThatWasGivenUpIsNotAnswered()
    {
        ApiGatewayEmulator emulator = new();
        using HttpMessageInvoker client = new(new EmulatorHttpHandler(emulator));
        using HttpRequestMessage request = new(HttpMethod.Get, "http://emulator.invalid/apikeys");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendAsync(request, new CancellationToken(canceled: true)));
        Assert.Equal(0, emulator.RequestCount);
    }

    [Fact]
    public void AServerThatEndedLetsGoOfItsPortAndItsFile()
    {
        int port;
        using (EmulatorServer first = new(new ApiGatewayEmulator(statePath: State)))
        {
            port = first.Uri.Port;
            Assert.Throws<HttpListenerException>(() => new EmulatorServer(new ApiGatewayEmulator(), port));
        }

        using EmulatorServer second = new(new ApiGatewayEmulator(statePath: State), port);
        Assert.Equal(port, second.Uri.Port);
    }

    [Fact]
    public void AFileThatIsRefusedIsFree()
    {
        File.WriteAllText(State, "damaged");
        Assert.Throws<InvalidDataException>(() => new ApiGatewayEmulator(statePath: State));
        Assert.Equal([State], Directory.GetFiles(_folder));
        File.Delete(State);
        using ApiGatewayEmulator emulator = new(statePath: State);
        Assert.True(Assert.Throws<StateFileException>(() => new ApiGatewayEmulator(statePath: State)).IsInUse);
    }

    [Fact]
    public void TheFileAtTheEndOfLinksIsMeant()
    {
        string second = Path.Combine(_folder, "second.json");
        string first = Path.Combine(_folder, "first.json");
        File.WriteAllText(State, """{"version":1,"regions":{}}""");
        try
        {
            File.CreateSymbolicLink(second, State);
            File.CreateSymbolicLink(first, second);
        }
        catch (IOException)
        {
            throw SkipException.ForSkip("Links are not allowed here.");
        }

        using (ApiGatewayEmulator emulator = new(statePath: first))
        {
            Assert.True(File.Exists(State + ".lock"));
            emulator.Seed(new SeedKey { Region = "us-east-1", Id = "k1" });
        }

        Assert.Contains("k1", File.ReadAllText(State), StringComparison.Ordinal);
        Assert.Equal((second, State), (new FileInfo(first).LinkTarget, new FileInfo(second).LinkTarget));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
