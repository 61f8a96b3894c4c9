/**
 * Parameters that an engine reads only when it starts, which AWS does not take with the apply method "immediate". The list of AWS is longer and
 * differs by version (`aws rds describe-engine-default-parameters`); these are the ones that are often set.
 */
const STATIC: readonly (readonly [family: RegExp, names: ReadonlySet<string>])[] = [
  [
    /^(mysql|mariadb)/,
    new Set([
      "innodb_buffer_pool_instances",
      "innodb_log_file_size",
      "innodb_read_io_threads",
      "innodb_write_io_threads",
      "lower_case_table_names",
      "performance_schema",
      "skip_name_resolve",
      "table_open_cache_instances",
    ]),
  ],
  [
    /^postgres/,
    new Set([
      "max_connections",
      "max_prepared_transactions",
      "max_replication_slots",
      "max_wal_senders",
      "max_worker_processes",
      "rds.logical_replication",
      "shared_buffers",
      "shared_preload_libraries",
      "track_activity_query_size",
      "wal_buffers",
    ]),
  ],
];

export const isStatic = (family = "", name: string): boolean =>
  STATIC.some(([families, names]) => families.test(family) && names.has(name.toLowerCase()));
