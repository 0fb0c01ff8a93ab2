/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "CTTRPC.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

struct ttrpc_path ttrpc_path_empty(void) {
    struct ttrpc_path path;
    memset(&path, 0, sizeof path);
    return path;
}

struct ttrpc_path ttrpc_path_appending(struct ttrpc_path path, uint8_t byte) {
    if (path.length < TTRPC_PATH_BYTES_MAX) {
        path.bytes[path.length++] = (char)byte;
        path.bytes[path.length] = 0;
    }
    return path;
}

static struct sockaddr_un address_of(const struct ttrpc_path *path) {
    struct sockaddr_un address;
    memset(&address, 0, sizeof address);
    address.sun_family = AF_UNIX;
    memcpy(address.sun_path, path->bytes, sizeof path->bytes);
    return address;
}

static int new_socket(void) {
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

/* 0 if the path is free or was freed, else a negative errno. */
static int clear_stale(const struct ttrpc_path *path) {
    struct stat found;
    if (lstat(path->bytes, &found) != 0) {
        return errno == ENOENT ? 0 : -errno;
    }
    if (!S_ISSOCK(found.st_mode)) {
        return -EEXIST;
    }
    int fd = new_socket();
    if (fd < 0) {
        return -errno;
    }
    struct sockaddr_un address = address_of(path);
    int connected = connect(fd, (struct sockaddr *)&address, sizeof address);
    int error = errno;
    close(fd);
    /* Only a refusal says that no process listens; EAGAIN is a listener with a full backlog. */
    if (connected == 0 || error != ECONNREFUSED) {
        return connected == 0 || error == EAGAIN ? -EADDRINUSE : -error;
    }
    return unlink(path->bytes) == 0 || errno == ENOENT ? 0 : -errno;
}

static struct ttrpc_listener failed(int fd, int error) {
    if (fd >= 0) {
        close(fd);
    }
    struct ttrpc_listener listener = {.fd = error};
    return listener;
}

struct ttrpc_listener ttrpc_listen(struct ttrpc_path path, uint32_t mode, int backlog) {
    int error = clear_stale(&path);
    if (error != 0) {
        return failed(-1, error);
    }
    int fd = new_socket();
    if (fd < 0) {
        return failed(-1, -errno);
    }
    struct sockaddr_un address = address_of(&path);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        return failed(fd, -errno);
    }
    /* Until listen() every connect() is refused, so the mode holds from the first one on. */
    struct stat made;
    if (chmod(path.bytes, mode) != 0 || lstat(path.bytes, &made) != 0 ||
        listen(fd, backlog) != 0) {
        error = -errno;
        unlink(path.bytes);
        return failed(fd, error);
    }
    struct ttrpc_listener listener = {
        .fd = fd, .device = made.st_dev, .inode = made.st_ino};
    return listener;
}

int ttrpc_adopt_listener(int fd, int backlog) {
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    if (copy < 0) {
        return -errno;
    }
    if (listen(copy, backlog) != 0) {
        int error = -errno;
        close(copy);
        return error;
    }
    return copy;
}

int ttrpc_set_backlog(int fd, int backlog) {
    return listen(fd, backlog) == 0 ? 0 : -errno;
}

int ttrpc_remove_listener(struct ttrpc_path path, struct ttrpc_listener listener) {
    struct stat found;
    if (lstat(path.bytes, &found) != 0) {
        return -errno;
    }
    if (found.st_dev != listener.device || found.st_ino != listener.inode) {
        return -ESTALE;
    }
    return unlink(path.bytes) == 0 ? 0 : -errno;
}
