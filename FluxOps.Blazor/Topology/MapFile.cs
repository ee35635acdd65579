using System.IO.Compression;

namespace FluxOps.Blazor.Topology;

/// <summary>One file of the map, kept as it is and compressed.</summary>
internal sealed class MapFile
{
    // Over the demo network's lines (361 KB): quality 5 gives 232 KB at once, 11 gives 191 KB after seconds.
    private const int QuickQuality = 5, BestQuality = 11;

    private volatile byte[] _brotli;

    /// <param name="best">Compressed once more in the background, as small as it gets; a file that is soon replaced or seldom asked for is not worth it.</param>
    public MapFile(byte[] plain, bool best)
    {
        Plain = plain;
        _brotli = Compress(QuickQuality);
        Settled = best ? Task.Factory.StartNew(CompressBest, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default) : Task.CompletedTask;
    }

    public byte[] Plain { get; }
    /// <summary>Small at first, as small as it gets once <see cref="Settled"/>.</summary>
    public byte[] Brotli => _brotli;
    public Task Settled { get; }

    private void CompressBest()
    {
        // On a thread of its own, below all that serves operators; it ends with the work.
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        _brotli = Compress(BestQuality);
    }

    private byte[] Compress(int quality)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(Plain.Length)];
        return BrotliEncoder.TryCompress(Plain, compressed, out var length, quality, window: 22) ? compressed[..length] : throw new InvalidOperationException("The geometry could not be compressed.");
    }
}
