// SPDX-License-Identifier: Apache-2.0
//
// The rows of a CancelItems of one unit paid by one tender, written without deciding anything:
// the run that is cut and the rest of it, the obligation, its leg, the order, the message, the
// events and the stored reply.

#include "CFloor.h"
#include "fault.h"
#include "template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    RUN_IS_CUT,
    RUN_BEGINS,
    OBLIGATION,
    LEG,
    ORDER,
    MESSAGE,
    EVENT,
    KEY,
    BEGIN,
    COMMIT,
    STATEMENTS
};

// The numbers of an order's new entities are those of the events that follow, as in the store.
static const char *const writes[STATEMENTS] = {
    [RUN_IS_CUT] = "UPDATE unit_run SET count = 1, state = 11, refunded = net + tax"
                   " WHERE order_id = ? AND first = ?",
    [RUN_BEGINS] = "INSERT INTO unit_run (order_id, first, count, line, state, net, tax,"
                   " shipping_share, refunded, fee) VALUES (?, ?, ?, ?, 1, ?, ?, ?, 0, 0)",
    [OBLIGATION] = "INSERT INTO obligation (obligation_id, part, order_id, cause, fault, subject,"
                   " line, first, count, amount, created_at)"
                   " VALUES (?, 0, ?, ?, ?, 1, ?, ?, 1, ?, ?)",
    [LEG] = "INSERT INTO refund_leg (id, version, obligation_id, order_id, tender_id, customer_id,"
            " kind, amount, state, created_at) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
    [ORDER] = "UPDATE orders SET version = ?, obligated = obligated + ?,"
              " obligated_without_approval = obligated_without_approval + ? WHERE id = ?",
    [MESSAGE] = "INSERT INTO message (id, customer_id, order_id, kind, title, text, posted_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
    [EVENT] = "INSERT INTO event (seq, aggregate_kind, aggregate_id, version, type, occurred_at,"
              " actor, policy_version, payload, prev_hash, hash)"
              " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [KEY] = "INSERT INTO request_key (method, request_id, digest, reply, created_at)"
            " VALUES (?, ?, ?, ?, ?)",
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
};

// What a cancellation has to know of its order, read before the clock runs.
typedef struct {
    int64_t order, line, version, tender, first, count, net, tax, share;
    char customer[65];
} known;

struct floor_writer {
    sqlite3 *database;
    sqlite3 *lookup; // so that the writer's own cache is not warmed for it
    sqlite3_stmt *query;
    sqlite3_stmt *statements[STATEMENTS];
    cancel_template template;
    int64_t seq;
    uint8_t hash[32];
    uint64_t random;
    int64_t rows;
};

floor_writer *floor_writer_open(const char *path) {
    floor_writer *writer = calloc(1, sizeof *writer);
    if (!writer) return NULL;
    writer->database = floor_open(path, WRITER_CACHE_KIB);
    writer->lookup = writer->database ? floor_open(path, READER_CACHE_KIB) : NULL;
    int failed = !writer->lookup || floor_template_load(&writer->template, writer->lookup) != 0;
    if (!failed)
        writer->query = floor_prepare(
            writer->lookup,
            "SELECT o.version, o.customer_id, t.id, u.first, u.count, u.net, u.tax,"
            " u.shipping_share FROM orders o JOIN tender t ON t.order_id = o.id"
            " JOIN unit_run u ON u.order_id = o.id"
            " WHERE o.id = ? AND u.line = ? AND u.state = 1 AND u.count > 1 LIMIT 1");
    failed = failed || !writer->query;
    for (int i = 0; !failed && i < STATEMENTS; i++)
        failed = !(writer->statements[i] = floor_prepare(writer->database, writes[i]));
    if (failed) {
        floor_writer_close(writer);
        return NULL;
    }
    writer->seq = writer->template.last_seq;
    memcpy(writer->hash, writer->template.last_hash, sizeof writer->hash);
    writer->random = floor_now();
    return writer;
}

void floor_writer_close(floor_writer *writer) {
    for (int i = 0; i < STATEMENTS; i++) sqlite3_finalize(writer->statements[i]);
    sqlite3_finalize(writer->query);
    sqlite3_close_v2(writer->lookup);
    sqlite3_close_v2(writer->database);
    floor_template_free(&writer->template);
    free(writer);
}

