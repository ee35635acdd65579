using FluxOps.Data.Serving.Tables;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace FluxOps.Data.Serving;

/// <summary>Tables of what changes all the time.</summary>
internal static class LiveSchema
{
    public static void Describe(ModelBuilder builder)
    {
        Telemetry(builder);
        Readings(builder);
        Events(builder);
    }

    private static void Telemetry(ModelBuilder builder)
    {
        builder.Entity<CircuitStatus>(e =>
        {
            e.ToTable("circuit_status_realtime").HasKey(x => x.FeederId);
            e.HasStorageParameter("fillfactor", 50);
            e.Property(x => x.FeederId).ValueGeneratedNever();
            e.Property(x => x.Breaker).HasConversion<short>();
            e.Property(x => x.Quality).HasConversion<short>();
            e.Property(x => x.Origin).HasConversion<short>();
            Xid(e.Property(x => x.Xid));
        });
        builder.Entity<SubstationStatus>(e =>
        {
            e.ToTable("substation_status_realtime").HasKey(x => x.SubstationId);
            e.HasStorageParameter("fillfactor", 50);
            e.Property(x => x.SubstationId).ValueGeneratedNever();
            e.Property(x => x.Quality).HasConversion<short>();
            e.Property(x => x.Origin).HasConversion<short>();
            Xid(e.Property(x => x.Xid));
        });
        builder.Entity<DeviceStatus>(e =>
        {
            e.ToTable("device_status_realtime").HasKey(x => x.DeviceId);
            e.HasStorageParameter("fillfactor", 50);
            e.Property(x => x.DeviceId).ValueGeneratedNever();
            e.Property(x => x.Quality).HasConversion<short>();
            e.Property(x => x.Origin).HasConversion<short>();
            Xid(e.Property(x => x.Xid));
        });
        builder.Entity<TelemetryMinuteRow>().ToTable("telemetry_minutes").HasKey(x => x.Minute);
        builder.Entity<KpiMinuteRow>().ToTable("kpi_minutes").HasKey(x => x.Minute);
    }

    private static void Readings(ModelBuilder builder)
    {
        builder.Entity<AmiReading>(e =>
        {
            e.ToTable("ami_realtime").HasKey(x => new { x.IntervalStart, x.UsagePointId });
            e.Property(x => x.Quality).HasConversion<short>();
            e.Property(x => x.Origin).HasConversion<short>();
        });
        builder.Entity<AmiLatest>(e =>
        {
            e.ToTable("ami_latest").HasKey(x => x.UsagePointId);
            e.HasStorageParameter("fillfactor", 50);
            e.Property(x => x.UsagePointId).ValueGeneratedNever();
            e.Property(x => x.Quality).HasConversion<short>();
            e.Property(x => x.Origin).HasConversion<short>();
        });
        builder.Entity<AmiCompleteness>(e =>
        {
            e.ToTable("ami_completeness").HasKey(x => x.IntervalStart);
            e.HasStorageParameter("fillfactor", 50);
        });
        builder.Entity<ReadingBatch>(e =>
        {
            e.ToTable("reading_batches");
            Xid(e.Property(x => x.Xid));
            e.HasIndex(x => x.Xid);
        });
        builder.Entity<ReplayedMeter>(e =>
        {
            e.ToTable("replayed_meters").HasKey(x => x.UsagePointId);
            e.Property(x => x.UsagePointId).ValueGeneratedNever();
        });
    }

    private static void Events(ModelBuilder builder)
    {
        builder.Entity<EndDeviceEventRow>(e =>
        {
            e.ToTable("end_device_events");
            e.Property(x => x.Kind).HasConversion<short>();
            e.Property(x => x.Origin).HasConversion<short>();
            Xid(e.Property(x => x.Xid));
            e.HasIndex(x => x.Xid);
            e.HasIndex(x => x.SourceTime);
            // Makes a redelivered event harmless, and finds one meter's events.
            e.HasIndex(x => new { x.UsagePointId, x.SourceTime, x.Kind }).IsUnique();
        });
        builder.Entity<CircuitEventRow>(e =>
        {
            e.ToTable("circuit_events");
            e.Property(x => x.Kind).HasConversion<short>();
            e.Property(x => x.DeviceId).HasDefaultValue(-1).HasSentinel(-1);
            e.Property(x => x.DeviceKind).HasConversion<short>();
            e.Property(x => x.Origin).HasConversion<short>();
            Xid(e.Property(x => x.Xid));
            e.HasIndex(x => x.Xid);
            e.HasIndex(x => x.SourceTime);
            // Two fuses of one feeder may blow in the same millisecond: the device is part of what makes an event one.
            e.HasIndex(x => new { x.SubstationId, x.SourceTime, x.FeederId, x.Kind, x.DeviceId }).IsUnique();
        });
        builder.Entity<AuditEntry>(e =>
        {
            e.ToTable("audit_log");
            e.Property(x => x.At).HasDefaultValueSql("now()");
            e.HasIndex(x => x.At);
        });
    }

    private static void Xid(PropertyBuilder<ulong> property) =>
        property.HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
}
