// SPDX-License-Identifier: Apache-2.0
//
// What the daemon itself wrote for its last cancellation in a file: the raw writer writes the same
// texts, blobs and events, so that rows are of equal size.

#ifndef FLOOR_TEMPLATE_H
#define FLOOR_TEMPLATE_H

#include "database.h"

#include <stdint.h>

enum { EVENTS_MAX = 8 };

typedef struct {
    void *bytes;
    int count;
} blob;

typedef struct {
    int kind;
    int is_orders;  // the order's own event; else one of the leg it began
    int64_t behind; // how far the entity's number is behind the event's, unless it is the order's
    int64_t version;
    blob type, actor, payload;
    int64_t policy_version;
} template_event;

// Numbers are those of events: how far behind the cancellation's first event each one is.
typedef struct {
    int64_t obligation, cause, fault;
    int64_t leg, leg_kind, leg_state;
    int64_t message, message_kind;
} template_numbers;

typedef struct {
    blob title, text;
    template_numbers numbers;
    blob method, digest, reply;
    template_event events[EVENTS_MAX];
    int event_count;
    int64_t order, last_seq;
    uint8_t last_hash[32];
} cancel_template;

int floor_template_load(cancel_template *template, sqlite3 *database);
void floor_template_free(cancel_template *template);

#endif
