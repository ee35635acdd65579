using System.Runtime.CompilerServices;
using FluxOps.Blazor.Security;
using FluxOps.Blazor.Topology;
using FluxOps.Data.Changes;
using FluxOps.Data.Grid;
using FluxOps.Data.Telemetry;

namespace FluxOps.Blazor.Live;

/// <summary>The grid as the serving store has it.</summary>
internal sealed class ServingSource(GridStore grids, GridTopologies topologies, ChangeFeed feed, TelemetryQueries telemetry, PeopleChanges people) : IGridSource
{
    public async Task<GridModel> LoadAsync(CancellationToken ct)
    {
        await grids.ExistsAsync(ct);
        return await grids.LoadAsync(GridParts.Stations, ct);
    }

    public Task<GridTopology> TopologyAsync(GridModel stations, CancellationToken ct) => topologies.OfAsync(stations, ct);

    public async Task<IReadOnlyList<MinuteColumn>> RecentMinutesAsync(CancellationToken ct) =>
        [.. (await telemetry.RecentMinutesAsync(MinuteTrends.Length + 1, ct)).Select(m => new MinuteColumn(m.Minute, m.SubstationMw, m.FeederMw, m.FeederAmps))];

    public async Task<IReadOnlyList<KpiColumn>> RecentKpisAsync(CancellationToken ct) =>
        [.. (await telemetry.KpiMinutesAsync(MinuteTrends.Length + 1, ct)).Select(Column)];

    public Task StoreAsync(KpiColumn minute, CancellationToken ct)
    {
        // A minute without any value is a gap, and a row would say "0 customers out".
        if (float.IsNaN(minute.Values[(int)KpiTrend.SystemMw])) return Task.CompletedTask;
        return telemetry.WriteKpiMinuteAsync(
            new KpiMinute(
                DateTimeOffset.FromUnixTimeSeconds(minute.Minute),
                Value(KpiTrend.SystemMw), (int)minute.Values[(int)KpiTrend.CustomersOut], (int)minute.Values[(int)KpiTrend.FeedersOverLimit],
                Value(KpiTrend.MetersReporting), Value(KpiTrend.OutsideRangeA), Value(KpiTrend.DataAge)),
            ct);

        double? Value(KpiTrend kpi) => float.IsNaN(minute.Values[(int)kpi]) ? null : minute.Values[(int)kpi];
    }

    /// <summary>The process has one feed; news of people goes its own way from here, whatever waits in the grid's queue.</summary>
    public async IAsyncEnumerable<GridChange> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var listening = false;
        await foreach (var change in feed.ReadAsync(ct))
        {
            if (change is PeopleChange person)
            {
                people.Tell(person.UserId);
                continue;
            }

            // A feed that is read anew has heard nothing in between, nor has one that was lost.
            if (!listening && change is not FeedLost) people.TellEveryone();
            listening = change is not FeedLost;
            yield return change;
        }
    }

    private static KpiColumn Column(KpiMinute minute)
    {
        var values = new float[Enum.GetValues<KpiTrend>().Length];
        values[(int)KpiTrend.SystemMw] = Or(minute.SystemMw);
        values[(int)KpiTrend.CustomersOut] = minute.CustomersOut;
        values[(int)KpiTrend.FeedersOverLimit] = minute.FeedersOverLimit;
        values[(int)KpiTrend.MetersReporting] = Or(minute.MetersReporting);
        values[(int)KpiTrend.OutsideRangeA] = Or(minute.OutsideRangeA);
        values[(int)KpiTrend.DataAge] = Or(minute.DataAgeS);
        return new(minute.Minute.ToUnixTimeSeconds(), values);

        static float Or(double? value) => (float)(value ?? double.NaN);
    }
}
