/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "CTTRPC.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int ttrpc_copy(int fd) {
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    return copy < 0 ? -errno : copy;
}

void ttrpc_close(int fd) {
    close(fd);
}

int64_t ttrpc_send(int fd, const uint8_t *bytes, size_t count) {
    ssize_t sent;
    do {
        sent = send(fd, bytes, count, MSG_DONTWAIT | MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    if (sent >= 0) {
        return sent;
    }
    return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -errno;
}

uint8_t ttrpc_errno_text(int number, uint32_t index) {
    const char *text = strerrordesc_np(number);
    return text != NULL && index < strlen(text) ? (uint8_t)text[index] : 0;
}
