using System.IO.Compression;
using FluxOps.Generator.Input;

namespace FluxOps.Generator.Replay;

/// <summary>A file by the name that messages call it. A fault names file, line, column and what was expected.</summary>
internal sealed class InputFile(string name)
{
    public string Name => name;

    public InputFileException Fault(int line, int column, string what) => new($"{name}, line {line}, column {column}: {what}. Nothing was written.");

    public InputFileException Fault(string what) => new($"{name}: {what}. Nothing was written.");
}

/// <summary>Reads a recording, whichever of the known kinds it is: Smart Meter Texas CSV, or Green Button (ESPI) XML, plain or gzipped.</summary>
public static class RecordingFile
{
    public static Recording Read(string path)
    {
        var file = new InputFile(Path.GetFileName(path));
        if (!File.Exists(path))
            throw file.Fault($"no such file in {Path.GetDirectoryName(Path.GetFullPath(path))}");
        try
        {
            using var raw = File.OpenRead(path);
            var zipped = raw.ReadByte() == 0x1f && raw.ReadByte() == 0x8b;
            raw.Position = 0;
            using var content = zipped ? new GZipStream(raw, CompressionMode.Decompress) : (Stream)raw;
            return IsXml(path) ? EspiFile.Read(content, file.Name) : SmtFile.Read(new StreamReader(content), file.Name);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw file.Fault($"expected gzip data, found it damaged ({e.Message.TrimEnd('.')})");
        }
    }

    private static bool IsXml(string path)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".xml" => true,
            ".csv" => false,
            var other => throw new InputFile(Path.GetFileName(path)).Fault($"expected .csv (Smart Meter Texas) or .xml (Green Button), either also as .gz, found “{other}”"),
        };
    }
}
