using FluxOps.Data.Grid;
using FluxOps.Data.Serving.Tables;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace FluxOps.Data.Serving;

/// <summary>The serving store's schema. Its migrations are the one place where a table is defined; bulk reads and writes go past it by COPY.</summary>
public sealed class FluxOpsContext(DbContextOptions<FluxOpsContext> options)
    : IdentityDbContext<FluxOpsUser, IdentityRole<int>, int>(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<GridNetworkRow> Networks => Set<GridNetworkRow>();
    public DbSet<Substation> Substations => Set<Substation>();
    public DbSet<TransformerBank> TransformerBanks => Set<TransformerBank>();
    public DbSet<Feeder> Feeders => Set<Feeder>();
    public DbSet<TopologyConnection> TopologyConnections => Set<TopologyConnection>();
    public DbSet<GridAsset> GridAssets => Set<GridAsset>();
    public DbSet<UsagePointTableRow> UsagePoints => Set<UsagePointTableRow>();
    public DbSet<CircuitStatus> CircuitStatus => Set<CircuitStatus>();
    public DbSet<SubstationStatus> SubstationStatus => Set<SubstationStatus>();
    public DbSet<DeviceStatus> DeviceStatus => Set<DeviceStatus>();
    public DbSet<TelemetryMinuteRow> TelemetryMinutes => Set<TelemetryMinuteRow>();
    public DbSet<KpiMinuteRow> KpiMinutes => Set<KpiMinuteRow>();
    public DbSet<AmiReading> AmiReadings => Set<AmiReading>();
    public DbSet<AmiLatest> AmiLatest => Set<AmiLatest>();
    public DbSet<AmiCompleteness> AmiCompleteness => Set<AmiCompleteness>();
    public DbSet<ReadingBatch> ReadingBatches => Set<ReadingBatch>();
    public DbSet<ReplayedMeter> ReplayedMeters => Set<ReplayedMeter>();
    public DbSet<EndDeviceEventRow> EndDeviceEvents => Set<EndDeviceEventRow>();
    public DbSet<CircuitEventRow> CircuitEvents => Set<CircuitEventRow>();
    public DbSet<AuditEntry> AuditLog => Set<AuditEntry>();

    // Fixed here, so that the host's Identity options cannot change the schema behind the migrations' back.
    protected override Version SchemaVersion => IdentitySchemaVersions.Version2;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<FluxOpsUser>().ToTable("users");
        builder.Entity<IdentityRole<int>>().ToTable("roles");
        builder.Entity<IdentityUserRole<int>>().ToTable("user_roles");
        builder.Entity<IdentityUserClaim<int>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<int>>().ToTable("user_logins");
        builder.Entity<IdentityRoleClaim<int>>().ToTable("role_claims");
        builder.Entity<IdentityUserToken<int>>().ToTable("user_tokens");
        GridSchema.Describe(builder);
        LiveSchema.Describe(builder);
    }
}
