using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FluxOps.Data.Serving.Migrations
{
    /// <inheritdoc />
    public partial class DevicePositions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_circuit_events_substation_id_source_time_feeder_id_kind",
                table: "circuit_events");

            migrationBuilder.AddColumn<int>(
                name: "device_id",
                table: "circuit_events",
                type: "integer",
                nullable: false,
                defaultValue: -1);

            migrationBuilder.AddColumn<short>(
                name: "device_kind",
                table: "circuit_events",
                type: "smallint",
                nullable: false,
                defaultValue: (short)0);

            migrationBuilder.CreateTable(
                name: "device_status_realtime",
                columns: table => new
                {
                    device_id = table.Column<int>(type: "integer", nullable: false),
                    source_time = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    open = table.Column<bool>(type: "boolean", nullable: false),
                    quality = table.Column<short>(type: "smallint", nullable: false),
                    origin = table.Column<short>(type: "smallint", nullable: false),
                    xid = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "pg_current_xact_id()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_device_status_realtime", x => x.device_id);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateIndex(
                name: "ix_circuit_events_substation_id_source_time_feeder_id_kind_dev",
                table: "circuit_events",
                columns: new[] { "substation_id", "source_time", "feeder_id", "kind", "device_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The kinds that name a device mean nothing to an older version, and without the device two of them may be one.
            migrationBuilder.Sql("delete from circuit_events where device_id >= 0");

            migrationBuilder.DropTable(
                name: "device_status_realtime");

            migrationBuilder.DropIndex(
                name: "ix_circuit_events_substation_id_source_time_feeder_id_kind_dev",
                table: "circuit_events");

            migrationBuilder.DropColumn(
                name: "device_id",
                table: "circuit_events");

            migrationBuilder.DropColumn(
                name: "device_kind",
                table: "circuit_events");

            migrationBuilder.CreateIndex(
                name: "ix_circuit_events_substation_id_source_time_feeder_id_kind",
                table: "circuit_events",
                columns: new[] { "substation_id", "source_time", "feeder_id", "kind" },
                unique: true);
        }
    }
}
