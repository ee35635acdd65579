namespace FluxOps.Data.Serving.Migrations;

/// <summary>SQL of the day partitions of ami_realtime, which EF Core's model cannot say. Used by the initial migration.</summary>
internal static class AmiPartitions
{
    // Column order: widest first, so that no padding is stored.
    public const string CreateTable = """
        create table ami_realtime (
            interval_start timestamp with time zone not null,
            received_at timestamp with time zone not null default clock_timestamp(),
            usage_point_id integer not null,
            kwh real null,
            volts real null,
            quality smallint not null,
            origin smallint not null,
            interval_s smallint not null,
            source_code text null,
            constraint pk_ami_realtime primary key (interval_start, usage_point_id)
        ) partition by range (interval_start);
        """;

    // ATTACH takes SHARE UPDATE EXCLUSIVE on the parent, CREATE .. PARTITION OF would take ACCESS EXCLUSIVE and stop readers and writers.
    // The advisory lock makes two creators of one day harmless.
    public const string CreateFunctions = """
        create function ami_ensure_day(day date) returns boolean language plpgsql as $f$
        declare
            part text := 'ami_realtime_p' || to_char(day, 'YYYYMMDD');
            lo timestamptz := day::timestamp at time zone 'UTC';
            hi timestamptz := (day + 1)::timestamp at time zone 'UTC';
        begin
            if to_regclass(part) is not null then
                return false;
            end if;
            perform pg_advisory_xact_lock(hashtext('ami_realtime_partitions'));
            -- to_regclass may still remember that there was none: ask the catalogue itself, as it is now
            if exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'ami_realtime'::regclass and c.relname = part) then
                return false;
            end if;
            execute format('create table %I (like ami_realtime including defaults including constraints)', part);
            execute format('alter table %I add primary key (interval_start, usage_point_id)', part);
            execute format('alter table %I add constraint %I check (interval_start >= %L and interval_start < %L)', part, part || '_day', lo, hi);
            execute format('alter table ami_realtime attach partition %I for values from (%L) to (%L)', part, lo, hi);
            execute format('alter table %I drop constraint %I', part, part || '_day');
            return true;
        end $f$;

        create function ami_drop_days_before(day date) returns integer language plpgsql as $f$
        declare
            part text;
            dropped integer := 0;
        begin
            perform pg_advisory_xact_lock(hashtext('ami_realtime_partitions'));
            for part in
                select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = 'ami_realtime'::regclass and c.relname < 'ami_realtime_p' || to_char(day, 'YYYYMMDD')
                order by c.relname
            loop
                execute format('drop table %I', part);
                dropped := dropped + 1;
            end loop;
            return dropped;
        end $f$;
        """;

    public const string DropFunctions = "drop function ami_ensure_day(date); drop function ami_drop_days_before(date);";
}

/// <summary>Word-prefix search of addresses by the text search that every server has: pg_trgm would need a privilege.</summary>
internal static class AddressSearch
{
    public const string CreateIndex = "create index ix_usage_points_address_words on usage_points using gin (to_tsvector('simple', address));";
}

/// <summary>Noise does not compress: spare the attempt at every write and read of a minute row.</summary>
internal static class TelemetryStorage
{
    public const string KeepArraysPlain = """
        alter table telemetry_minutes
            alter column substation_mw set storage external, alter column substation_kv set storage external,
            alter column feeder_mw set storage external, alter column feeder_kv set storage external,
            alter column feeder_amps set storage external;
        """;
}
