// SPDX-License-Identifier: Apache-2.0

#include "database.h"
#include "CFloor.h"
#include "fault.h"

#include <stdio.h>

int floor_fail_sqlite(sqlite3 *database, const char *what) {
    return floor_fail("%s: %s", what, database ? sqlite3_errmsg(database) : "out of memory");
}

// What the daemon sets, but for the checkpoint, which SQLite does here by itself at the same size.
static const char settings[] = "PRAGMA journal_mode = WAL;"
                               "PRAGMA synchronous = FULL;"
                               "PRAGMA foreign_keys = ON;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA cell_size_check = ON;"
                               "PRAGMA mmap_size = 0;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA wal_autocheckpoint = 1000;"
                               "PRAGMA journal_size_limit = 67108864;";

sqlite3 *floor_open(const char *path, int cache_kib) {
    sqlite3 *database = NULL;
    char cache[64];
    snprintf(cache, sizeof cache, "PRAGMA cache_size = -%d", cache_kib);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &database, flags, NULL) != SQLITE_OK ||
        sqlite3_exec(database, settings, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(database, cache, NULL, NULL, NULL) != SQLITE_OK) {
        floor_fail_sqlite(database, path);
        sqlite3_close_v2(database);
        return NULL;
    }
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return database;
}

sqlite3_stmt *floor_prepare(sqlite3 *database, const char *sql) {
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
        SQLITE_OK)
        floor_fail("%s: %s", sql, sqlite3_errmsg(database));
    return statement;
}

int floor_done(sqlite3_stmt *statement) {
    int code = sqlite3_step(statement);
    if (code != SQLITE_DONE) {
        floor_fail("%s: %s", sqlite3_sql(statement),
                   sqlite3_errmsg(sqlite3_db_handle(statement)));
        sqlite3_reset(statement);
        return -1;
    }
    sqlite3_reset(statement);
    return 0;
}

int floor_schema_digest(const char *path, uint64_t *digest) {
    sqlite3 *database = floor_open(path, READER_CACHE_KIB);
    if (!database) return -1;
    sqlite3_stmt *query = floor_prepare(
        database, "SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY type, name");
    uint64_t hash = 0xcbf29ce484222325u; // FNV-1a
    while (query && sqlite3_step(query) == SQLITE_ROW)
        for (const unsigned char *text = sqlite3_column_text(query, 0); text && *text; text++)
            hash = (hash ^ *text) * 0x100000001b3u;
    *digest = hash;
    sqlite3_finalize(query);
    sqlite3_close_v2(database);
    return query ? 0 : -1;
}

int floor_checkpoint(const char *path) {
    sqlite3 *database = floor_open(path, READER_CACHE_KIB);
    if (!database) return -1;
    int code = sqlite3_wal_checkpoint_v2(database, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    int result = code == SQLITE_OK ? 0 : floor_fail_sqlite(database, "checkpoint");
    sqlite3_close_v2(database);
    return result;
}

int floor_order_ids(const char *path, int64_t quantity, int64_t *ids, size_t *count) {
    sqlite3 *database = floor_open(path, READER_CACHE_KIB);
    if (!database) return -1;
    sqlite3_stmt *query = floor_prepare(
        database,
        "SELECT order_id FROM order_line WHERE line = 0 AND quantity = ? ORDER BY order_id");
    size_t found = 0;
    if (query) {
        sqlite3_bind_int64(query, 1, quantity);
        while (found < *count && sqlite3_step(query) == SQLITE_ROW)
            ids[found++] = sqlite3_column_int64(query, 0);
    }
    *count = found;
    sqlite3_finalize(query);
    sqlite3_close_v2(database);
    return query ? 0 : -1;
}
