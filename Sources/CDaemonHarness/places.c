/* SPDX-License-Identifier: Apache-2.0 */

#define _GNU_SOURCE
#include "CDaemonHarness.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int32_t harness_socket_listens(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path)
        return 0;
    strcpy(address.sun_path, path);
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return 0;
    int connected = connect(descriptor, (struct sockaddr *)&address, sizeof address) == 0;
    close(descriptor);
    return connected;
}

int32_t harness_directory_make(const char *prefix, char *path, int32_t capacity)
{
    const char *parent = getenv("TMPDIR");
    if (parent == NULL || parent[0] == '\0')
        parent = "/tmp";
    int length = snprintf(path, (size_t)capacity, "%s/%sXXXXXX", parent, prefix);
    if (length < 0 || length >= capacity)
        return -ENAMETOOLONG;
    return mkdtemp(path) == NULL ? -errno : 0;
}

int32_t harness_directory_remove(const char *path)
{
    DIR *directory = opendir(path);
    if (directory == NULL)
        return -errno;
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlinkat(dirfd(directory), entry->d_name, 0);
    }
    closedir(directory);
    return rmdir(path) == 0 ? 0 : -errno;
}
