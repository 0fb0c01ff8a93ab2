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
    int is_orders; // the order's own event; else it begins an entity of its own
    blob type, actor, payload;
    int64_t policy_version;
} template_event;

typedef struct {
    blob title, text;
    int64_t message_kind;
    blob method, digest, reply;
    template_event events[EVENTS_MAX];
    int event_count;
    int64_t last_seq;
    uint8_t last_hash[32];
} cancel_template;

int floor_template_load(cancel_template *template, sqlite3 *database);
void floor_template_free(cancel_template *template);

#endif
