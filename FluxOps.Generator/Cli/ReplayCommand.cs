using System.CommandLine;
using FluxOps.Data.Readings;
using FluxOps.Data.Serving;
using FluxOps.Generator.Input;
using FluxOps.Generator.Replay;
using Npgsql;

namespace FluxOps.Generator.Cli;

/// <summary><c>replay</c>: plays a real meter's export onto a meter of the network.</summary>
internal static class ReplayCommand
{
    private const string Help = """
        Play a meter's export onto a meter of the network: Smart Meter Texas CSV, or Green Button (ESPI) XML, either also as .gz.

        The whole file is checked before anything is written. It is then moved by whole days, so that every reading keeps its local time of day:
        by whole weeks such that 48 hours of the file lie before now and 30 days after, at the nearest time of year; a shorter file begins
        48 hours before now; one too short even for that ends now. Readings of the 48 hours are written at once, and each later one when its
        interval ends. With --speed N above 1 only the first 24 of the 48 hours are written at once; the others follow one every
        (interval / N) until now is reached, and then in real time. Nothing is ever dated in the future. The simulation leaves the meter alone meanwhile.
        """;

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The export: .csv, .xml, .csv.gz or .xml.gz" };
        var meter = new Option<string>("--meter") { Description = "Serial number of the meter to play it onto", Required = true };
        var speed = new Option<double>("--speed") { Description = "1 is real time; N catches up with now N times as fast", DefaultValueFactory = _ => 1 };
        speed.Validators.Add(r =>
        {
            if (r.Errors.Any() || r.GetValueOrDefault<double>() is not (>= 1 and <= 100_000))
                r.AddError("--speed: expected a number from 1 to 100,000.");
        });
        var connection = StoreOption.Create();
        var command = new Command("replay", Help) { file, meter, speed, connection };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(file)!, parsed.GetValue(meter)!, parsed.GetValue(speed), parsed.GetValue(connection), ct));
        return command;
    }

    private static async Task<int> RunAsync(string path, string serial, double speed, string? connection, CancellationToken ct)
    {
        try
        {
            var time = TimeProvider.System;
            var recording = RecordingFile.Read(path);
            ReplaySummary.Recording(recording, Console.WriteLine);
            await using var store = await StoreOption.OpenAsync(connection, ct);
            if (await new ReadingQueries(store).FindAsync(serial, ct) is not { } meter)
            {
                await Console.Error.WriteLineAsync($"No meter has the serial {serial}. Find one with the console's meter search (/ami); nothing was written.");
                return GeneratorCommand.BadInput;
            }
            var now = time.GetUtcNow();
            var schedule = ReplaySchedule.Of(recording, ReplaySchedule.ChooseDays(recording, now, SmtFile.Texas), SmtFile.Texas);
            Console.WriteLine($"Onto meter {meter.Serial}, {meter.Address}.");
            ReplaySummary.Schedule(recording, schedule, now, speed, Console.WriteLine);
            await new Replayer(store, new ReadingWriter(store), time, Console.WriteLine).RunAsync(recording, schedule, meter, speed, ct);
            return GeneratorCommand.Done;
        }
        catch (Exception e) when (e is InputFileException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return GeneratorCommand.BadInput;
        }
        catch (Exception e) when (e is ServingStoreException or NpgsqlException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return GeneratorCommand.Failed;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return GeneratorCommand.Done;
        }
    }
}
