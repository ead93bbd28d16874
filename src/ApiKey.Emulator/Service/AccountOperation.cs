using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>GetAccount: what a new AWS account answers.</summary>
internal static class AccountOperation
{
    public static ReadOnlyMemory<byte> Get() => Json.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("throttleSettings");
        writer.WriteNumber("burstLimit", 5000);
        writer.WriteNumber("rateLimit", 10000.0);
        writer.WriteEndObject();
        writer.WriteStartArray("features");
        writer.WriteStringValue("UsagePlans");
        writer.WriteEndArray();
        writer.WriteString("apiKeyVersion", "4");
        writer.WriteEndObject();
    });
}
