using FluxOps.Data.Devices;
using FluxOps.Data.Events;
using FluxOps.Data.Serving;

namespace FluxOps.Generator.Simulation;

/// <summary>Brings the store's positions of simulated devices up to a time: a start finds incidents under way, and devices that have closed while nobody simulated.</summary>
internal sealed class DevicePositions(ServingStore store, DeviceWriter devices, EventWriter events)
{
    public async Task SettleAsync(Incidents incidents, long now, CancellationToken ct)
    {
        var open = incidents.DeviceOutages(now, now + 1);
        List<(int Id, bool Open, long At)> positions = [.. open.Select(o => (o.DeviceId, true, o.Start))];
        foreach (var (id, since) in await OpenAsync(ct))
            if (!open.Exists(o => o.DeviceId == id))
            {
                // Other rates than before, and that incident is not known any more: then it is over now.
                var over = incidents.DeviceOutages(since, since + 1).Find(o => o.DeviceId == id);
                positions.Add((id, false, over.End > since && over.End <= now ? over.End : now));
            }
        await devices.WriteAsync(Incidents.Positions(positions), ct);
        // With its event, which nothing else may tell: the incident began before the events of this start, or is known no more.
        await events.WriteAsync(default, positions.Select(p => incidents.Moved(p.Id, p.Open, p.At)).ToArray(), ct);
    }

    private async Task<List<(int Id, long Since)>> OpenAsync(CancellationToken ct)
    {
        await using var command = store.DataSource.CreateCommand(
            "select device_id, (extract(epoch from source_time) * 1000)::bigint from device_status_realtime where open and origin = 1 order by device_id");
        await using var rows = await command.ExecuteReaderAsync(ct);
        List<(int, long)> found = [];
        while (await rows.ReadAsync(ct))
            found.Add((rows.GetInt32(0), rows.GetInt64(1)));
        return found;
    }
}
