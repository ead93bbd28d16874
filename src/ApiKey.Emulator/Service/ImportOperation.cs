using System.Text;
using ApiKey.Emulator.Store;
using ApiKey.Emulator.Wire;
using ApiKey.Formats;

namespace ApiKey.Emulator.Service;

/// <summary>
/// ImportApiKeys: AWS's key file format. A key whose value exists is overwritten. A bad row is a warning. With failonwarnings
/// the answer is a 400 that names the warnings, but the good rows are imported all the same, as AWS was recorded to do.
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
            // Everything is judged first, so that a full region leaves nothing half done.
            (List<Row> good, List<string> warnings) = Judge(store, rows);
            store.RefuseWhenFull(good.Select(row => row.Value).Distinct(StringComparer.Ordinal).Count(value => !store.HoldsValue(value)));
            if (good.Exists(row => PlansOf(store, row).Any()))
            {
                store.Quota?.ChangePlanKeys(call);
            }

            List<string> ids = [];
            foreach (Row row in good)
            {
                StoredKey key = Put(store, row, now);
                ids.Add(key.Id);
                foreach (StoredPlan plan in PlansOf(store, row))
                {
                    plan.Keys[key.Id] = key;
                }
            }

            return warnings.Count > 0 && call.QueryIsTrue("failonwarnings")
                ? throw ServiceError.BadRequest("Warnings found during import:"
                    + string.Concat(warnings.Select(warning => "\n\t" + warning)))
                : Answer(ids, warnings);
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
            HashSet<StoredPlan> before = plans.GetValueOrDefault(row.Value)
                ?? [.. store.FindByValue(row.Value) is { } known ? store.PlansOf(known) : []];
            HashSet<StoredPlan> after = [.. before];
            if (Fault(store, row, after) is { } fault)
            {
                warnings.Add($"Skipped invalid record: {row.Number}. {fault}");
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
            // It keeps its id, its plans and its tags; a description that the file does not give is gone, and it counts as new.
            store.Rename(known, row.Name);
            (known.Description, known.Enabled, known.CreatedDate, known.LastUpdatedDate) = (row.Description, row.Enabled, now, now);
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
            KeyOperations.CheckName(row.Name);
            KeyOperations.CheckDescription(row.Description);
            if (row.Value.Length == 0)
            {
                return KeyOperations.ShortValue;
            }

            KeyOperations.CheckValue(row.Value);
            string id = store.FindByValue(row.Value)?.Id ?? "";
            foreach (StoredPlan plan in PlansOf(store, row).Where(plan => !plans.Contains(plan)))
            {
                if (PlanKeyOperations.FindProblem(store, plan, id, plans) is { } clash)
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

    // A plan that is not there is passed over without a word, as AWS was recorded to do.
    private static IEnumerable<StoredPlan> PlansOf(RegionStore store, Row row)
        => row.PlanIds.Select(store.TryFindPlan).OfType<StoredPlan>();

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
                    throw ServiceError.BadRequest($"Missing required column '{required}' ");
                }
            }

            List<Row> rows = [];
            while (reader.ReadRecord() is { } record)
            {
                string Cell(string column) => Array.IndexOf(header, column) is int index and >= 0 && index < record.Count
                    ? record[index].Text : "";
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
        catch (FileProblemException problem)
        {
            throw ServiceError.BadRequest($"Line {problem.Problems[0].Line}: {problem.Message}");
        }
    }

    private static ReadOnlyMemory<byte> Answer(List<string> ids, List<string> warnings) => Json.Write(writer =>
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
