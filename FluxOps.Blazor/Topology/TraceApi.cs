using System.ComponentModel.DataAnnotations;
using FluxOps.Blazor.Api;
using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Topology;

/// <summary>Where the supply comes from. Feeder and bank are null for a trace from a substation.</summary>
public sealed record TraceSource(string? Feeder, string? Bank, string Substation);

/// <param name="Km">Length of the segments.</param>
/// <param name="Kva">Nameplate of the transformers.</param>
/// <param name="Customers">Meters times what each stands for.</param>
public sealed record TraceCounts(int Segments, double Km, int Transformers, double Kva, int Meters, int Customers, int Devices, int OpenDevices);

/// <summary>What of it is de-energised now.</summary>
public sealed record TraceOut(int Segments, int Transformers, int Meters, int Customers);

/// <param name="Kind">recloser, switch, fuse, tieSwitch or capacitor.</param>
/// <param name="Segment">Id of the segment at whose head it sits.</param>
public sealed record TraceDevice(string Name, AssetKind Kind, int Segment, bool Open, bool NormallyOpen);

/// <summary>A trace. Numbers of segments and transformers are their ids: LN-000012 is segment 12, TX-000012 transformer 12.</summary>
/// <param name="FirstOpenUpstream">The first device on the way up that is open: the asset hangs below it.</param>
/// <param name="Devices">Passed, in order: up to the head first, then those below.</param>
/// <param name="Upstream">Segments from the asset to the feeder's head, in that order.</param>
/// <param name="Downstream">Segments below, by id.</param>
/// <param name="Ties">Normally open ties at the ends of segments below.</param>
/// <param name="Meters">Ranges of ids: the first, and how many.</param>
public sealed record TraceAnswer(
    LiveEnvelope Live, string Asset, AssetLayer Layer, TraceDirection Direction, TraceSource Source, TraceCounts Counts, TraceOut DeEnergised, string? FirstOpenUpstream,
    IReadOnlyList<TraceDevice> Devices, IReadOnlyList<int> Upstream, IReadOnlyList<int> Downstream, IReadOnlyList<int> Ties, IReadOnlyList<int> Transformers, IReadOnlyList<IdRange> Meters);

internal static class TraceApi
{
    public static void MapTrace(this RouteGroupBuilder group) =>
        group.MapGet("/trace", GetTrace).AddEndpointFilter<SnapshotFilter>().DocumentsSnapshot()
            .Produces<TraceAnswer>().ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>The way to the source, and what hangs on an asset</summary>
    /// <remarks>Up to the feeder's head, its bank and substation; down to transformers and meters; with devices passed, lengths, customers, and what of it is de-energised now.</remarks>
    /// <param name="asset">Name: SUB-0147, HOB-1204, LN-012345, RC-012345, TX-012345, or a meter's serial.</param>
    /// <param name="direction">up, down or both.</param>
    internal static async Task<IResult> GetTrace(LiveGrid live, GridTopologies topologies, [Required] string asset, CancellationToken ct, string direction = "both")
    {
        if (!Enum.TryParse<TraceDirection>(direction.Trim(), ignoreCase: true, out var way) || !Enum.IsDefined(way) || char.IsAsciiDigit(direction.Trim()[0]))
            return Problems.Invalid(nameof(direction), $"\"{direction}\" is no direction; give up, down or both.");
        var snapshot = live.Current!;
        var topology = await topologies.OfAsync(snapshot.Grid, ct);
        var names = new NetworkNames(topology, null);
        // Serials are read when first asked for; most names need none.
        if (names.Find(asset) is not { } from)
        {
            names = new(topology, await topologies.SerialsAsync(snapshot.Grid, ct));
            if (names.Find(asset) is not { } meter) return Problems.NotFound($"There is no asset \"{asset}\".");
            from = meter;
        }

        var trace = NetworkTrace.Of(topology, new(snapshot, topology), from, way);
        return TypedResults.Ok(Answer(trace, snapshot, topology, names));
    }

    private static TraceAnswer Answer(NetworkTrace t, GridSnapshot snapshot, GridTopology topology, NetworkNames names)
    {
        var (model, devices) = (topology.Model, topology.Model.Devices);
        return new(
            LiveEnvelope.Of(snapshot), names.Of(t.From), t.From.Layer, t.Direction,
            new(t.FeederId is { } f ? model.Feeders[f].Name : null, t.BankId is { } b ? model.Banks[b].Name : null, model.Substations[t.SubstationId].Code),
            new(t.Segments.Length, Math.Round(t.Km, 3), t.Transformers.Length, Math.Round(t.Kva, 1), t.MeterCount, t.Customers, t.Devices.Length, t.OpenDevices),
            new(t.SegmentsOut, t.TransformersOut, t.MetersOut, t.CustomersOut), t.FirstOpenUpstream is { } open ? names.Of(new(AssetLayer.Device, open)) : null,
            [.. t.Devices.Select(d => new TraceDevice(names.Of(new(AssetLayer.Device, d.Id)), devices.Kind[d.Id], devices.SegmentId[d.Id], d.Open, d.NormallyOpen))],
            t.Upstream, t.Downstream, t.Ties, t.Transformers, t.Meters);
    }
}
