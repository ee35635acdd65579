using System.Diagnostics;
using System.Text;

namespace FluxOps.Data.EmbeddedPostgres;

/// <summary>Runs a short command to its end.</summary>
internal static class Command
{
    public readonly record struct Outcome(int ExitCode, string Output);

    public static Outcome Run(string program, IReadOnlyList<string> arguments)
    {
        var info = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(info)!;
            process.StandardInput.Close();
            var output = new StringBuilder();
            void Append(string? line)
            {
                if (line is not null)
                    lock (output)
                        output.AppendLine(line);
            }
            process.OutputDataReceived += (_, e) => Append(e.Data);
            process.ErrorDataReceived += (_, e) => Append(e.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.WaitForExit();
            return new(process.ExitCode, output.ToString().Trim());
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return new(127, e.Message); // not there or not executable
        }
    }
}
