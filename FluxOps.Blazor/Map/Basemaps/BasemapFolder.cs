using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace FluxOps.Blazor.Map.Basemaps;

/// <summary>
/// The operator's own basemaps: what is in the folder now, and every change of it. The file system says when something changed; nothing is asked by the clock.
/// </summary>
public sealed class BasemapFolder(IOptions<MapOptions> options, TimeProvider time, ILogger<BasemapFolder> log) : BackgroundService
{
    private const string Ending = ".pmtiles";

    /// <summary>A file that is being copied changes hundreds of times a second.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(250);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly Dictionary<string, (string Version, Basemap Basemap)> _read = []; // by path, of the scanning loop alone
    private volatile State _state = new(null);
    private string? _folderFault;

    /// <summary>Each list of basemaps, the present one first. A reader that is slow gets the newest only.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Basemap>> Watch([EnumeratorCancellation] CancellationToken ct)
    {
        for (var state = _state; ; state = _state)
        {
            if (state.Basemaps is { } basemaps)
                yield return basemaps;
            await state.Replaced.Task.WaitAsync(ct);
        }
    }

    /// <summary>The list as it is now, once the folder has been read for the first time.</summary>
    public async Task<IReadOnlyList<Basemap>> ListAsync(CancellationToken ct)
    {
        await foreach (var basemaps in Watch(ct))
            return basemaps;
        return [];
    }

    /// <summary>Opens the file behind a basemap that is served. Null for every other name, whatever it holds: a name is looked up, never made into a path.</summary>
    public async Task<FileStream?> OpenAsync(string name, CancellationToken ct)
    {
        if ((await ListAsync(ct)).FirstOrDefault(b => b.Name == name && b.Fault is null) is null || !_state.Paths.TryGetValue(name, out var path))
            return null;
        try
        {
            return Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // gone since
        }
    }

    /// <summary>Changes whenever the file does: part of its address, and its ETag.</summary>
    internal static string VersionOf(long bytes, DateTime writtenUtc) => $"{bytes:x}-{writtenUtc.Ticks:x}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // reading the folder is no part of the start
        if (TryResolve() is not { } folder)
        {
            Publish("", new(StringComparer.OrdinalIgnoreCase));
            return;
        }

        using var watcher = TryWatch(folder);
        do
        {
            Scan(folder);
            await _changes.Reader.WaitToReadAsync(stoppingToken);
            await Task.Delay(Settling, time, stoppingToken);
        }
        while (_changes.Reader.TryRead(out _));
    }

    /// <summary>Null: what is configured is no path.</summary>
    private string? TryResolve()
    {
        try
        {
            return options.Value.ResolveBasemapFolder();
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            TellOfFolder(options.Value.BasemapFolder ?? "", e.Message);
            return null;
        }
    }

    private FileSystemWatcher? TryWatch(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
            FileSystemEventHandler changed = (_, e) => Ring(e.Name);
            watcher.Created += changed;
            watcher.Changed += changed;
            watcher.Deleted += changed;
            watcher.Renamed += (_, e) => { Ring(e.Name); Ring(e.OldName); };
            watcher.Error += (_, _) => _changes.Writer.TryWrite(true); // more at once than it could hold: what, the scan finds
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            TellOfFolder(folder, e.Message);
            return null;
        }

        void Ring(string? name)
        {
            if (name?.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) == true)
                _changes.Writer.TryWrite(true);
        }
    }

    private void Scan(string folder)
    {
        var found = new SortedDictionary<string, (string Path, Basemap Basemap)>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*" + Ending, new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive, IgnoreInaccessible = false }))
                found[Path.GetFileNameWithoutExtension(path)] = (path, Of(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TellOfFolder(folder, e.Message);
        }

        Publish(folder, found);
    }

    private void Publish(string folder, SortedDictionary<string, (string Path, Basemap Basemap)> found)
    {
        foreach (var gone in _read.Keys.Except(found.Values.Select(f => f.Path)).ToList())
            _read.Remove(gone);
        var basemaps = found.Values.Select(f => f.Basemap).ToArray();
        var old = _state;
        if (old.Basemaps is { } known && known.SequenceEqual(basemaps))
            return;
        _state = new State(basemaps) { Paths = found.ToDictionary(f => f.Value.Basemap.Name, f => f.Value.Path, StringComparer.Ordinal) };
        old.Replaced.SetResult();
        if (basemaps.Length > 0)
            log.LogInformation("Basemaps in {Folder}: {Basemaps}", folder, string.Join(", ", basemaps.Select(b => b.Fault is null ? b.Name : $"{b.Name} (not usable: {b.Fault})")));
    }

    /// <summary>Reads a file's head, unless it is as it was at the last look.</summary>
    private Basemap Of(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        try
        {
            var file = new FileInfo(path);
            var version = VersionOf(file.Length, file.LastWriteTimeUtc);
            if (_read.TryGetValue(path, out var known) && known.Version == version)
                return known.Basemap;
            var basemap = Read(path, name, version);
            // A fault that stays the same is the same news.
            _read[path] = (version, known.Basemap == basemap ? known.Basemap : basemap);
            return _read[path].Basemap;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Basemap.Broken(name, "cannot be read"); // the message would tell a path
        }
    }

    private static Basemap Read(string path, string name, string version)
    {
        try
        {
            using var file = Open(path);
            var archive = PmtilesArchive.Read(file);
            return new Basemap(name, archive.Title ?? name, archive.Attribution, archive.MinZoom, archive.MaxZoom, archive.Tiles, archive.Bounds, archive.Layers,
                $"grid/basemaps/{Uri.EscapeDataString(name)}{Ending}?v={version}", null);
        }
        catch (InvalidDataException e)
        {
            return Basemap.Broken(name, e.Message);
        }
    }

    /// <summary>Others may replace, rename or delete it meanwhile: it is theirs.</summary>
    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Once, however often it is met.</summary>
    private void TellOfFolder(string folder, string fault)
    {
        if (_folderFault is null)
            log.LogWarning("The folder for own basemaps, {Folder}, cannot be read: {Fault} Maps have the built-in basemap; start again once it can be read (FluxOps:Map:BasemapFolder)", folder, fault);
        _folderFault = fault;
    }

    private sealed class State(IReadOnlyList<Basemap>? basemaps)
    {
        /// <summary>Null until the folder has been read.</summary>
        public IReadOnlyList<Basemap>? Basemaps => basemaps;
        public Dictionary<string, string> Paths { get; init; } = [];
        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
