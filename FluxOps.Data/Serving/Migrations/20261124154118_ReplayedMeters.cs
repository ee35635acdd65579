using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace FluxOps.Data.Serving.Migrations
{
    /// <inheritdoc />
    public partial class ReplayedMeters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "replayed_meters",
                columns: table => new
                {
                    usage_point_id = table.Column<int>(type: "integer", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_replayed_meters", x => x.usage_point_id);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "replayed_meters");
        }
    }
}
