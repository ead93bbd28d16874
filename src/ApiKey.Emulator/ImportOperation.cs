using System.Text;
using ApiKey.Files;

namespace ApiKey.Emulator;

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
            ILookup<string?, Row> rowsByFault = rows.ToLookup(row => Fault(store, row), StringComparer.Ordinal);
            List<string> warnings = [.. rowsByFault.Select(group => group.Key).OfType<string>()];
            if (warnings.Count > 0 && call.QueryIsTrue("failonwarnings"))
            {
                throw ServiceError.BadRequest(string.Join("; ", warnings));
            }

            List<string> ids = [];
            foreach (Row row in rowsByFault[null])
            {
                StoredKey key = Put(store, row, now);
                ids.Add(key.Id);
                foreach (string planId in row.PlanIds)
                {
                    StoredPlan plan = store.FindPlan(planId);
                    if (!plan.Keys.Exists(member => member.Key == key))
                    {
                        PlanKeyOperations.Attach(store, plan, key);
                    }
                }
            }

            return Answer(ids, warnings);
        }
    }

    private static StoredKey Put(RegionStore store, Row row, long now)
    {
        if (store.FindByValue(row.Value) is { } known)
        {
            (known.Name, known.Description, known.Enabled, known.LastUpdatedDate) = (row.Name, row.Description, row.Enabled, now);
            return known;
        }

        store.RefuseWhenFull();
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

    private static string? Fault(RegionStore store, Row row)
    {
        try
        {
            if (row.Value.Length == 0)
            {
                return $"Row {row.Number}: the key is missing";
            }

            KeyOperations.CheckName(row.Name);
            KeyOperations.CheckDescription(row.Description);
            KeyOperations.CheckValue(row.Value);
            return row.PlanIds.Find(id => store.TryFindPlan(id) is null) is { } unknown ? $"Row {row.Number}: Invalid Usage Plan ID specified: {unknown}" : null;
        }
        catch (ServiceError fault)
        {
            return $"Row {row.Number}: {fault.Message}";
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
            throw ServiceError.BadRequest($"Line {fault.Line}: {fault.Message}");
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
