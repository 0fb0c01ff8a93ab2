/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "CTTRPC.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>

struct ttrpc_peer ttrpc_peer_credentials(int fd) {
    struct ttrpc_peer peer = {0};
    struct ucred credentials;
    socklen_t size = sizeof credentials;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) {
        peer.error = errno;
        return peer;
    }
    peer.pid = credentials.pid;
    peer.uid = credentials.uid;
    peer.gid = credentials.gid;
    return peer;
}

struct ttrpc_group_chunk ttrpc_peer_groups(int fd, uint32_t index) {
    struct ttrpc_group_chunk chunk = {0};
    /* Nearly every process has few groups; the kernel allows 65,536. */
    gid_t few[256];
    gid_t *groups = few;
    socklen_t size = sizeof few;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &size) != 0) {
        if (errno != ERANGE || (groups = malloc(size)) == NULL) {
            chunk.error = errno;
            return chunk;
        }
        if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &size) != 0) {
            chunk.error = errno;
            free(groups);
            return chunk;
        }
    }
    chunk.total = size / sizeof(gid_t);
    for (uint32_t i = 0; i < TTRPC_GROUPS_PER_CHUNK && index + i < chunk.total; i++) {
        chunk.groups[i] = groups[index + i];
    }
    if (groups != few) {
        free(groups);
    }
    return chunk;
}

uint32_t ttrpc_group_at(struct ttrpc_group_chunk chunk, uint32_t index) {
    return index < TTRPC_GROUPS_PER_CHUNK ? chunk.groups[index] : 0;
}

int ttrpc_shut_receiving_side(int fd) {
    return shutdown(fd, SHUT_RD) == 0 ? 0 : -errno;
}

int ttrpc_has_waiting_connection(int fd) {
    struct pollfd listener = {.fd = fd, .events = POLLIN};
    int ready = poll(&listener, 1, 0);
    return ready < 0 ? -errno : (listener.revents & POLLIN) != 0;
}
