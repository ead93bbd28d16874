using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;

namespace ApiKey.Emulator.Service;

/// <summary>Deployments and stages: create, get, list, update and delete.</summary>
internal static class StageOperations
{
    public static ReadOnlyMemory<byte> CreateDeployment(RegionStore store, Call call, long now)
    {
        JsonElement body = call.ReadObject();
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.Find(store, call);
            RequireMethods(api);
            string id = store.NewPlanId();
            JsonObject deployment = new() { ["id"] = id, ["createdDate"] = now };
            if (Json.Text(body, "description") is { Length: > 0 } description)
            {
                deployment["description"] = description;
            }

            (api.Deployments[id], api.Snapshots[id]) = (deployment, api.TakeSnapshot());
            if (Json.Text(body, "stageName") is { Length: > 0 } name)
            {
                JsonObject stage = api.Stages.TryGetValue(name, out JsonObject? known) ? (JsonObject)known.DeepClone()
                    : NewStage(name, now);
                (stage["deploymentId"], stage["lastUpdatedDate"]) = (id, now);
                api.Stages[name] = stage;
            }

            return ApiAnswer.Show(deployment);
        }
    }

    public static ReadOnlyMemory<byte> GetDeployment(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.Find(store, call);
            JsonObject deployment = FindDeployment(api, call.SecondParameter);
            return ApiAnswer.Show(call.QueryAll("embed").Contains("apisummary", StringComparer.Ordinal)
                ? WithSummary(api, deployment) : deployment);
        }
    }

    public static ReadOnlyMemory<byte> ListDeployments(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            return ApiAnswer.ShowPage(call, ApiAnswer.Find(store, call).Deployments.Values);
        }
    }

    public static ReadOnlyMemory<byte> UpdateDeployment(RegionStore store, Call call)
    {
        IReadOnlyList<Patch> patches = call.ReadPatches();
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.Find(store, call);
            JsonObject deployment = FindDeployment(api, call.SecondParameter);
            return ApiAnswer.Show(api.Deployments[call.SecondParameter] = ApiMembers.Patch(deployment, patches, ApiMembers.OfDeployment));
        }
    }

    public static ReadOnlyMemory<byte> DeleteDeployment(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.Find(store, call);
            FindDeployment(api, call.SecondParameter);
            if (api.Stages.Values.Any(stage => (string?)stage["deploymentId"] == call.SecondParameter))
            {
                throw ServiceError.BadRequest("Active stages pointing to this deployment must be moved or deleted");
            }

            api.Deployments.Remove(call.SecondParameter);
            api.Snapshots.Remove(call.SecondParameter);
            return default;
        }
    }

    public static ReadOnlyMemory<byte> Create(RegionStore store, Call call, long now)
    {
        JsonElement body = call.ReadObject();
        string name = ApiAnswer.Required(body, "stageName");
        string deployment = ApiAnswer.Required(body, "deploymentId");
        SortedDictionary<string, string> tags = TagOperations.Check(Json.Map(body, "tags"), []);
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.Find(store, call);
            RequireDeployment(api, deployment);
            if (api.Stages.ContainsKey(name))
            {
                throw ServiceError.Conflict("Stage already exists");
            }

            api.Tags[name] = tags;
            return Show(api, api.Stages[name] = ApiMembers.Read(body, ApiMembers.OfStage, NewStage(name, now)));
        }
    }

    public static ReadOnlyMemory<byte> Get(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.Find(store, call);
            return Show(api, Find(api, call));
        }
    }

    public static ReadOnlyMemory<byte> List(RegionStore store, Call call)
    {
        string? deployment = call.Query("deploymentId");
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.Find(store, call);
            IEnumerable<JsonObject> stages = api.Stages.Values.Where(stage => deployment
                is null || (string?)stage["deploymentId"] == deployment);
            return ApiAnswer.Show(new JsonObject { ["item"] = new JsonArray([.. stages.Select(stage => Shown(api, stage))]) });
        }
    }

    public static ReadOnlyMemory<byte> Update(RegionStore store, Call call, long now)
    {
        IReadOnlyList<Patch> patches = call.ReadPatches();
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.Find(store, call);
            JsonObject stage = ApiMembers.Patch(Find(api, call), patches, ApiMembers.OfStage, MethodSettings.Patch);
            RequireDeployment(api, (string?)stage["deploymentId"] ?? "");
            stage["lastUpdatedDate"] = now;
            return Show(api, api.Stages[call.SecondParameter] = stage);
        }
    }

    public static ReadOnlyMemory<byte> Delete(RegionStore store, Call call)
    {
        lock (store.Gate)
        {
            StoredApi api = ApiAnswer.Find(store, call);
            Find(api, call);
            api.Stages.Remove(call.SecondParameter);
            api.Tags.Remove(call.SecondParameter);
            store.ForgetStage(api.Id, call.SecondParameter);
            return default;
        }
    }

    /// <summary>A stage as AWS shows a fresh one.</summary>
    public static JsonObject NewStage(string name, long now) => new()
    {
        ["stageName"] = name,
        ["cacheClusterEnabled"] = false,
        ["cacheClusterStatus"] = "NOT_AVAILABLE",
        ["methodSettings"] = new JsonObject(),
        ["tracingEnabled"] = false,
        ["createdDate"] = now,
        ["lastUpdatedDate"] = now,
    };

    private static void RequireMethods(StoredApi api)
    {
        if (api.Methods.Count == 0)
        {
            throw ServiceError.BadRequest("The REST API doesn't contain any methods");
        }

        if (api.Methods.Values.Any(method => !method.ContainsKey("methodIntegration")))
        {
            throw ServiceError.BadRequest("No integration defined for method");
        }
    }

    private static void RequireDeployment(StoredApi api, string id)
    {
        if (!api.Deployments.ContainsKey(id) && !api.IsOpen)
        {
            throw ServiceError.BadRequest("Deployment id does not exist");
        }
    }

    private static JsonObject WithSummary(StoredApi api, JsonObject deployment)
    {
        // In an API that was seeded every method can be called and needs a key.
        IEnumerable<(string Name, bool NeedsKey)> methods = api.IsOpen ? [("//ANY", true), ("/{proxy+}/ANY", true)]
            : (api.Snapshots.GetValueOrDefault((string)deployment["id"]!) ?? [])
                .Select(method => (method.Key, (bool?)method.Value!["apiKeyRequired"] == true));
        JsonObject summary = [];
        foreach ((string name, bool needsKey) in methods)
        {
            string path = name[..name.LastIndexOf('/')];
            JsonObject ofPath = (JsonObject)(summary[path] ??= new JsonObject());
            ofPath[name[(path.Length + 1)..]] = new JsonObject { ["authorizationType"] = "NONE", ["apiKeyRequired"] = needsKey };
        }

        JsonObject whole = (JsonObject)deployment.DeepClone();
        whole["apiSummary"] = summary;
        return whole;
    }

    private static JsonObject FindDeployment(StoredApi api, string id) =>
        api.Deployments.GetValueOrDefault(id) ?? (api.IsOpen ? new JsonObject { ["id"] = id } : null)
            ?? throw ServiceError.NotFound("Invalid Deployment identifier specified");

    private static JsonObject Find(StoredApi api, Call call) =>
        api.Stages.GetValueOrDefault(call.SecondParameter) ?? throw ServiceError.NotFound("Invalid stage identifier specified");

    private static JsonObject Shown(StoredApi api, JsonObject stage) => ApiAnswer.WithTags(stage, api.TagsOf((string)stage["stageName"]!));

    private static ReadOnlyMemory<byte> Show(StoredApi api, JsonObject stage) => ApiAnswer.Show(Shown(api, stage));

    /// <summary>
    /// The settings of a stage's methods, which a patch names by <c>/{path}/{verb}/{setting}</c>. They are kept and shown; no
    /// caller meets them.
    /// </summary>
    private static class MethodSettings
    {
        private static readonly Dictionary<string, Func<Patch, JsonNode>> Settings = new(StringComparer.Ordinal)
        {
            ["metrics/enabled:metricsEnabled"] = patch => ApiMembers.IsTrue(patch.Value),
            ["logging/loglevel:loggingLevel"] = patch => patch.Value,
            ["logging/dataTrace:dataTraceEnabled"] = patch => ApiMembers.IsTrue(patch.Value),
            ["throttling/burstLimit:throttlingBurstLimit"] = patch => ApiMembers.ReadNumber(patch),
            ["throttling/rateLimit:throttlingRateLimit"] = ReadRate,
            ["caching/enabled:cachingEnabled"] = patch => ApiMembers.IsTrue(patch.Value),
            ["caching/ttlInSeconds:cacheTtlInSeconds"] = patch => ApiMembers.ReadNumber(patch),
            ["caching/dataEncrypted:cacheDataEncrypted"] = patch => ApiMembers.IsTrue(patch.Value),
            ["caching/requireAuthorizationForCacheControl:requireAuthorizationForCacheControl"] = patch => ApiMembers.IsTrue(patch.Value),
            ["caching/unauthorizedCacheControlHeaderStrategy:unauthorizedCacheControlHeaderStrategy"] = patch => patch.Value,
        };

        public static bool Patch(JsonObject stage, Patch patch, string[] path)
        {
            // The path of a resource keeps its escapes in the name of the setting.
            string[] raw = patch.Path.TrimStart('/').Split('/');
            JsonObject all = (JsonObject)stage["methodSettings"]!;
            if (raw is [string resource, string verb] && patch.Op == "remove" && all.ContainsKey($"{resource}/{verb}"))
            {
                all.Remove($"{resource}/{verb}");
                return true;
            }

            string start = raw.Length == 4 ? $"{raw[2]}/{raw[3]}:" : " ";
            if (patch.Op != "replace" || Settings.Keys.FirstOrDefault(key => key.StartsWith(start, StringComparison.Ordinal))
                is not { } setting)
            {
                return false;
            }

            string name = $"{raw[0]}/{raw[1]}";
            JsonObject one = all[name] as JsonObject ?? NewSettings();
            all[name] = one;
            one[setting[(setting.IndexOf(':') + 1)..]] = Settings[setting](patch);
            return true;
        }

        private static JsonNode ReadRate(Patch patch) =>
            double.TryParse(patch.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double rate) && double.IsFinite(rate)
                ? rate
                : throw ServiceError.BadRequest($"Invalid value '{patch.Value}' specified for {patch.Path}");

        private static JsonObject NewSettings() => new()
        {
            ["metricsEnabled"] = false,
            ["dataTraceEnabled"] = false,
            ["throttlingBurstLimit"] = 5000,
            ["throttlingRateLimit"] = 10000.0,
            ["cachingEnabled"] = false,
            ["cacheTtlInSeconds"] = 300,
            ["cacheDataEncrypted"] = false,
            ["requireAuthorizationForCacheControl"] = true,
            ["unauthorizedCacheControlHeaderStrategy"] = "SUCCEED_WITH_RESPONSE_HEADER",
        };
    }
}
