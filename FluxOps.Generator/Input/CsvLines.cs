using System.Text;

namespace FluxOps.Generator.Input;

/// <summary>A file that cannot be used, said for the person who gave it: which file, line and column, and what was expected.</summary>
public sealed class InputFileException(string message) : Exception(message);

/// <summary>
/// Reads RFC 4180 lines one at a time and remembers where each field began, because a message about a bad field must give line and column.
/// Blank lines are skipped.
/// </summary>
internal sealed class CsvLines(TextReader text)
{
    private readonly List<string> _fields = [];
    private readonly List<int> _columns = [];
    private readonly StringBuilder _field = new();
    private int _nextLine = 1;

    /// <summary>Line that the record begins on, from 1.</summary>
    public int Line { get; private set; }

    public IReadOnlyList<string> Fields => _fields;

    /// <summary>Character column that a field begins at, from 1; one past the end where the line is too short for it.</summary>
    public int ColumnOf(int field) => field < _columns.Count ? _columns[field] : _end;

    private int _end;

    public bool Read()
    {
        string? line;
        do
        {
            line = text.ReadLine();
            Line = _nextLine++;
        }
        while (line is not null && string.IsNullOrWhiteSpace(line));
        if (line is null)
            return false;
        _fields.Clear();
        _columns.Clear();
        int at = 0;
        while (at <= line.Length)
        {
            _columns.Add(at + 1);
            at = at < line.Length && line[at] == '"' ? Quoted(ref line, at + 1) : Plain(line, at);
        }
        _end = line.Length + 1;
        return true;
    }

    private int Plain(string line, int at)
    {
        int comma = line.IndexOf(',', at), end = comma < 0 ? line.Length : comma;
        _fields.Add(line[at..end]);
        return end + 1;
    }

    private int Quoted(ref string line, int at)
    {
        _field.Clear();
        while (true)
        {
            if (at >= line.Length)
            {
                // A quoted field may hold line breaks.
                if (text.ReadLine() is not { } more)
                    break;
                _nextLine++;
                _field.Append('\n');
                (line, at) = (more, 0);
            }
            else if (line[at] != '"')
                _field.Append(line[at++]);
            else if (at + 1 < line.Length && line[at + 1] == '"')
            {
                _field.Append('"');
                at += 2;
            }
            else
                break;
        }
        _fields.Add(_field.ToString());
        int comma = at < line.Length ? line.IndexOf(',', at) : -1;
        return comma < 0 ? line.Length + 1 : comma + 1;
    }
}
