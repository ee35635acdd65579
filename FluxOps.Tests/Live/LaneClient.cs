using System.Buffers.Binary;
using System.IO.Compression;
using FluxOps.Blazor.Live;

namespace FluxOps.Tests.Live;

/// <summary>What a client of the bulk lane keeps; it throws where a frame does not follow from where it stands.</summary>
internal sealed class LaneClient
{
    private readonly Func<int, int> _firstMeter;

    /// <param name="firstMeter">Of a station: the geometry tells it, changes of meters have ids global in the layer.</param>
    public LaneClient(Func<int, int>? firstMeter = null) => _firstMeter = firstMeter ?? (_ => throw new InvalidOperationException("This client draws no meters."));

    /// <summary>By layer, substation to transformer; null: nothing was told of it.</summary>
    public byte[]?[] Layers { get; } = new byte[]?[5];
    public Dictionary<int, byte[]> Meters { get; } = [];
    public Dictionary<int, Dictionary<byte, int>> Tallies { get; } = [];
    public byte Kind { get; private set; }
    public uint Version { get; private set; }
    public long NewestSourceTime { get; private set; }
    public byte[] Substations => Layers[0]!;
    public byte[] Feeders => Layers[1]!;

    public void Take(byte[] frame)
    {
        var version = BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(1));
        var at = FrameHeader.Bytes;
        Kind = frame[0];
        switch (Kind)
        {
            case StatusFrames.SnapshotKind:
                Array.Clear(Layers);
                Meters.Clear();
                Tallies.Clear();
                break;
            case StatusFrames.DeltaKind:
                Assert.Equal(Version, (uint)Number());
                break;
            case StatusFrames.AdditionKind:
                Assert.Equal(Version, version);
                break;
            default:
                Assert.Equal((StatusFrames.BeatKind, at), (Kind, frame.Length));
                break;
        }

        while (at < frame.Length) Section();
        Version = version;
        NewestSourceTime = BinaryPrimitives.ReadInt64LittleEndian(frame.AsSpan(5));

        int Number()
        {
            at += 4;
            return (int)BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(at - 4));
        }

        void Section()
        {
            var (layer, form, group) = (frame[at], frame[at + 1], BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(at + 2)));
            at += 4;
            var n = Number();
            Assert.Equal(layer == (byte)AssetLayer.Meter, group != FrameSections.NoGroup);
            switch (form)
            {
                case FrameSections.FullForm:
                    Set(layer, group, frame[at..(at + n)]);
                    at += n;
                    break;
                case FrameSections.DeflatedForm:
                    var length = Number();
                    Assert.True(layer > (byte)AssetLayer.Feeder);
                    using (var inflate = new DeflateStream(new MemoryStream(frame, at, length), CompressionMode.Decompress))
                    {
                        var codes = new byte[n];
                        inflate.ReadExactly(codes);
                        Assert.Equal(-1, inflate.ReadByte());
                        Set(layer, group, codes);
                    }

                    at += length;
                    break;
                case FrameSections.ChangesForm:
                    for (; n > 0; n--)
                    {
                        var id = Number();
                        if (layer == (byte)AssetLayer.Meter) Meters[group][id - _firstMeter(group)] = frame[at++];
                        else Layers[layer]![id] = frame[at++];
                    }

                    break;
                case FrameSections.TallyForm:
                    Tallies[group] = [];
                    for (; n > 0; n--)
                    {
                        var code = frame[at++];
                        Tallies[group].Add(code, Number());
                    }

                    break;
                default:
                    Assert.Fail($"Form {form}");
                    break;
            }
        }
    }

    private void Set(byte layer, ushort group, byte[] codes)
    {
        if (layer == (byte)AssetLayer.Meter) Meters[group] = codes;
        else Layers[layer] = codes;
    }
}
