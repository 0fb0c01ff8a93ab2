// SPDX-License-Identifier: Apache-2.0
//
// What the bench does without Swift: the floors, and callers that add as little as a caller can.
// Every function blocks its thread. Those that return int give 0, or -1 and floor_fault() says why.

#ifndef CFLOOR_H
#define CFLOOR_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// The reason of this thread's last failure.
const char *floor_fault(void);

// Nanoseconds of the monotonic clock.
uint64_t floor_now(void);

// ---- Sockets

// Connects to a Unix socket; the descriptor, or -1.
int floor_connect(const char *path);

// Tells a floor-server how many bytes go each way on this connection.
int floor_ping_begin(int fd, uint32_t request_bytes, uint32_t reply_bytes);

// Sends and receives those bytes `count` times; ns[i] is the time of one round trip.
int floor_ping(int fd, uint32_t request_bytes, uint32_t reply_bytes, size_t count, uint64_t *ns);

// ---- A ttrpc caller

// Frames one after another, ready to be sent but for their stream ids; frame i ends at ends[i].
typedef struct {
    uint8_t *bytes;
    const size_t *ends;
    size_t count;
} floor_frames;

// Bytes of a request's frame.
size_t floor_frame_size(const char *service, const char *method, size_t payload_bytes);

// Writes a request's frame, its stream id zero; returns its size.
size_t floor_frame(uint8_t *out, const char *service, const char *method, const uint8_t *payload,
                   size_t payload_bytes);

// One caller on a connection of its own: sends a frame, reads the reply, checks that it is OK.
typedef struct {
    int fd;
    uint32_t next_stream;
    size_t reply_bytes; // of the last reply, header included
} floor_caller;

int floor_call(floor_caller *caller, floor_frames frames, size_t first, size_t count, uint64_t *ns);

// `callers` calls in flight all the time, spread over the connections, from one thread.
// `elapsed` is the time from the first byte sent to the last reply read.
int floor_call_many(floor_caller *connections, size_t connection_count, size_t callers,
                    floor_frames frames, size_t first, size_t count, uint64_t *elapsed);

// ---- SQLite

// Digest of the schema's SQL text; keys the cache of seeded databases.
int floor_schema_digest(const char *path, uint64_t *digest);

// Moves the whole write-ahead log into the database file.
int floor_checkpoint(const char *path);

// Numbers of all orders whose first line has `quantity` units; count is the capacity on entry.
int floor_order_ids(const char *path, int64_t quantity, int64_t *ids, size_t *count);

typedef struct floor_reader floor_reader;
floor_reader *floor_reader_open(const char *path);
void floor_reader_close(floor_reader *reader);

// Reads the rows that GetOrder reads, one snapshot an order.
int floor_read(floor_reader *reader, const int64_t *orders, size_t count, uint64_t *ns);

typedef struct floor_writer floor_writer;
floor_writer *floor_writer_open(const char *path);
void floor_writer_close(floor_writer *writer);

// One unit to cancel: the first of a line nothing was canceled of yet.
typedef struct {
    int64_t order;
    int64_t line;
} floor_target;

// Writes the rows that a CancelItems of one unit writes, `batch` targets to one durable
// transaction; ns[i] is the time of transaction i. What has to be known of the orders is read
// before the clock runs.
int floor_write(floor_writer *writer, const floor_target *targets, size_t count, size_t batch,
                uint64_t *ns);

// Rows written by the last transaction, those that triggers wrote included.
int64_t floor_rows_written(const floor_writer *writer);

// ---- The daemon

typedef struct {
    pid_t pid;
    uint64_t ready_ns; // from just before exec was asked for to READY=1
} floor_daemon;

// Starts argv[0] with a NOTIFY_SOCKET at notify_path, what it says appended to a file, and waits
// for READY=1.
int floor_daemon_start(char *const argv[], const char *notify_path, const char *log_path,
                       int timeout_ms, floor_daemon *daemon);

// Starts a program that announces nothing.
int floor_child_start(char *const argv[], pid_t *pid);

// SIGTERM, then waits; SIGKILL after ten seconds. Gives the exit status of waitpid.
int floor_child_stop(pid_t pid, int *status);

#endif
