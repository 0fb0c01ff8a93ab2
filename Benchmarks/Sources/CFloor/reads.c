// SPDX-License-Identifier: Apache-2.0
//
// The rows that GetOrder needs, by the statements that the store reads them with.

#include "CFloor.h"
#include "database.h"
#include "fault.h"

#include <stdlib.h>

static const char *const reads[] = {
    "BEGIN",
    "SELECT version, external_id, customer_id, locale, phone, currency, policy_version, placed_at,"
    " imported_at, shipping_charged, shipping_refunded, other_charged, other_refunded,"
    " grand_total, obligated, obligated_without_approval, note FROM orders WHERE id = ?1",
    "SELECT r.first, r.count, r.line, r.state, r.net, r.tax, r.shipping_share, r.refunded, r.fee,"
    " r.shipment_id, r.delivered_at, l.line_id, l.sku, l.title, l.kind, l.seller_id, l.quantity,"
    " l.first_unit, l.unit_list_price, l.bundle_id, l.bundle_group"
    " FROM unit_run AS r JOIN order_line AS l ON l.order_id = r.order_id AND l.line = r.line"
    " WHERE r.order_id = ?1 ORDER BY r.first",
    "SELECT id, version, external_id, class, channel, institution, token, brand, last4, amount,"
    " authorized, captured, captured_at, released, state,"
    " (SELECT coalesce(sum(amount), 0) FROM refund_leg"
    "  WHERE tender_id = tender.id AND state IN (1, 2, 3, 4, 5, 8)),"
    " (SELECT coalesce(sum(amount), 0) FROM refund_leg WHERE tender_id = tender.id AND state = 6)"
    " FROM tender WHERE order_id = ?1",
    "COMMIT",
};
enum { READS = sizeof reads / sizeof reads[0] };

struct floor_reader {
    sqlite3 *database;
    sqlite3_stmt *statements[READS];
    uint64_t taken; // what the columns add up to, so that reading them has an effect
};

floor_reader *floor_reader_open(const char *path) {
    floor_reader *reader = calloc(1, sizeof *reader);
    if (!reader) return NULL;
    reader->database = floor_open(path, READER_CACHE_KIB);
    for (size_t i = 0; reader->database && i < READS; i++)
        if (!(reader->statements[i] = floor_prepare(reader->database, reads[i]))) {
            floor_reader_close(reader);
            return NULL;
        }
    if (reader->database) return reader;
    free(reader);
    return NULL;
}

void floor_reader_close(floor_reader *reader) {
    for (size_t i = 0; i < READS; i++) sqlite3_finalize(reader->statements[i]);
    sqlite3_close_v2(reader->database);
    free(reader);
}

// Takes every column of every row; gives the number of rows, or -1.
static int read_rows(floor_reader *reader, sqlite3_stmt *statement) {
    int rows = 0, code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        rows++;
        for (int i = 0, n = sqlite3_data_count(statement); i < n; i++) {
            if (sqlite3_column_type(statement, i) == SQLITE_TEXT) {
                reader->taken += *sqlite3_column_text(statement, i);
                reader->taken += (uint64_t)sqlite3_column_bytes(statement, i);
            } else {
                reader->taken += (uint64_t)sqlite3_column_int64(statement, i);
            }
        }
    }
    sqlite3_reset(statement);
    return code == SQLITE_DONE ? rows : floor_fail_sqlite(reader->database, "read");
}

static int read_order(floor_reader *reader, int64_t order) {
    for (size_t i = 0; i < READS; i++) {
        sqlite3_stmt *statement = reader->statements[i];
        int is_query = sqlite3_column_count(statement) > 0;
        if (is_query) sqlite3_bind_int64(statement, 1, order);
        int rows = read_rows(reader, statement);
        if (rows < 0) return -1;
        if (is_query && rows == 0)
            return floor_fail("order %lld: no row from: %s", (long long)order, reads[i]);
    }
    return 0;
}

int floor_read(floor_reader *reader, const int64_t *orders, size_t count, uint64_t *ns) {
    for (size_t i = 0; i < count; i++) {
        uint64_t start = floor_now();
        if (read_order(reader, orders[i]) != 0) return -1;
        ns[i] = floor_now() - start;
    }
    return 0;
}
