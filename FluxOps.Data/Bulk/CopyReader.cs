using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace FluxOps.Data.Bulk;

/// <summary>Reads the rows of a binary COPY TO STDOUT straight out of the wire format. Columns are read in the statement's order and in its types.</summary>
internal sealed class CopyReader : IAsyncDisposable
{
    private const long PostgresEpochSeconds = 946_684_800;

    private readonly NpgsqlRawCopyStream _stream;
    private byte[] _buffer = new byte[256 * 1024];
    private int _at;
    private int _end;
    private bool _begun;

    private CopyReader(NpgsqlRawCopyStream stream) => _stream = stream;

    public static async Task<CopyReader> BeginAsync(NpgsqlConnection connection, string copyCommand, CancellationToken ct) =>
        new(await connection.BeginRawBinaryCopyAsync(copyCommand, ct));

    /// <summary>Steps to the next row, all of which is then in the buffer; false at the end.</summary>
    public async ValueTask<bool> NextAsync(CancellationToken ct)
    {
        if (!_begun)
        {
            await NeedAsync(19, ct);
            _at += 19 + BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_at + 15));
            _begun = true;
        }
        await NeedAsync(2, ct);
        var columns = BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(_at));
        if (columns < 0)
            return false;
        var end = 2;
        for (var c = 0; c < columns; c++)
        {
            if (_end - _at < end + 4)
                await NeedAsync(end + 4, ct);
            end += 4 + Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_at + end)));
        }
        if (_end - _at < end)
            await NeedAsync(end, ct);
        _at += 2;
        return true;
    }

    public short Short() => BinaryPrimitives.ReadInt16BigEndian(Field());
    public int Int() => BinaryPrimitives.ReadInt32BigEndian(Field());
    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Field());
    public bool Bool() => Field()[0] != 0;
    public Guid Uuid() => new(Field(), bigEndian: true);
    public string Text() => Encoding.UTF8.GetString(Field());
    public long TimeAsSeconds() => (BinaryPrimitives.ReadInt64BigEndian(Field()) / 1_000_000) + PostgresEpochSeconds;
    public long TimeAsMilliseconds() => (BinaryPrimitives.ReadInt64BigEndian(Field()) / 1000) + (PostgresEpochSeconds * 1000);

    /// <summary>NULL is NaN.</summary>
    public float Real()
    {
        var field = Field();
        return field.IsEmpty ? float.NaN : BinaryPrimitives.ReadSingleBigEndian(field);
    }

    public string? TextOrNull() => IsNull() ? Skip() : Text();

    private bool IsNull() => BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_at)) < 0;

    private string? Skip()
    {
        Field();
        return null;
    }

    private ReadOnlySpan<byte> Field()
    {
        var length = Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_at)));
        var field = _buffer.AsSpan(_at + 4, length);
        _at += 4 + length;
        return field;
    }

    private async ValueTask NeedAsync(int bytes, CancellationToken ct)
    {
        if (_end - _at >= bytes)
            return;
        if (_at + bytes > _buffer.Length || _at > _buffer.Length / 2)
        {
            var to = bytes > _buffer.Length ? new byte[bytes * 2] : _buffer;
            _buffer.AsSpan(_at, _end - _at).CopyTo(to);
            _end -= _at;
            _at = 0;
            _buffer = to;
        }
        while (_end - _at < bytes)
        {
            var read = await _stream.ReadAsync(_buffer.AsMemory(_end), ct);
            if (read == 0)
                throw new EndOfStreamException("The server ended a binary COPY within a row.");
            _end += read;
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
