using FluxOps.Data.EmbeddedPostgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace FluxOps.Data.Serving;

/// <summary>
/// The open serving store. Whoever needs it awaits <see cref="Ready"/>, then uses <see cref="DataSource"/>.
/// After the server died and came back, the same data source simply works again.
/// </summary>
public sealed class ServingStore : IAsyncDisposable
{
    private readonly ServingOptions _options;
    private readonly EmbeddedPostgresOptions _embedded;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Random _jitter = new(Environment.ProcessId);
    private NpgsqlDataSource? _dataSource;
    private NpgsqlConnectionStringBuilder? _target;

    public ServingStore(ServingOptions options, EmbeddedPostgresOptions? embedded = null, ILogger<ServingStore>? logger = null, TimeProvider? time = null)
    {
        _options = options;
        _embedded = embedded ?? new EmbeddedPostgresOptions();
        _log = logger ?? NullLogger<ServingStore>.Instance;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>A store on an existing server, for tests and tools.</summary>
    public static ServingStore For(string connectionString) => new(new ServingOptions { ConnectionString = connectionString });

    /// <summary>Completes when the store is open and its schema current.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The private server, where one runs.</summary>
    public EmbeddedPostgresServer? Embedded { get; private set; }

    public NpgsqlDataSource DataSource => _dataSource ?? throw new InvalidOperationException("The serving store is not open yet: await ServingStore.Ready first.");

    /// <summary>A context of one's own.</summary>
    public FluxOpsContext CreateContext() => FluxOpsContextFactory.On(DataSource);

    /// <summary>A connection outside the pool, with short timeouts, for the few that listen or hold a lock: it ends when it is closed.</summary>
    public NpgsqlConnection CreateListener(string applicationName = "fluxops feed")
    {
        var listener = new NpgsqlConnectionStringBuilder((_target ?? throw new InvalidOperationException("The serving store is not open yet.")).ConnectionString)
        {
            ApplicationName = applicationName,
            Pooling = false,
            Timeout = 3,
            CancellationTimeout = -1, // a dead server does not answer a cancellation either
        };
        return new NpgsqlConnection(listener.ConnectionString);
    }

    public async Task OpenAsync(IProgress<StartProgress>? progress = null, CancellationToken ct = default)
    {
        if (_dataSource is not null)
            return;
        var target = await FindTargetAsync(progress, ct);
        _target = target;
        var dataSource = new NpgsqlDataSourceBuilder(target.ConnectionString).Build();
        try
        {
            await ConnectPatientlyAsync(dataSource, target, progress, ct);
            progress?.Report(new("database", "Bringing the schema up to date"));
            await MigrateAsync(dataSource, target, ct);
        }
        catch
        {
            await dataSource.DisposeAsync();
            throw;
        }
        _dataSource = dataSource;
        progress?.Report(new("database", "The database is open", 1));
        _ready.TrySetResult();
    }

    private async Task<NpgsqlConnectionStringBuilder> FindTargetAsync(IProgress<StartProgress>? progress, CancellationToken ct)
    {
        NpgsqlConnectionStringBuilder target;
        if (_options.ConnectionString is { Length: > 0 } given)
        {
            try
            {
                target = new NpgsqlConnectionStringBuilder(given);
            }
            catch (Exception e) when (e is ArgumentException or FormatException)
            {
                // The driver's message may quote a value, and with it a password.
                throw new ServingStoreException(ServingFault.BadConnectionString,
                    $"{ConnectionFailure.Setting} is no connection string. Expected: Host=…;Port=5432;Database=…;Username=…;Password=…");
            }
            if (string.IsNullOrEmpty(target.Host))
                throw new ServingStoreException(ServingFault.BadConnectionString, $"{ConnectionFailure.Setting} names no Host.");
        }
        else
        {
            var server = new EmbeddedPostgresServer(_embedded, _log, _time);
            try
            {
                await server.StartAsync(progress, ct);
            }
            catch (EmbeddedPostgresException e)
            {
                var fault = e switch
                {
                    DataFolderInUseException => ServingFault.AlreadyRunning,
                    NoPostgresBinariesException => ServingFault.NoBinaries,
                    _ => ServingFault.EmbeddedServer,
                };
                throw new ServingStoreException(fault, e.Message, e);
            }
            Embedded = server;
            target = new NpgsqlConnectionStringBuilder(server.ConnectionString);
            await EnsureDatabaseAsync(target, ct);
        }
        target.ApplicationName ??= "fluxops";
        if (target.MaxPoolSize == 100)
            target.MaxPoolSize = 20; // the driver's default is more than one console needs of a shared server
        if (target.KeepAlive == 0)
            target.TcpKeepAlive = true;
        return target;
    }

    private static async Task EnsureDatabaseAsync(NpgsqlConnectionStringBuilder target, CancellationToken ct)
    {
        await using var maintenance = NpgsqlDataSource.Create(target.ConnectionString + ";Pooling=false");
        await using (var exists = maintenance.CreateCommand("select 1 from pg_database where datname = 'fluxops'"))
            if (await exists.ExecuteScalarAsync(ct) is null)
            {
                await using var create = maintenance.CreateCommand("create database fluxops");
                await create.ExecuteNonQueryAsync(ct);
            }
        target.Database = "fluxops";
    }

    private async Task ConnectPatientlyAsync(NpgsqlDataSource dataSource, NpgsqlConnectionStringBuilder target, IProgress<StartProgress>? progress, CancellationToken ct)
    {
        var began = _time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            ServingStoreException failure;
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(ct);
                if (connection.PostgreSqlVersion.Major < 16)
                    throw ConnectionFailure.TooOld(connection.PostgreSqlVersion, $"{target.Host}:{target.Port}");
                return;
            }
            catch (Exception e) when (e is not (ServingStoreException or OperationCanceledException))
            {
                failure = ConnectionFailure.Classify(e, target);
            }
            var left = TimeSpan.FromSeconds(_options.PatienceSeconds) - _time.GetElapsedTime(began);
            if (!failure.WaitingCanHelp || left <= TimeSpan.Zero)
                throw failure;
            // 0.2 s doubled up to 5 s, give or take a quarter: several instances must not knock in step.
            var pause = TimeSpan.FromSeconds(Math.Min(5, 0.2 * Math.Pow(2, Math.Min(attempt, 10))) * (0.75 + (0.5 * _jitter.NextDouble())));
            _log.LogWarning("{Message} Trying again in {Seconds:0.0} s", failure.Message, pause.TotalSeconds);
            progress?.Report(new("database", $"{failure.Message} Waiting for it."));
            await Task.Delay(pause < left ? pause : left, _time, ct);
        }
    }

    private static async Task MigrateAsync(NpgsqlDataSource dataSource, NpgsqlConnectionStringBuilder target, CancellationToken ct)
    {
        try
        {
            if (await SchemaVersion.IsCurrentAsync(dataSource, ct))
                return;
            await using var context = FluxOpsContextFactory.On(dataSource);
            await context.Database.MigrateAsync(ct);
        }
        catch (NpgsqlException e)
        {
            throw ConnectionFailure.Classify(e, target);
        }
    }

    /// <summary>
    /// Runs work that may be done twice without harm on a pooled connection. A pooled one may have died with the server since it was last used:
    /// such a loss, a deadlock or a serialization failure is tried once more, at once.
    /// </summary>
    internal async Task<T> IdempotentAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var connection = await DataSource.OpenConnectionAsync(ct);
                return await work(connection, ct);
            }
            catch (NpgsqlException e) when (attempt == 0 && (e.IsTransient || e.InnerException is IOException || e.SqlState is "57P01" or "57P02"))
            {
                _log.LogDebug("Trying once more after: {Reason}", e.Message);
            }
        }
    }

    /// <summary>Reads rows. The text is a constant of the caller's; whatever comes from outside is a parameter.</summary>
    internal async Task<IReadOnlyList<T>> QueryAsync<T>(string text, object[] values, Func<NpgsqlDataReader, T> row, CancellationToken ct)
    {
        await Ready.WaitAsync(ct);
        return await IdempotentAsync<IReadOnlyList<T>>(async (connection, token) =>
        {
#pragma warning disable CA2100 // see the summary
            await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
            foreach (var value in values)
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            await using var r = await command.ExecuteReaderAsync(token);
            var list = new List<T>();
            while (await r.ReadAsync(token))
                list.Add(row(r));
            return list;
        }, ct);
    }

    public async ValueTask DisposeAsync()
    {
        _ready.TrySetCanceled();
        if (_dataSource is not null)
            await _dataSource.DisposeAsync();
        if (Embedded is not null)
            await Embedded.DisposeAsync();
    }
}
