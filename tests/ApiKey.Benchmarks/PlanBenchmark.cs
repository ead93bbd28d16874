using System.ComponentModel;
using System.Globalization;
using ApiKey.Tests.Interop;

namespace ApiKey.Benchmarks;

/// <summary>The same keys, in usage plans or in none, made and planned without changes by Terraform and by the module, each on an emulator
/// process of its own.</summary>
internal static class PlanBenchmark
{
    private const string Region = "eu-central-1";
    private const int Parallelism = 10;

    private static readonly (string, string)[] Credentials = [("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMIbPxRfiCYEXAMPLEKEY"), ("CHECKPOINT_DISABLE", "1")];

    public static void Run(int count, int plans = 0)
    {
        // With plans Terraform refreshes twice as much, and takes minutes.
        int rounds = plans == 0 ? 3 : 1;
        string what = plans == 0 ? $"{count:N0} keys" : $"{count:N0} keys in {plans:N0} usage plans";
        if (ProviderMirror.Find() is not { } mirror)
        {
            Console.WriteLine("Terraform's AWS provider is in no local plugin folder, so there is nothing to compare with.");
            return;
        }

        string folder = Directory.CreateTempSubdirectory("apikey-plan-").FullName;
        try
        {
            using EmulatorProcess theirs = EmulatorProcess.Start();
            using EmulatorProcess ours = EmulatorProcess.Start();
            using ModuleRunspace module = new();
            module.Connect(ours.Uri);
            string desired = Prepare(folder, mirror, count, plans);
            Terraform(folder, theirs.Uri, "init");

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what} made, {Parallelism} calls at once (client and emulator share this machine's processors):"));
            Tell("terraform apply", theirs, () => Terraform(folder, theirs.Uri, "apply", "-auto-approve", $"-parallelism={Parallelism}"),
                out double applied);
            Tell("Sync-ApiGatewayApiKey", ours,
                () => (Figures.Time(() => module.Run("$null = Sync-ApiGatewayApiKey $args[0] -ThrottleLimit $args[1]", desired,
                    Parallelism)), 0), out double synced);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  Terraform takes {applied / synced:F1} times as long"));

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what} planned without changes, {(rounds == 1 ? "one round" : $"medians of {rounds} rounds in turn")}:"));
            List<double>[] seconds = [[], [], []];
            for (int round = 0; round < rounds; round++)
            {
                Tell("terraform plan", theirs,
                    () => Terraform(folder, theirs.Uri, "plan", $"-parallelism={Parallelism}", "-detailed-exitcode"),
                    out double plan);
                Tell("Compare, a process of its own", ours, () => Shell(folder, ours.Uri, desired), out double process);
                Tell("Compare, in a session", ours,
                    () => (Figures.Time(() => module.Run("if (Compare-ApiGatewayApiKey $args[0] 6>$null) { throw 'There are changes.' }",
                        desired)), 0), out double session);
                seconds[0].Add(plan);
                seconds[1].Add(process);
                seconds[2].Add(session);
            }

            double median = Figures.Median(seconds[0]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  Terraform takes {median / Figures.Median(seconds[1]):F1} times as long as a process of its own, "
                + $"{median / Figures.Median(seconds[2]):F1} times as long as a session"));
        }
        catch (Win32Exception)
        {
            Console.WriteLine("Terraform is not installed on this machine, so there is nothing to compare with.");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Prepare(string folder, string mirror, int count, int plans)
    {
        File.WriteAllText(Path.Combine(folder, "terraform.rc"), ProviderMirror.ToConfiguration(mirror));
        string provider = ProviderMirror.Requirements + ProviderMirror.ToProvider(Region);
        string inPlans = plans == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $$"""

            resource "aws_api_gateway_usage_plan" "plan" {
              count = {{plans}}
              name  = "plan-${count.index}"
              throttle_settings {
                rate_limit  = 5
                burst_limit = 10
              }
              quota_settings {
                limit  = 10000
                period = "MONTH"
              }
            }

            resource "aws_api_gateway_usage_plan_key" "key" {
              count         = {{count}}
              key_id        = aws_api_gateway_api_key.key[count.index].id
              key_type      = "API_KEY"
              usage_plan_id = aws_api_gateway_usage_plan.plan[count.index % {{plans}}].id
            }
            """);
        File.WriteAllText(Path.Combine(folder, "main.tf"), provider + string.Create(CultureInfo.InvariantCulture, $$"""

            resource "aws_api_gateway_api_key" "key" {
              count = {{count}}
              name  = "key-${count.index}"
              tags  = { env = "prod" }
            }
            """) + inPlans);
        string desired = Path.Combine(folder, "keys.json");
        string keys = string.Join(",\n", Enumerable.Range(0, count).Select(number => string.Create(CultureInfo.InvariantCulture,
            $$"""    { "name": "key-{{number}}"{{(plans == 0 ? "" : $", \"usage_plans\": [\"plan-{number % plans}\"]")}} }""")));
        string planned = string.Join(",\n", Enumerable.Range(0, plans).Select(number => string.Create(CultureInfo.InvariantCulture,
            $$"""    { "name": "plan-{{number}}", "throttle_settings": { "rate_limit": 5, "burst_limit": 10 },"""
            + $$""" "quota_settings": { "limit": 10000, "period": "MONTH" } }""")));
        File.WriteAllText(desired, $$"""
            {
              "defaults": { "tags": { "env": "prod" } },
              {{(plans == 0 ? "" : $"\"usage_plans\": [\n{planned}\n  ],")}}
              "keys": [
            {{keys}}
              ]
            }
            """);
        return desired;
    }

    private static (TimeSpan Taken, long PeakBytes) Terraform(string folder, Uri emulator, params string[] arguments) =>
        MeasuredProcess.Run("terraform", [.. arguments, "-no-color"], folder,
            [.. Credentials, ("TF_CLI_CONFIG_FILE", Path.Combine(folder, "terraform.rc")), ProviderMirror.Endpoint(emulator)]);

    private static (TimeSpan Taken, long PeakBytes) Shell(string folder, Uri emulator, string desired) => MeasuredProcess.Run(
        "dotnet",
        [ModuleProcess.Shell, "-Command",
            $"if (Compare-ApiGatewayApiKey '{desired}' -Region {Region} -EndpointUrl {emulator}) {{ throw 'There are changes.' }}"],
        folder,
        Credentials);

    private static void Tell(string what, EmulatorProcess emulator, Func<(TimeSpan Taken, long PeakBytes)> run, out double seconds)
    {
        long before = emulator.Count().Requests;
        (TimeSpan taken, long peak) = run();
        seconds = taken.TotalSeconds;
        string memory = peak == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {peak / 1e6:F0} MB at its peak");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {what,-32} {seconds,8:F2} s, {Figures.Count(emulator.Count().Requests - before, "call")}{memory}"));
    }
}
