// SPDX-License-Identifier: Apache-2.0

#ifndef FLOOR_DATABASE_H
#define FLOOR_DATABASE_H

#include <sqlite3.h>

// Opens the file with the store's own settings and a cache of so many KiB; NULL on failure.
sqlite3 *floor_open(const char *path, int cache_kib);

// The caches of the store's writer and of each of its readers.
enum { WRITER_CACHE_KIB = 8192, READER_CACHE_KIB = 2048 };

// Prepares a statement for many uses; NULL on failure.
sqlite3_stmt *floor_prepare(sqlite3 *database, const char *sql);

// Steps a statement that gives no row, and resets it.
int floor_done(sqlite3_stmt *statement);

int floor_fail_sqlite(sqlite3 *database, const char *what);

#endif
