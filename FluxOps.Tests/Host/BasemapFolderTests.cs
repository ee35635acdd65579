using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using FluxOps.Blazor.Map.Basemaps;
using FluxOps.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FluxOps.Tests.Host;

/// <summary>A folder of the operator's own basemaps: listed, watched, served by range, and nothing beside it.</summary>
public sealed class BasemapFolderTests
{
    private readonly string _folder = PostgresFixture.NewFolder();
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AFileIsListedAsItDescribesItself()
    {
        await WriteAsync("houston", PmtilesFile.Vector());
        await using var app = await StartAsync();
        using var browser = await app.SignedInAsync();

        var basemap = Assert.Single((await browser.GetFromJsonAsync<Basemap[]>("/grid/basemaps", Stop))!);

        Assert.Equal(("houston", "Houston streets", "mvt", 9, 9, null), (basemap.Name, basemap.Title, basemap.Tiles, basemap.MinZoom, basemap.MaxZoom, basemap.Fault));
        Assert.Equal("© OpenStreetMap contributors <b>", basemap.Attribution); // words: the map shows them as such
        Assert.Equal(["water", "roads"], basemap.Layers);
        Assert.Equal(-95.625, basemap.Bounds![0], 4);
        Assert.StartsWith("/grid/basemaps/houston.pmtiles?v=", basemap.Url);
    }

