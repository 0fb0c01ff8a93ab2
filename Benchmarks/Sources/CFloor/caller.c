// SPDX-License-Identifier: Apache-2.0

#include "CFloor.h"
#include "fault.h"
#include "frame.h"
#include "transfer.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { INBOX = 64 << 10 };

static int check_reply(const uint8_t *header, const uint8_t *envelope, size_t count) {
    if (header[8] != FRAME_RESPONSE) return floor_fail("a frame of type %d came back", header[8]);
    const uint8_t *message = NULL;
    size_t length = 0;
    int code = floor_status(envelope, count, &message, &length);
    if (code == 0) return 0;
    return floor_fail("the call failed with %d: %.*s", code, (int)length, (const char *)message);
}

// Gives the frame its stream id and sends it.
static int send_frame(floor_caller *caller, floor_frames frames, size_t index) {
    size_t start = index == 0 ? 0 : frames.ends[index - 1];
    uint8_t *frame = frames.bytes + start;
    floor_put_u32(frame + 4, caller->next_stream);
    caller->next_stream += 2;
    return floor_send(caller->fd, frame, frames.ends[index] - start);
}

// Reads one reply with as few system calls as a reply that fits the inbox allows.
static int read_reply(floor_caller *caller, uint32_t stream, uint8_t *inbox) {
    size_t have = 0, want = FRAME_HEADER;
    while (have < want) {
        ssize_t got = read(caller->fd, inbox + have, INBOX - have);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return floor_fail_errno("read");
        if (got == 0) return floor_fail("the daemon closed the connection");
        have += (size_t)got;
        if (have >= FRAME_HEADER) want = FRAME_HEADER + floor_get_u32(inbox);
        if (want > INBOX) return floor_fail("a reply of %zu bytes", want);
    }
    if (floor_get_u32(inbox + 4) != stream) return floor_fail("a reply to another call");
    caller->reply_bytes = want;
    return check_reply(inbox, inbox + FRAME_HEADER, want - FRAME_HEADER);
}

int floor_call(floor_caller *caller, floor_frames frames, size_t first, size_t count,
               uint64_t *ns) {
    static _Thread_local uint8_t inbox[INBOX];
    if (first + count > frames.count) return floor_fail("too few frames were prepared");
    for (size_t i = 0; i < count; i++) {
        uint64_t start = floor_now();
        uint32_t stream = caller->next_stream;
        if (send_frame(caller, frames, first + i) != 0) return -1;
        if (read_reply(caller, stream, inbox) != 0) return -1;
        ns[i] = floor_now() - start;
    }
    return 0;
}

// What has come of the next replies on one connection.
typedef struct {
    uint8_t bytes[INBOX];
    size_t have;
} inbox;

// Reads what is there and counts the whole replies in it.
static int take_replies(floor_caller *caller, inbox *box, size_t *replies) {
    ssize_t got = recv(caller->fd, box->bytes + box->have, INBOX - box->have, MSG_DONTWAIT);
    if (got < 0) return errno == EINTR || errno == EAGAIN ? 0 : floor_fail_errno("recv");
    if (got == 0) return floor_fail("the daemon closed the connection");
    box->have += (size_t)got;
    size_t used = 0;
    while (box->have - used >= FRAME_HEADER) {
        const uint8_t *frame = box->bytes + used;
        size_t size = FRAME_HEADER + floor_get_u32(frame);
        if (size > INBOX) return floor_fail("a reply of %zu bytes", size);
        if (box->have - used < size) break;
        if (check_reply(frame, frame + FRAME_HEADER, size - FRAME_HEADER) != 0) return -1;
        used += size;
        (*replies)++;
    }
    box->have -= used;
    memmove(box->bytes, box->bytes + used, box->have);
    return 0;
}

// Sends the next frames on a connection in one write, as a library that shares it would.
static int send_batch(floor_caller *caller, floor_frames frames, size_t index, size_t count) {
    size_t start = index == 0 ? 0 : frames.ends[index - 1];
    for (size_t i = 0, at = start; i < count; at = frames.ends[index + i], i++) {
        floor_put_u32(frames.bytes + at + 4, caller->next_stream);
        caller->next_stream += 2;
    }
    return floor_send(caller->fd, frames.bytes + start, frames.ends[index + count - 1] - start);
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

static int pump(floor_caller *connections, size_t connection_count, size_t callers,
                floor_frames frames, size_t next, size_t end, struct pollfd *polls,
                inbox *boxes) {
    size_t in_flight = 0;
    for (size_t c = 0; c < connection_count; c++) {
        polls[c] = (struct pollfd){.fd = connections[c].fd, .events = POLLIN};
        boxes[c].have = 0;
        size_t share = callers / connection_count + (c < callers % connection_count);
        share = least(share, end - next);
        if (share == 0) continue;
        if (send_batch(&connections[c], frames, next, share) != 0) return -1;
        next += share;
        in_flight += share;
    }
    while (in_flight > 0) {
        int ready = poll(polls, connection_count, 30000);
        if (ready < 0 && errno != EINTR) return floor_fail_errno("poll");
        if (ready == 0) return floor_fail("no reply in 30 s with %zu calls in flight", in_flight);
        for (size_t c = 0; c < connection_count; c++) {
            if (polls[c].revents == 0) continue;
            size_t replies = 0;
            if (take_replies(&connections[c], &boxes[c], &replies) != 0) return -1;
            in_flight -= replies;
            size_t again = least(replies, end - next);
            if (again == 0) continue;
            if (send_batch(&connections[c], frames, next, again) != 0) return -1;
            next += again;
            in_flight += again;
        }
    }
    return 0;
}

int floor_call_many(floor_caller *connections, size_t connection_count, size_t callers,
                    floor_frames frames, size_t first, size_t count, uint64_t *elapsed) {
    if (first + count > frames.count) return floor_fail("too few frames were prepared");
    struct pollfd *polls = calloc(connection_count, sizeof *polls);
    inbox *boxes = calloc(connection_count, sizeof *boxes);
    uint64_t start = floor_now();
    int result = polls && boxes ? pump(connections, connection_count, callers, frames, first,
                                       first + count, polls, boxes)
                                : floor_fail("out of memory");
    *elapsed = floor_now() - start;
    free(polls);
    free(boxes);
    return result;
}
