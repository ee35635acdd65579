using System.Globalization;
using FluxOps.Blazor.Live;
using FluxOps.Data.Grid;

namespace FluxOps.Blazor.Find;

/// <summary>Makes an <see cref="AssetSearch"/>: stations, feeders and ids at once, then meters, in the order of their ids.</summary>
internal sealed class AssetSearchBuilder
{
    private readonly GridModel _grid;
    private readonly NameRun[] _runs;
    private readonly NameRuns.Builder _serials = new(AssetLayer.Meter);
    private readonly TextIndex.Builder _texts = new();

    /// <param name="grid">With its stations and feeders; of the rest the counts are enough.</param>
    /// <param name="devices">Kind of each line device.</param>
    public AssetSearchBuilder(GridModel grid, IReadOnlyList<AssetKind> devices)
    {
        _grid = grid;
        _runs = [.. NameRuns.OfNetwork(grid.Counts.Transformers, grid.Counts.Segments, devices)];
        AddStations(_texts);
    }

    /// <summary>What can be found before the meters are read.</summary>
    public AssetSearch WithoutMeters()
    {
        var texts = new TextIndex.Builder();
        AddStations(texts);
        return new(_grid, new(_runs), texts.Finish(), complete: false);
    }

    public void AddMeter(int id, string serial, string address)
    {
        if (id != _texts.Texts - _grid.Substations.Length - _grid.Feeders.Length) throw new InvalidDataException($"Meter {id} comes out of order.");
        AddText(_texts, address);
        if (!_serials.Add(id, serial)) AddText(_texts, serial);
        _texts.EndText();
    }

    public AssetSearch Finish() => new(_grid, new(_runs.Concat(_serials.Finish())), _texts.Finish(), complete: true);

    private void AddStations(TextIndex.Builder texts)
    {
        foreach (var station in _grid.Substations)
        {
            AddText(texts, station.Name);
            AddText(texts, station.Code);
            // SUB-0147 is said "147" and "SUB 147" too.
            var number = station.Code.AsSpan(station.Code.AsSpan().TrimEnd("0123456789").Length);
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var plain))
            {
                AddText(texts, plain.ToString(CultureInfo.InvariantCulture));
                AddText(texts, SearchText.Joined(SearchText.Fold(station.Code[..^number.Length])) + plain.ToString(CultureInfo.InvariantCulture));
            }

            texts.EndText();
        }

        foreach (var feeder in _grid.Feeders)
        {
            AddText(texts, feeder.Name);
            AddText(texts, _grid.Substations[feeder.SubstationId].Name);
            texts.EndText();
        }
    }

    private static void AddText(TextIndex.Builder texts, string text)
    {
        var folded = SearchText.Fold(text);
        foreach (var range in SearchText.Chunks(folded))
        {
            var chunk = folded.AsSpan(range);
            if (!chunk.ContainsAnyExcept(Plain))
            {
                texts.Word(chunk);
                continue;
            }

            texts.Word(SearchText.Joined(chunk));
            foreach (var part in SearchText.Parts(chunk)) texts.Word(SearchText.Joined(chunk[part]));
        }
    }

    private static readonly System.Buffers.SearchValues<char> Plain = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");
}
