using ApiKey.Emulator;

namespace ApiKey.Tests.Engine;

/// <summary>Fills an emulator without calls.</summary>
internal static class Seed
{
    public static void Keys(ModuleSession session, int count)
    {
        for (int number = 0; number < count; number++)
        {
            session.Emulator.Seed(new SeedKey { Region = "eu-central-1", Name = $"key-{number:D6}" });
        }
    }
}
