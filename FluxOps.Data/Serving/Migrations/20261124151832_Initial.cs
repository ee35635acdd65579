using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace FluxOps.Data.Serving.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ami_completeness",
                columns: table => new
                {
                    interval_start = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    good = table.Column<int>(type: "integer", nullable: false),
                    estimated = table.Column<int>(type: "integer", nullable: false),
                    missing = table.Column<int>(type: "integer", nullable: false),
                    other = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ami_completeness", x => x.interval_start);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "ami_latest",
                columns: table => new
                {
                    usage_point_id = table.Column<int>(type: "integer", nullable: false),
                    interval_start = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    kwh = table.Column<float>(type: "real", nullable: true),
                    volts = table.Column<float>(type: "real", nullable: true),
                    quality = table.Column<short>(type: "smallint", nullable: false),
                    origin = table.Column<short>(type: "smallint", nullable: false),
                    interval_s = table.Column<short>(type: "smallint", nullable: false),
                    source_code = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ami_latest", x => x.usage_point_id);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.Sql(AmiPartitions.CreateTable);

            migrationBuilder.CreateTable(
                name: "audit_log",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    user_name = table.Column<string>(type: "text", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false),
                    detail = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_log", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "circuit_events",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    xid = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "pg_current_xact_id()"),
                    substation_id = table.Column<int>(type: "integer", nullable: false),
                    feeder_id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    source_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    origin = table.Column<short>(type: "smallint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_circuit_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "circuit_status_realtime",
                columns: table => new
                {
                    feeder_id = table.Column<int>(type: "integer", nullable: false),
                    source_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    mw = table.Column<float>(type: "real", nullable: true),
                    mvar = table.Column<float>(type: "real", nullable: true),
                    kv = table.Column<float>(type: "real", nullable: true),
                    amps = table.Column<float>(type: "real", nullable: true),
                    breaker = table.Column<short>(type: "smallint", nullable: false),
                    quality = table.Column<short>(type: "smallint", nullable: false),
                    origin = table.Column<short>(type: "smallint", nullable: false),
                    xid = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "pg_current_xact_id()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_circuit_status_realtime", x => x.feeder_id);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: true),
                    xml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "end_device_events",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    xid = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "pg_current_xact_id()"),
                    usage_point_id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    source_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    value = table.Column<float>(type: "real", nullable: true),
                    origin = table.Column<short>(type: "smallint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_end_device_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "feeders",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    mrid = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    substation_id = table.Column<int>(type: "integer", nullable: false),
                    bank_id = table.Column<int>(type: "integer", nullable: false),
                    nominal_kv = table.Column<float>(type: "real", nullable: false),
                    rated_amps = table.Column<float>(type: "real", nullable: false),
                    rated_mva = table.Column<float>(type: "real", nullable: false),
                    planned_mva = table.Column<float>(type: "real", nullable: false),
                    meters = table.Column<int>(type: "integer", nullable: false),
                    customers = table.Column<int>(type: "integer", nullable: false),
                    length_km = table.Column<float>(type: "real", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feeders", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "grid_assets_cache",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    feeder_id = table.Column<int>(type: "integer", nullable: false),
                    segment_id = table.Column<int>(type: "integer", nullable: false),
                    phases = table.Column<short>(type: "smallint", nullable: false),
                    rating = table.Column<float>(type: "real", nullable: false),
                    normally_open = table.Column<bool>(type: "boolean", nullable: false),
                    lat = table.Column<double>(type: "double precision", nullable: false),
                    lon = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_grid_assets_cache", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "grid_networks",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    preset = table.Column<string>(type: "text", nullable: false),
                    seed = table.Column<long>(type: "bigint", nullable: false),
                    meter_weight = table.Column<double>(type: "double precision", nullable: false),
                    content_hash = table.Column<string>(type: "text", nullable: false),
                    simulated = table.Column<bool>(type: "boolean", nullable: false),
                    origin = table.Column<string>(type: "text", nullable: false),
                    substations = table.Column<int>(type: "integer", nullable: false),
                    banks = table.Column<int>(type: "integer", nullable: false),
                    feeders = table.Column<int>(type: "integer", nullable: false),
                    segments = table.Column<int>(type: "integer", nullable: false),
                    transformers = table.Column<int>(type: "integer", nullable: false),
                    devices = table.Column<int>(type: "integer", nullable: false),
                    usage_points = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_grid_networks", x => x.id);
                    table.CheckConstraint("ck_grid_networks_one_row", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "kpi_minutes",
                columns: table => new
                {
                    minute = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    system_mw = table.Column<float>(type: "real", nullable: true),
                    customers_out = table.Column<int>(type: "integer", nullable: false),
                    feeders_over_limit = table.Column<int>(type: "integer", nullable: false),
                    meters_reporting = table.Column<float>(type: "real", nullable: true),
                    outside_range_a = table.Column<float>(type: "real", nullable: true),
                    data_age_s = table.Column<float>(type: "real", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kpi_minutes", x => x.minute);
                });

            migrationBuilder.CreateTable(
                name: "reading_batches",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    xid = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "pg_current_xact_id()"),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    usage_point_ids = table.Column<int[]>(type: "integer[]", nullable: false),
                    interval_starts = table.Column<DateTime[]>(type: "timestamp with time zone[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reading_batches", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "roles",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "substation_status_realtime",
                columns: table => new
                {
                    substation_id = table.Column<int>(type: "integer", nullable: false),
                    source_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    mw = table.Column<float>(type: "real", nullable: true),
                    mvar = table.Column<float>(type: "real", nullable: true),
                    kv = table.Column<float>(type: "real", nullable: true),
                    quality = table.Column<short>(type: "smallint", nullable: false),
                    origin = table.Column<short>(type: "smallint", nullable: false),
                    xid = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "pg_current_xact_id()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_substation_status_realtime", x => x.substation_id);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "substations",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    mrid = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    region = table.Column<string>(type: "text", nullable: false),
                    latitude = table.Column<double>(type: "double precision", nullable: false),
                    longitude = table.Column<double>(type: "double precision", nullable: false),
                    primary_kv = table.Column<float>(type: "real", nullable: false),
                    secondary_kv = table.Column<float>(type: "real", nullable: false),
                    rated_mva = table.Column<float>(type: "real", nullable: false),
                    firm_mva = table.Column<float>(type: "real", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_substations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "telemetry_minutes",
                columns: table => new
                {
                    minute = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    substation_mw = table.Column<float?[]>(type: "real[]", nullable: false),
                    substation_kv = table.Column<float?[]>(type: "real[]", nullable: false),
                    feeder_mw = table.Column<float?[]>(type: "real[]", nullable: false),
                    feeder_kv = table.Column<float?[]>(type: "real[]", nullable: false),
                    feeder_amps = table.Column<float?[]>(type: "real[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_telemetry_minutes", x => x.minute);
                });

            migrationBuilder.CreateTable(
                name: "topology_connections_cache",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    feeder_id = table.Column<int>(type: "integer", nullable: false),
                    parent_id = table.Column<int>(type: "integer", nullable: false),
                    tie_to_id = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    phases = table.Column<short>(type: "smallint", nullable: false),
                    rated_amps = table.Column<float>(type: "real", nullable: false),
                    length_m = table.Column<float>(type: "real", nullable: false),
                    from_lat = table.Column<double>(type: "double precision", nullable: false),
                    from_lon = table.Column<double>(type: "double precision", nullable: false),
                    to_lat = table.Column<double>(type: "double precision", nullable: false),
                    to_lon = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_topology_connections_cache", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "transformer_banks",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    mrid = table.Column<Guid>(type: "uuid", nullable: false),
                    substation_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    primary_kv = table.Column<float>(type: "real", nullable: false),
                    secondary_kv = table.Column<float>(type: "real", nullable: false),
                    rated_mva = table.Column<float>(type: "real", nullable: false),
                    emergency_mva = table.Column<float>(type: "real", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_transformer_banks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "usage_points",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    mrid = table.Column<Guid>(type: "uuid", nullable: false),
                    serial = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    address = table.Column<string>(type: "text", nullable: false),
                    transformer_id = table.Column<int>(type: "integer", nullable: false),
                    feeder_id = table.Column<int>(type: "integer", nullable: false),
                    substation_id = table.Column<int>(type: "integer", nullable: false),
                    @class = table.Column<short>(name: "class", type: "smallint", nullable: false),
                    has_pv = table.Column<bool>(type: "boolean", nullable: false),
                    mean_kw = table.Column<float>(type: "real", nullable: false),
                    drop_at_peak = table.Column<float>(type: "real", nullable: false),
                    lat = table.Column<double>(type: "double precision", nullable: false),
                    lon = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_usage_points", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    display_name = table.Column<string>(type: "text", nullable: true),
                    user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                    phone_number = table.Column<string>(type: "text", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "role_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    role_id = table.Column<int>(type: "integer", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_role_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_role_claims_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_user_claims_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    provider_key = table.Column<string>(type: "text", nullable: false),
                    provider_display_name = table.Column<string>(type: "text", nullable: true),
                    user_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_user_logins_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_roles",
                columns: table => new
                {
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    role_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_roles", x => new { x.user_id, x.role_id });
                    table.ForeignKey(
                        name: "fk_user_roles_roles_role_id",
                        column: x => x.role_id,
                        principalTable: "roles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_user_roles_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_tokens",
                columns: table => new
                {
                    user_id = table.Column<int>(type: "integer", nullable: false),
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_user_tokens_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_log_at",
                table: "audit_log",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_circuit_events_source_time",
                table: "circuit_events",
                column: "source_time");

            migrationBuilder.CreateIndex(
                name: "ix_circuit_events_substation_id_source_time_feeder_id_kind",
                table: "circuit_events",
                columns: new[] { "substation_id", "source_time", "feeder_id", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_circuit_events_xid",
                table: "circuit_events",
                column: "xid");

            migrationBuilder.CreateIndex(
                name: "ix_end_device_events_source_time",
                table: "end_device_events",
                column: "source_time");

            migrationBuilder.CreateIndex(
                name: "ix_end_device_events_usage_point_id_source_time_kind",
                table: "end_device_events",
                columns: new[] { "usage_point_id", "source_time", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_end_device_events_xid",
                table: "end_device_events",
                column: "xid");

            migrationBuilder.CreateIndex(
                name: "ix_feeders_name",
                table: "feeders",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_feeders_substation_id",
                table: "feeders",
                column: "substation_id");

            migrationBuilder.CreateIndex(
                name: "ix_grid_assets_cache_feeder_id",
                table: "grid_assets_cache",
                column: "feeder_id");

            migrationBuilder.CreateIndex(
                name: "ix_reading_batches_xid",
                table: "reading_batches",
                column: "xid");

            migrationBuilder.CreateIndex(
                name: "ix_role_claims_role_id",
                table: "role_claims",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "RoleNameIndex",
                table: "roles",
                column: "normalized_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_substations_code",
                table: "substations",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_topology_connections_cache_feeder_id",
                table: "topology_connections_cache",
                column: "feeder_id");

            migrationBuilder.CreateIndex(
                name: "ix_transformer_banks_substation_id",
                table: "transformer_banks",
                column: "substation_id");

            migrationBuilder.CreateIndex(
                name: "ix_usage_points_feeder_id_id",
                table: "usage_points",
                columns: new[] { "feeder_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_usage_points_serial",
                table: "usage_points",
                column: "serial",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_usage_points_substation_id_id",
                table: "usage_points",
                columns: new[] { "substation_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_user_claims_user_id",
                table: "user_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_user_logins_user_id",
                table: "user_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_user_roles_role_id",
                table: "user_roles",
                column: "role_id");

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "users",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                table: "users",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.Sql(AmiPartitions.CreateFunctions);
            migrationBuilder.Sql(AddressSearch.CreateIndex);
            migrationBuilder.Sql(TelemetryStorage.KeepArraysPlain);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(AmiPartitions.DropFunctions);

            migrationBuilder.DropTable(
                name: "ami_completeness");

            migrationBuilder.DropTable(
                name: "ami_latest");

            migrationBuilder.DropTable(
                name: "ami_realtime");

            migrationBuilder.DropTable(
                name: "audit_log");

            migrationBuilder.DropTable(
                name: "circuit_events");

            migrationBuilder.DropTable(
                name: "circuit_status_realtime");

            migrationBuilder.DropTable(
                name: "data_protection_keys");

            migrationBuilder.DropTable(
                name: "end_device_events");

            migrationBuilder.DropTable(
                name: "feeders");

            migrationBuilder.DropTable(
                name: "grid_assets_cache");

            migrationBuilder.DropTable(
                name: "grid_networks");

            migrationBuilder.DropTable(
                name: "kpi_minutes");

            migrationBuilder.DropTable(
                name: "reading_batches");

            migrationBuilder.DropTable(
                name: "role_claims");

            migrationBuilder.DropTable(
                name: "substation_status_realtime");

            migrationBuilder.DropTable(
                name: "substations");

            migrationBuilder.DropTable(
                name: "telemetry_minutes");

            migrationBuilder.DropTable(
                name: "topology_connections_cache");

            migrationBuilder.DropTable(
                name: "transformer_banks");

            migrationBuilder.DropTable(
                name: "usage_points");

            migrationBuilder.DropTable(
                name: "user_claims");

            migrationBuilder.DropTable(
                name: "user_logins");

            migrationBuilder.DropTable(
                name: "user_roles");

            migrationBuilder.DropTable(
                name: "user_tokens");

            migrationBuilder.DropTable(
                name: "roles");

            migrationBuilder.DropTable(
                name: "users");
        }
    }
}
