/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "client.h"

#include <stdint.h>

/*
 * What Swift cannot ask of a socket without pointers. Every function takes and returns values;
 * a negative result is an errno with its sign changed.
 */

/* The peer of a connected Unix socket, as it was at connect(2). */
struct ttrpc_peer {
    int32_t error; /* 0, or a positive errno and nothing else set */
    int32_t pid;
    uint32_t uid;
    uint32_t gid;
};

/* SO_PEERCRED. */
struct ttrpc_peer ttrpc_peer_credentials(int fd);

enum { TTRPC_GROUPS_PER_CHUNK = 16 };

/* A part of a peer's supplementary groups. */
struct ttrpc_group_chunk {
    int32_t error; /* 0, or a positive errno and nothing else set */
    uint32_t total; /* how many groups there are in all */
    uint32_t groups[TTRPC_GROUPS_PER_CHUNK]; /* those from the index asked for on */
};

/* SO_PEERGROUPS, the chunk that begins at `index`. */
struct ttrpc_group_chunk ttrpc_peer_groups(int fd, uint32_t index);

/* One group of a chunk; 0 past its end. */
uint32_t ttrpc_group_at(struct ttrpc_group_chunk chunk, uint32_t index);

/* 1 if a connection waits to be accepted, 0 if none does, or a negative errno. */
int ttrpc_has_waiting_connection(int fd);

/* shutdown(SHUT_RD): a Unix peer's later writes fail with EPIPE. 0, or a negative errno. */
int ttrpc_shut_receiving_side(int fd);

enum { TTRPC_PATH_BYTES_MAX = 107 };

/* The path of a Unix socket, built byte by byte; always ends in a NUL. */
struct ttrpc_path {
    uint32_t length;
    char bytes[TTRPC_PATH_BYTES_MAX + 1];
};

/* The empty path. */
struct ttrpc_path ttrpc_path_empty(void);

/* The path with one byte more; unchanged if it is full. */
struct ttrpc_path ttrpc_path_appending(struct ttrpc_path path, uint8_t byte);

/* What a listener is known by, so that its owner removes its own file and no other. */
struct ttrpc_listener {
    int32_t fd; /* or a negative errno */
    uint64_t device;
    uint64_t inode;
};

/*
 * A new listening socket at `path` with the given mode. A socket file that nobody answers on is
 * replaced; -EADDRINUSE if someone answers, -EEXIST if something else is there. The mode is set
 * before the first connection can succeed.
 */
struct ttrpc_listener ttrpc_listen(struct ttrpc_path path, uint32_t mode, int backlog);

/* A copy of an inherited listener, made to listen with our backlog. */
int ttrpc_adopt_listener(int fd, int backlog);

/* Changes the backlog of a listening socket. */
int ttrpc_set_backlog(int fd, int backlog);

/* Removes the socket file, if it is still the one that ttrpc_listen made. */
int ttrpc_remove_listener(struct ttrpc_path path, struct ttrpc_listener listener);
