using System.Text;
using ApiKey.Emulator.Store;
using ApiKey.Files;

namespace ApiKey.Emulator.Service;

/// <summary>
/// ImportApiKeys: AWS's key file format. A key whose value exists is overwritten. A bad row is a warning, and with
/// failonwarnings the end of the whole import. The texts of the warnings are ours: nobody has recorded AWS's.
/// </summary>
internal static class ImportOperation
{
    public static ReadOnlyMemory<byte> Import(RegionStore store, Call call, long now)
    {
        if (!string.Equals(call.Query("format"), "csv", StringComparison.OrdinalIgnoreCase))
        {
            throw ServiceError.BadRequest("Invalid format. Must be one of: [csv]");
        }

        List<Row> rows = ReadRows(call.Body);
        lock (store.Gate)
        {
            // Everything is judged first, so that a refusal leaves nothing half done.
            (List<Row> good, List<string> warnings) = Judge(store, rows);
            if (warnings.Count > 0 && call.QueryIsTrue("failonwarnings"))
            {
                throw ServiceError.BadRequest(string.Join("; ", warnings));
            }

            store.RefuseWhenFull(good.Select(row => row.Value).Distinct(StringComparer.Ordinal).Count(value => !store.HoldsValue(value)));
            if (good.Exists(row => row.PlanIds.Count > 0))
            {
                store.Quota?.ChangePlanKeys(call);
            }

            List<string> ids = [];
            foreach (Row row in good)
            {
                StoredKey key = Put(store, row, now);
                ids.Add(key.Id);
                foreach (StoredPlan plan in row.PlanIds.Select(store.FindPlan).Except(store.PlansOf(key)))
                {
                    PlanKeyOperations.Attach(store, plan, key);
                }
            }

            return Answer(ids, warnings);
        }
    }

    // Rows of the same value meet in one key, so a row is judged with the plans of the rows before it.
    private static (List<Row> Good, List<string> Warnings) Judge(RegionStore store, List<Row> rows)
    {
        List<Row> good = [];
        List<string> warnings = [];
        Dictionary<string, HashSet<StoredPlan>> plans = new(StringComparer.Ordinal);
        foreach (Row row in rows)
        {
            HashSet<StoredPlan> before = plans.GetValueOrDefault(row.Value) ?? [.. store.FindByValue(row.Value) is { } known ? store.PlansOf(known) : []];
            HashSet<StoredPlan> after = [.. before];
            if (Fault(store, row, after) is { } fault)
            {
                warnings.Add($"Row {row.Number}: {fault}");
            }
            else
            {
                good.Add(row);
                plans[row.Value] = after;
            }
        }

        return (good, warnings);
    }

    private static StoredKey Put(RegionStore store, Row row, long now)
    {
        if (store.FindByValue(row.Value) is { } known)
        {
            (known.Name, known.Description, known.Enabled, known.LastUpdatedDate) = (row.Name, row.Description, row.Enabled, now);
            return known;
        }

        StoredKey key = new()
        {
            Id = store.NewId(),
            Value = row.Value,
            Sequence = store.NextSequence,
            CreatedDate = now,
            LastUpdatedDate = now,
            Name = row.Name,
            Description = row.Description,
            Enabled = row.Enabled,
        };
        store.Add(key);
        return key;
    }

    private static string? Fault(RegionStore store, Row row, HashSet<StoredPlan> plans)
    {
        try
        {
            if (row.Value.Length == 0)
            {
                return "the key is missing";
            }

            KeyOperations.CheckName(row.Name);
            KeyOperations.CheckDescription(row.Description);
            KeyOperations.CheckValue(row.Value);
            foreach (string id in row.PlanIds)
            {
                StoredPlan plan = store.TryFindPlan(id) ?? throw ServiceError.NotFound($"Invalid Usage Plan ID specified: {id}");
                if (!plans.Contains(plan) && PlanKeyOperations.FindFault(store, plan, plans) is { } clash)
                {
                    return clash.Message;
                }

                plans.Add(plan);
            }

            return null;
        }
        catch (ServiceError fault)
        {
            return fault.Message;
        }
    }

    private static List<Row> ReadRows(ReadOnlyMemory<byte> body)
    {
        try
        {
            using StringReader text = new(Encoding.UTF8.GetString(body.Span));
            CsvReader reader = new(text);
            string[] header = [.. (reader.ReadRecord() ?? []).Select(cell => cell.Text.Trim().ToUpperInvariant())];
            int plans = Array.IndexOf(header, "USAGEPLANIDS");
            reader.SingleQuotesCount = index => index == plans;
            foreach (string required in new[] { "Key", "Name" })
            {
                if (!header.Contains(required.ToUpperInvariant(), StringComparer.Ordinal))
                {
                    throw ServiceError.BadRequest($"Missing required column '{required}'");
                }
            }

            List<Row> rows = [];
            while (reader.ReadRecord() is { } record)
            {
                string Cell(string column) => Array.IndexOf(header, column) is int index and >= 0 && index < record.Count ? record[index].Text : "";
                rows.Add(new Row(
                    rows.Count + 1,
                    Cell("NAME"),
                    Cell("KEY"),
                    Cell("DESCRIPTION"),
                    !string.Equals(Cell("ENABLED").Trim(), "false", StringComparison.OrdinalIgnoreCase),
                    [.. Cell("USAGEPLANIDS").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]));
            }

            return rows;
        }
        catch (FileFaultException fault)
        {
            throw ServiceError.BadRequest($"Line {fault.Faults[0].Line}: {fault.Message}");
        }
    }

    private static ReadOnlyMemory<byte> Answer(List<string> ids, List<string> warnings) => Call.Json(writer =>
    {
        writer.WriteStartObject();
        foreach ((string name, List<string> texts) in new[] { ("ids", ids), ("warnings", warnings) })
        {
            writer.WriteStartArray(name);
            texts.ForEach(text => writer.WriteStringValue(text));
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    });

    private sealed record Row(int Number, string Name, string Value, string Description, bool Enabled, List<string> PlanIds);
}
