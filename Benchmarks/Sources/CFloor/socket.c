// SPDX-License-Identifier: Apache-2.0

#include "CFloor.h"
#include "fault.h"
#include "transfer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int floor_connect(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) return floor_fail("%s: too long a path", path);
    strcpy(address.sun_path, path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return floor_fail_errno("socket");
    if (connect(fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        floor_fail_errno(path);
        close(fd);
        return -1;
    }
    return fd;
}

int floor_send(int fd, const void *bytes, size_t count) {
    const char *from = bytes;
    while (count > 0) {
        ssize_t sent = send(fd, from, count, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return floor_fail_errno("send");
        from += sent;
        count -= (size_t)sent;
    }
    return 0;
}

int floor_receive(int fd, void *bytes, size_t count) {
    char *to = bytes;
    while (count > 0) {
        ssize_t got = read(fd, to, count);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return floor_fail_errno("read");
        if (got == 0) return floor_fail("the peer closed the connection");
        to += got;
        count -= (size_t)got;
    }
    return 0;
}

int floor_ping_begin(int fd, uint32_t request_bytes, uint32_t reply_bytes) {
    uint32_t sizes[2] = {request_bytes, reply_bytes};
    return floor_send(fd, sizes, sizeof sizes);
}

int floor_ping(int fd, uint32_t request_bytes, uint32_t reply_bytes, size_t count, uint64_t *ns) {
    char *request = calloc(1, request_bytes);
    char *reply = malloc(reply_bytes);
    int result = request && reply ? 0 : floor_fail("out of memory");
    for (size_t i = 0; i < count && result == 0; i++) {
        uint64_t start = floor_now();
        result = floor_send(fd, request, request_bytes);
        if (result == 0) result = floor_receive(fd, reply, reply_bytes);
        ns[i] = floor_now() - start;
    }
    free(request);
    free(reply);
    return result;
}
