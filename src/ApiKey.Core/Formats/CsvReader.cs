using System.Text;
using ApiKey.Text;

namespace ApiKey.Formats;

/// <summary>One cell of a CSV file and where it starts, both counted from 1 as editors do.</summary>
internal readonly record struct CsvCell(string Text, int Line, int Column);

/// <summary>
/// Reads CSV record by record: commas, cells in double quotes (doubled inside), line breaks inside quotes, a byte order mark.
/// AWS's key file format also accepts single quotes around usage plan ids; where they count is for the caller to say, because a
/// name may well start with an apostrophe.
/// </summary>
internal sealed class CsvReader(TextReader source)
{
    private int _line = 1;
    private int _column = 1;

    /// <summary>Whether single quotes quote a cell, by the cell's index in its record.</summary>
    public Func<int, bool> SingleQuotesCount { get; set; } = _ => false;

    /// <summary>The next record that is not a blank line, nor one of commas only, as spreadsheets leave them; null at the end.</summary>
    /// <exception cref="FileProblemException">A quoted cell does not end, or goes on after its quote.</exception>
    public IReadOnlyList<CsvCell>? ReadRecord()
    {
        IReadOnlyList<CsvCell>? record;
        do
        {
            record = ReadLine();
        }
        while (record is { Count: > 1 } && record.All(cell => cell.Text.Length == 0));
        return record;
    }

    private List<CsvCell>? ReadLine()
    {
        if (_line == 1 && source.Peek() == '\uFEFF')
        {
            _ = source.Read();
        }

        while (source.Peek() is '\r' or '\n')
        {
            Read();
        }

        if (source.Peek() < 0)
        {
            return null;
        }

        List<CsvCell> cells = [];
        do
        {
            cells.Add(ReadCell(cells.Count));
        }
        while (ReadIf(','));
        return cells;
    }

    /// <summary>The first line, which names the columns.</summary>
    /// <param name="example">Columns that it may name.</param>
    /// <exception cref="FileProblemException">There is none, or cells are separated by something else than commas.</exception>
    public IReadOnlyList<CsvCell> ReadHeader(string example)
    {
        IReadOnlyList<CsvCell> header = ReadRecord()
            ?? throw new FileProblemException(1, 1, $"The file is empty. Its first line names the columns, for example {example}.");
        if (header[0].Text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            throw new FileProblemException(header[0].Line, header[0].Column,
                "The first line must name the columns. Remove the line sep=, which only spreadsheets read.");
        }

        return header is [CsvCell only] && only.Text.IndexOfAny([';', '\t', '|']) is >= 0 and int at
            ? throw new FileProblemException(only.Line, only.Column + at,
                $"The columns are separated by {NameOf(only.Text[at])}. Save the file with commas "
                + $"({Words.Typed.Command(Act.ConvertCsv)}).")
            : header;

        static string NameOf(char separator) => separator switch { ';' => "semicolons", '\t' => "tabs", _ => "vertical bars" };
    }

    /// <summary>Refuses a row that has another number of cells than the header: what it says is in doubt.</summary>
    /// <exception cref="FileProblemException">It has.</exception>
    public static void CheckLength(IReadOnlyList<CsvCell> record, IReadOnlyList<CsvCell> header)
    {
        string counts = $"The row has {record.Count} {(record.Count == 1 ? "cell" : "cells")}, the header {header.Count}.";
        if (record.Count > header.Count)
        {
            throw new FileProblemException(record[header.Count].Line, record[header.Count].Column,
                $"{counts} Put a cell that holds a comma in double quotes.");
        }

        if (record.Count < header.Count)
        {
            throw new FileProblemException(record[0].Line, record[0].Column,
                $"{counts} Write a comma for each cell that is empty; if this is the last row, the file may have been cut off.");
        }
    }

    private CsvCell ReadCell(int index)
    {
        (int line, int column) = (_line, _column);
        StringBuilder text = new();
        if (source.Peek() is int quote && (quote == '"' || (quote == '\'' && SingleQuotesCount(index))))
        {
            ReadQuoted((char)Read(), text, line, column);
        }
        else
        {
            while (source.Peek() is >= 0 and not ',' and not '\r' and not '\n')
            {
                text.Append((char)Read());
            }
        }

        return new CsvCell(text.ToString(), line, column);
    }

    private void ReadQuoted(char quote, StringBuilder text, int line, int column)
    {
        while (true)
        {
            int next = Read();
            if (next < 0)
            {
                throw new FileProblemException(line, column, $"The cell that starts here with {quote} has no closing {quote}.");
            }

            if (next == quote && !ReadIf(quote))
            {
                break;
            }

            text.Append((char)next);
        }

        while (source.Peek() is ' ' or '\t')
        {
            Read();
        }

        if (source.Peek() is >= 0 and not ',' and not '\r' and not '\n')
        {
            throw new FileProblemException(_line, _column,
                $"There is text after the closing {quote}. Double a {quote} that belongs to the text.");
        }
    }

    private bool ReadIf(char expected)
    {
        if (source.Peek() != expected)
        {
            return false;
        }

        Read();
        return true;
    }

    // A line break counts once, whether it is LF, CR or CR LF.
    private int Read()
    {
        int read = source.Read();
        if (read == '\n' || (read == '\r' && source.Peek() != '\n'))
        {
            _line++;
            _column = 1;
        }
        else if (read != '\r')
        {
            _column++;
        }

        return read;
    }
}