int64_t floor_rows_written(const floor_writer *writer) { return writer->rows; }

static uint64_t random_word(floor_writer *writer) { // splitmix64
    uint64_t z = writer->random += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static int look_up(floor_writer *writer, floor_target target, known *known) {
    sqlite3_stmt *query = writer->query;
    sqlite3_bind_int64(query, 1, target.order);
    sqlite3_bind_int64(query, 2, target.line);
    if (sqlite3_step(query) != SQLITE_ROW) {
        sqlite3_reset(query);
        return floor_fail("order %lld: nothing to cancel", (long long)target.order);
    }
    known->order = target.order;
    known->line = target.line;
    known->version = sqlite3_column_int64(query, 0);
    snprintf(known->customer, sizeof known->customer, "%s",
             (const char *)sqlite3_column_text(query, 1));
    known->tender = sqlite3_column_int64(query, 2);
    known->first = sqlite3_column_int64(query, 3);
    known->count = sqlite3_column_int64(query, 4);
    known->net = sqlite3_column_int64(query, 5);
    known->tax = sqlite3_column_int64(query, 6);
    known->share = sqlite3_column_int64(query, 7);
    sqlite3_reset(query);
    return 0;
}

// Binds the next parameter of a statement.
typedef struct {
    sqlite3_stmt *statement;
    int count;
} binder;

static void number(binder *to, int64_t value) {
    sqlite3_bind_int64(to->statement, ++to->count, value);
}
static void text(binder *to, const void *bytes, int count) {
    sqlite3_bind_text(to->statement, ++to->count, bytes, count, SQLITE_STATIC);
}
static void bytes(binder *to, const void *bytes, int count) {
    sqlite3_bind_blob(to->statement, ++to->count, bytes, count, SQLITE_STATIC);
}

static int write_units(floor_writer *writer, const known *known) {
    binder cut = {writer->statements[RUN_IS_CUT], 0};
    number(&cut, known->order);
    number(&cut, known->first);
    if (floor_done(cut.statement) != 0) return -1;
    binder rest = {writer->statements[RUN_BEGINS], 0};
    number(&rest, known->order);
    number(&rest, known->first + 1);
    number(&rest, known->count - 1);
    number(&rest, known->line);
    number(&rest, known->net);
    number(&rest, known->tax);
    number(&rest, known->share);
    return floor_done(rest.statement);
}

static int write_money(floor_writer *writer, const known *known, int64_t now) {
    const template_numbers *numbers = &writer->template.numbers;
    int64_t amount = known->net + known->tax;
    int64_t obligation = writer->seq + 1 + numbers->obligation;
    binder part = {writer->statements[OBLIGATION], 0};
    number(&part, obligation);
    number(&part, known->order);
    number(&part, numbers->cause);
    number(&part, numbers->fault);
    number(&part, known->line);
    number(&part, known->first);
    number(&part, amount);
    number(&part, now);
    if (floor_done(part.statement) != 0) return -1;
    binder leg = {writer->statements[LEG], 0};
    number(&leg, writer->seq + 1 + numbers->leg);
    number(&leg, obligation);
    number(&leg, known->order);
    number(&leg, known->tender);
    text(&leg, known->customer, -1);
    number(&leg, numbers->leg_kind);
    number(&leg, amount);
    number(&leg, numbers->leg_state);
    number(&leg, now);
    return floor_done(leg.statement);
}

static int write_order(floor_writer *writer, const known *known, int64_t version) {
    binder order = {writer->statements[ORDER], 0};
    number(&order, version);
    number(&order, known->net + known->tax);
    number(&order, known->net + known->tax);
    number(&order, known->order);
    return floor_done(order.statement);
}

static int write_event(floor_writer *writer, const template_event *event, int64_t aggregate,
                       int64_t version, int64_t now) {
    uint8_t hash[32];
    for (size_t i = 0; i < sizeof hash; i += 8) {
        uint64_t word = random_word(writer);
        memcpy(hash + i, &word, 8);
    }
    binder row = {writer->statements[EVENT], 0};
    number(&row, ++writer->seq);
    number(&row, event->kind);
    number(&row, aggregate);
    number(&row, version);
    text(&row, event->type.bytes, event->type.count);
    number(&row, now);
    text(&row, event->actor.bytes, event->actor.count);
    number(&row, event->policy_version);
    bytes(&row, event->payload.bytes, event->payload.count);
    bytes(&row, writer->hash, sizeof writer->hash);
    bytes(&row, hash, sizeof hash);
    int result = floor_done(row.statement);
    memcpy(writer->hash, hash, sizeof hash);
    return result;
}

static int write_message(floor_writer *writer, const known *known, int64_t now) {
    const cancel_template *template = &writer->template;
    binder row = {writer->statements[MESSAGE], 0};
    number(&row, writer->seq + 1 + template->numbers.message);
    text(&row, known->customer, -1);
    number(&row, known->order);
    number(&row, template->numbers.message_kind);
    text(&row, template->title.bytes, template->title.count);
    text(&row, template->text.bytes, template->text.count);
    number(&row, now);
    return floor_done(row.statement);
}

static int write_key(floor_writer *writer, int64_t now) {
    const cancel_template *template = &writer->template;
    char id[37];
    uint64_t high = random_word(writer), low = random_word(writer);
    snprintf(id, sizeof id, "%08x-%04x-%04x-%04x-%012llx", (unsigned)(high >> 32),
             (unsigned)(high >> 16 & 0xffff), (unsigned)(high & 0xffff),
             (unsigned)(low >> 48), (unsigned long long)(low & 0xffffffffffff));
    binder row = {writer->statements[KEY], 0};
    text(&row, template->method.bytes, template->method.count);
    text(&row, id, 36);
    bytes(&row, template->digest.bytes, template->digest.count);
    bytes(&row, template->reply.bytes, template->reply.count);
    number(&row, now);
    return floor_done(row.statement);
}

// How far a cancellation moves the version of its order.
static int64_t order_events(const cancel_template *template) {
    int64_t count = 0;
    for (int i = 0; i < template->event_count; i++) count += template->events[i].is_orders;
    return count;
}

static int write_cancellation(floor_writer *writer, known *known) {
    struct timespec clock;
    clock_gettime(CLOCK_REALTIME, &clock);
    int64_t now = (int64_t)clock.tv_sec * 1000000 + clock.tv_nsec / 1000;
    const cancel_template *template = &writer->template;
    int64_t version = known->version + order_events(template);
    if (write_units(writer, known) != 0 || write_money(writer, known, now) != 0 ||
        write_order(writer, known, version) != 0 || write_message(writer, known, now) != 0)
        return -1;
    for (int i = 0; i < template->event_count; i++) {
        const template_event *event = &template->events[i];
        int64_t aggregate = event->is_orders ? known->order : writer->seq + 1 - event->behind;
        int64_t at = event->is_orders ? ++known->version : event->version;
        if (write_event(writer, event, aggregate, at, now) != 0) return -1;
    }
    return write_key(writer, now);
}

static int write_batch(floor_writer *writer, known *orders, size_t count, uint64_t *ns) {
    int64_t rows = sqlite3_total_changes64(writer->database);
    uint64_t start = floor_now();
    if (floor_done(writer->statements[BEGIN]) != 0) return -1;
    for (size_t i = 0; i < count; i++)
        if (write_cancellation(writer, &orders[i]) != 0) return -1;
    if (floor_done(writer->statements[COMMIT]) != 0) return -1;
    *ns = floor_now() - start;
    writer->rows = sqlite3_total_changes64(writer->database) - rows;
    return 0;
}

int floor_write(floor_writer *writer, const floor_target *targets, size_t count, size_t batch,
                uint64_t *ns) {
    known *orders = calloc(batch, sizeof *orders);
    int result = orders ? 0 : floor_fail("out of memory");
    for (size_t first = 0; first < count && result == 0; first += batch) {
        size_t size = count - first < batch ? count - first : batch;
        for (size_t i = 0; i < size && result == 0; i++) {
            result = look_up(writer, targets[first + i], &orders[i]);
            // The same order twice in one batch: its version will have moved on by then.
            for (size_t j = 0; j < i && result == 0; j++)
                if (orders[j].order == orders[i].order)
                    orders[i].version += order_events(&writer->template);
        }
        if (result == 0) result = write_batch(writer, orders, size, ns++);
    }
    free(orders);
    return result;
}
