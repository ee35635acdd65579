using FluxOps.Data.Bulk;
using Npgsql;

namespace FluxOps.Data.Readings;

/// <summary>Encodes readings as rows of <c>ami_realtime</c>, or of a table shaped like it with the reading's position in front.</summary>
internal static class ReadingRows
{
    public const string Columns = "interval_start, received_at, usage_point_id, kwh, volts, quality, origin, interval_s, source_code";

    /// <param name="table">A name of ours, never input.</param>
    /// <param name="chosen">Positions to write, each preceded by its position as column <c>ordinal</c>; null: all, without it.</param>
    public static async Task CopyAsync(NpgsqlConnection connection, string table, IntervalReadings r, IReadOnlyList<int>? chosen, CancellationToken ct)
    {
        // COPY sends no expressions: the server's clock is asked once for the batch.
        await using var clock = new NpgsqlCommand("select clock_timestamp()", connection);
        var receivedAt = Sql.ToMilliseconds((DateTime)(await clock.ExecuteScalarAsync(ct))!);
        await using var copy = await CopyWriter.BeginAsync(connection, $"copy {table} ({(chosen is null ? "" : "ordinal, ")}{Columns}) from stdin binary", ct);
        var count = chosen?.Count ?? r.Count;
        for (var n = 0; n < count; n++)
        {
            var i = chosen?[n] ?? n;
            await copy.RowAsync(chosen is null ? 9 : 10, ct);
            if (chosen is not null)
                copy.Int(i);
            copy.TimeFromSeconds(r.IntervalStart[i]);
            copy.TimeFromMilliseconds(receivedAt);
            copy.Int(r.UsagePointId[i]);
            copy.RealOrNull(r.Kwh[i]);
            copy.RealOrNull(r.Volts[i]);
            copy.Short((short)r.Quality[i]);
            copy.Short((short)r.OriginOf(i));
            copy.Short((short)r.IntervalSeconds);
            copy.Text(r.SourceCode?[i]);
        }
        await copy.CompleteAsync(ct);
    }
}
