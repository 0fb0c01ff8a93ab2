// SPDX-License-Identifier: Apache-2.0
//
// The other side of the raw socket's ping-pong: floor-server PATH
// A connection begins with two uint32: bytes of a request, bytes of a reply. One at a time.

#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int receive(int fd, void *bytes, size_t count) {
    char *to = bytes;
    while (count > 0) {
        ssize_t got = read(fd, to, count);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return -1;
        to += got;
        count -= (size_t)got;
    }
    return 0;
}

static void serve(int fd) {
    uint32_t sizes[2];
    if (receive(fd, sizes, sizeof sizes) != 0) return;
    char *request = malloc(sizes[0]);
    char *reply = calloc(1, sizes[1]);
    while (request && reply && receive(fd, request, sizes[0]) == 0)
        if (send(fd, reply, sizes[1], MSG_NOSIGNAL) != (ssize_t)sizes[1]) break;
    free(request);
    free(reply);
}

int main(int count, char **arguments) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (count != 2 || strlen(arguments[1]) >= sizeof address.sun_path) {
        fprintf(stderr, "usage: floor-server PATH\n");
        return 64;
    }
    // Never outlive the bench.
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    strcpy(address.sun_path, arguments[1]);
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    unlink(address.sun_path);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener, 16) != 0) {
        perror(address.sun_path);
        return 71;
    }
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0) continue;
        serve(fd);
        close(fd);
    }
}
