using Npgsql;
using NpgsqlTypes;

namespace FluxOps.Data.Bulk;

/// <summary>Typed array parameters: without a type the driver would look each one up by its value.</summary>
internal static class Sql
{
    private const long PostgresEpochMilliseconds = 946_684_800_000;

    public static NpgsqlParameter Ints(int[] values) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer };

    public static NpgsqlParameter Shorts(short[] values) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint };

    public static NpgsqlParameter Bools(bool[] values) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean };

    /// <summary>NaN stays NaN: write <c>nullif(x, 'NaN')</c> in the statement.</summary>
    public static NpgsqlParameter Reals(float[] values) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Real };

    /// <summary>NaN becomes a NULL element.</summary>
    public static NpgsqlParameter RealsOrNulls(float[] values) =>
        new() { Value = Array.ConvertAll(values, v => float.IsNaN(v) ? (float?)null : v), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Real };

    public static NpgsqlParameter Texts(string?[] values) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    /// <summary>Timestamps from Unix milliseconds, in the server's own unit: µs since 2000.</summary>
    public static NpgsqlParameter TimesFromMilliseconds(long[] values) => new()
    {
        Value = Array.ConvertAll(values, v => (v - PostgresEpochMilliseconds) * 1000),
        NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
    };

    public static NpgsqlParameter TimesFromSeconds(long[] values) => TimesFromMilliseconds(Array.ConvertAll(values, v => v * 1000));

    public static NpgsqlParameter Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    public static NpgsqlBatchCommand Command(string text, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var p in parameters)
            command.Parameters.Add(p);
        return command;
    }

    public static short[] ToShorts<T>(T[] values) where T : struct, Enum
    {
        var shorts = new short[values.Length];
        for (var i = 0; i < values.Length; i++)
            shorts[i] = System.Runtime.CompilerServices.Unsafe.As<T, byte>(ref values[i]); // every stored enum is a byte
        return shorts;
    }

    public static float RealOrNaN(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? float.NaN : reader.GetFloat(column);

    public static DateTime FromSeconds(long unixSeconds) => DateTimeOffset.FromUnixTimeSeconds(unixSeconds).UtcDateTime;

    public static long ToSeconds(DateTime utc) => new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeSeconds();

    public static long ToMilliseconds(DateTime utc) => new DateTimeOffset(utc, TimeSpan.Zero).ToUnixTimeMilliseconds();
}
