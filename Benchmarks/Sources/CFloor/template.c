// SPDX-License-Identifier: Apache-2.0

#include "template.h"
#include "fault.h"

#include <stdlib.h>
#include <string.h>

static blob copy_column(sqlite3_stmt *row, int column) {
    const void *bytes = sqlite3_column_blob(row, column);
    blob copy = {NULL, sqlite3_column_bytes(row, column)};
    copy.bytes = malloc((size_t)copy.count + 1);
    if (copy.bytes && bytes) memcpy(copy.bytes, bytes, (size_t)copy.count);
    return copy;
}

static int no_cancellation(sqlite3_stmt *query) {
    sqlite3_finalize(query);
    return floor_fail("the file holds no cancellation to take as a pattern");
}

static int load_message(cancel_template *template, sqlite3 *database) {
    sqlite3_stmt *query = floor_prepare(
        database, "SELECT id, kind, title, text, order_id FROM message ORDER BY id DESC LIMIT 1");
    if (!query || sqlite3_step(query) != SQLITE_ROW) return no_cancellation(query);
    template->numbers.message = sqlite3_column_int64(query, 0);
    template->numbers.message_kind = sqlite3_column_int64(query, 1);
    template->title = copy_column(query, 2);
    template->text = copy_column(query, 3);
    template->order = sqlite3_column_int64(query, 4);
    sqlite3_finalize(query);
    return 0;
}

static int load_refund(template_numbers *numbers, sqlite3 *database) {
    sqlite3_stmt *query = floor_prepare(
        database, "SELECT l.id, l.kind, l.state, o.obligation_id, o.cause, o.fault"
                  " FROM refund_leg AS l JOIN obligation AS o USING (obligation_id)"
                  " ORDER BY l.id DESC LIMIT 1");
    if (!query || sqlite3_step(query) != SQLITE_ROW) return no_cancellation(query);
    numbers->leg = sqlite3_column_int64(query, 0);
    numbers->leg_kind = sqlite3_column_int64(query, 1);
    numbers->leg_state = sqlite3_column_int64(query, 2);
    numbers->obligation = sqlite3_column_int64(query, 3);
    numbers->cause = sqlite3_column_int64(query, 4);
    numbers->fault = sqlite3_column_int64(query, 5);
    sqlite3_finalize(query);
    return 0;
}

static int load_key(cancel_template *template, sqlite3 *database) {
    sqlite3_stmt *query = floor_prepare(database, "SELECT method, digest, reply FROM request_key"
                                                  " WHERE method LIKE '%/CancelItems' LIMIT 1");
    if (!query || sqlite3_step(query) != SQLITE_ROW) return no_cancellation(query);
    template->method = copy_column(query, 0);
    template->digest = copy_column(query, 1);
    template->reply = copy_column(query, 2);
    sqlite3_finalize(query);
    return 0;
}

// A call reads its clock once, so the last call's events are those of the last instant.
static const char last_events[] =
    "SELECT aggregate_kind, aggregate_id, version, type, actor, payload, policy_version, seq, hash"
    " FROM event WHERE seq > (SELECT max(seq) FROM event) - 8"
    " AND occurred_at = (SELECT occurred_at FROM event ORDER BY seq DESC LIMIT 1) ORDER BY seq";

static int load_events(cancel_template *template, sqlite3 *database) {
    sqlite3_stmt *query = floor_prepare(database, last_events);
    while (query && sqlite3_step(query) == SQLITE_ROW && template->event_count < EVENTS_MAX) {
        int64_t aggregate = sqlite3_column_int64(query, 1);
        template->last_seq = sqlite3_column_int64(query, 7);
        template->events[template->event_count++] = (template_event){
            .kind = sqlite3_column_int(query, 0),
            .is_orders = aggregate == template->order,
            .behind = template->last_seq - aggregate,
            .version = sqlite3_column_int64(query, 2),
            .type = copy_column(query, 3),
            .actor = copy_column(query, 4),
            .payload = copy_column(query, 5),
            .policy_version = sqlite3_column_int64(query, 6),
        };
        if (sqlite3_column_bytes(query, 8) == (int)sizeof template->last_hash)
            memcpy(template->last_hash, sqlite3_column_blob(query, 8), sizeof template->last_hash);
    }
    if (template->event_count == 0) return no_cancellation(query);
    sqlite3_finalize(query);
    return 0;
}

int floor_template_load(cancel_template *template, sqlite3 *database) {
    template_numbers *numbers = &template->numbers;
    if (load_message(template, database) != 0 || load_refund(numbers, database) != 0 ||
        load_key(template, database) != 0 || load_events(template, database) != 0)
        return -1;
    int64_t first = template->last_seq - template->event_count + 1;
    numbers->obligation -= first;
    numbers->leg -= first;
    numbers->message -= first;
    return 0;
}

void floor_template_free(cancel_template *template) {
    free(template->title.bytes);
    free(template->text.bytes);
    free(template->method.bytes);
    free(template->digest.bytes);
    free(template->reply.bytes);
    for (int i = 0; i < template->event_count; i++) {
        free(template->events[i].type.bytes);
        free(template->events[i].actor.bytes);
        free(template->events[i].payload.bytes);
    }
}
