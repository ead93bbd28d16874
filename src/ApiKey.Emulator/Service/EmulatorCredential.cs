namespace ApiKey.Emulator.Service;

/// <summary>The credentials an emulator takes when it checks signatures. It shows no secret.</summary>
/// <param name="AccessKey">The access key id.</param>
/// <param name="SecretKey">The secret access key.</param>
public sealed record EmulatorCredential(string AccessKey, string SecretKey)
{
    /// <summary>The access key id alone.</summary>
    public override string ToString() => AccessKey;
}