    [Fact]
    public async Task ItIsServedByRange()
    {
        var bytes = PmtilesFile.Vector();
        await WriteAsync("Gulf coast 2026", bytes);
        await using var app = await StartAsync();
        using var browser = await app.SignedInAsync();
        var url = (await browser.GetFromJsonAsync<Basemap[]>("/grid/basemaps", Stop))![0].Url!;

        using var asked = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(7, 126), AcceptEncoding = { new("gzip"), new("br") } } };
        using var part = await browser.SendAsync(asked, Stop);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(bytes[7..127], await part.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal($"bytes 7-126/{bytes.Length}", part.Content.Headers.ContentRange?.ToString());
        Assert.Equal("application/vnd.pmtiles", part.Content.Headers.ContentType?.MediaType);
        Assert.Empty(part.Content.Headers.ContentEncoding);
        Assert.False(part.Headers.ETag!.IsWeak);
        Assert.True(part.Headers.CacheControl!.Private);

        using var again = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Get, url) { Headers = { IfNoneMatch = { part.Headers.ETag } } }, Stop);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var beyond = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(bytes.Length, null) } }, Stop);
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        using var head = await browser.SendAsync(new HttpRequestMessage(HttpMethod.Head, url), Stop);
        Assert.Equal(bytes.Length, head.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task NothingElseIsServed()
    {
        var inner = Directory.CreateDirectory(Path.Combine(_folder, "maps")).FullName;
        await WriteAsync("secret", PmtilesFile.Vector());
        await File.WriteAllTextAsync(Path.Combine(inner, "notes.txt"), "not for a browser", Stop);
        await File.WriteAllTextAsync(Path.Combine(inner, "broken.pmtiles"), "PMTiles", Stop);
        await using var app = await HostApp.StartAsync(("FluxOps:Map:BasemapFolder", inner));
        using var browser = await app.SignedInAsync();

        foreach (var path in (string[])["/grid/basemaps/../secret.pmtiles", "/grid/basemaps/..%2Fsecret.pmtiles", "/grid/basemaps/..%5Csecret.pmtiles", "/grid/basemaps/%2e%2e%2fsecret.pmtiles",
            $"/grid/basemaps/{Uri.EscapeDataString(Path.Combine(_folder, "secret"))}.pmtiles", "/grid/basemaps/notes.txt", "/grid/basemaps/notes.txt.pmtiles", "/grid/basemaps/broken.pmtiles", "/grid/basemaps/.pmtiles"])
        {
            using var answer = await browser.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var stranger = app.Browser();
        using var refused = await stranger.GetAsync("/grid/basemaps", Stop);
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
        using var file = await stranger.GetAsync("/grid/basemaps/broken.pmtiles", Stop);
        Assert.NotEqual(HttpStatusCode.OK, file.StatusCode);
    }

    [Fact]
    public async Task WhatComesWhileItRunsAppearsWhenItIsWhole()
    {
        await using var app = await StartAsync();
        var bytes = PmtilesFile.Vector();
        var path = Path.Combine(_folder, "late.pmtiles");
        await using var lists = app.Services.GetRequiredService<BasemapFolder>().Watch(Stop).GetAsyncEnumerator(Stop);
        Assert.True(await lists.MoveNextAsync());
        Assert.Empty(lists.Current);

        await File.WriteAllBytesAsync(path, bytes[..200], Stop);
        var half = await NextAsync(lists, l => l.Count == 1);
        Assert.Contains("incomplete", half[0].Fault);
        Assert.Null(half[0].Url);

        await using (var rest = new FileStream(path, FileMode.Append))
            await rest.WriteAsync(bytes.AsMemory(200), Stop);
        var whole = await NextAsync(lists, l => l[0].Fault is null);
        Assert.Equal("Houston streets", whole[0].Title);

        await File.WriteAllBytesAsync(path, PmtilesFile.Png(), Stop);
        var other = await NextAsync(lists, l => l[0].Tiles == "png");
        Assert.NotEqual(whole[0].Url, other[0].Url);

        File.Move(path, Path.Combine(_folder, "renamed.pmtiles"));
        await NextAsync(lists, l => l is [{ Name: "renamed" }]);
        File.Delete(Path.Combine(_folder, "renamed.pmtiles"));
        await NextAsync(lists, l => l.Count == 0);
    }

    [Fact]
    public async Task BrokenFilesSayWhy()
    {
        var good = PmtilesFile.Vector();
        await WriteAsync("a-empty", []);
        await WriteAsync("b-text", [.. Enumerable.Repeat((byte)'x', 500)]);
        await WriteAsync("c-old", With(good, 7, 2));
        await WriteAsync("d-zstd", With(good, 98, 4));
        await WriteAsync("e-kind", With(good, 99, 9));
        await WriteAsync("f-zeros", [.. good[..127], .. new byte[good.Length - 127]]);
        await WriteAsync("g-words", PmtilesFile.Vector("not json"));
        await WriteAsync("h-huge", With(good, 70, 0x7f));
        await WriteAsync("i-utf8", PmtilesFile.Vector("{\"name\":\"\\ud800\"}"));
        await using var app = await StartAsync();
        using var browser = await app.SignedInAsync();

        var basemaps = (await browser.GetFromJsonAsync<Basemap[]>("/grid/basemaps", Stop))!;

        Assert.All(basemaps, b => Assert.Null(b.Url));
        Assert.Equal(["header", "not a PMTiles file", "version 2", "zstd", "kind 9", "unpacked", "no JSON", "no file has", "no JSON"],
            basemaps.Select((b, i) => b.Fault!.Contains(Words[i], StringComparison.Ordinal) ? Words[i] : b.Fault!));
    }

    private static readonly string[] Words = ["header", "not a PMTiles file", "version 2", "zstd", "kind 9", "unpacked", "no JSON", "no file has", "no JSON"];

    [Fact]
    public async Task AFolderThatCannotBeIsOneLineInTheLog()
    {
        var file = Path.Combine(_folder, "a-file");
        await File.WriteAllTextAsync(file, "", Stop);
        await using var app = await HostApp.StartAsync(("FluxOps:Map:BasemapFolder", Path.Combine(file, "below")));
        using var browser = await app.SignedInAsync();

        Assert.Empty((await browser.GetFromJsonAsync<Basemap[]>("/grid/basemaps", Stop))!);
        Assert.Single(app.Log.Lines, l => l.Contains("a-file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatIsNoPathIsOneLineInTheLogAndAnEmptyList()
    {
        var log = new Told();
        using var folder = new BasemapFolder(Options.Create(new MapOptions { BasemapFolder = "maps\0here" }), TimeProvider.System, log);
        await folder.StartAsync(Stop);
        Assert.Empty(await folder.ListAsync(Stop).WaitAsync(TimeSpan.FromSeconds(20), Stop));
        Assert.Null(await folder.OpenAsync("houston", Stop));
        Assert.Contains("cannot be read", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    private Task<HostApp> StartAsync() => HostApp.StartAsync(("FluxOps:Map:BasemapFolder", _folder));

    private Task WriteAsync(string name, byte[] bytes) => File.WriteAllBytesAsync(Path.Combine(_folder, name + ".pmtiles"), bytes, Stop);

    private static byte[] With(byte[] bytes, int at, byte value)
    {
        var changed = bytes.ToArray();
        changed[at] = value;
        return changed;
    }

    private static async Task<IReadOnlyList<Basemap>> NextAsync(IAsyncEnumerator<IReadOnlyList<Basemap>> lists, Func<IReadOnlyList<Basemap>, bool> wanted)
    {
        do
            Assert.True(await lists.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Stop));
        while (!wanted(lists.Current));
        return lists.Current;
    }

    private sealed class Told : ILogger<BasemapFolder>
    {
        public List<string> Lines { get; } = [];
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}
