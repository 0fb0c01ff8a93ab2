// SPDX-License-Identifier: Apache-2.0

#include "CFloor.h"
#include "fault.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static int bind_notify(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) return floor_fail("%s: too long a path", path);
    strcpy(address.sun_path, path);
    unlink(path);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return floor_fail_errno("socket");
    if (bind(fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        floor_fail_errno(path);
        close(fd);
        return -1;
    }
    return fd;
}

// Whether a line of the datagram is READY=1.
static int says_ready(const char *text) {
    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        if (*line == '\n') line++;
        if (strncmp(line, "READY=1", 7) == 0 && (line[7] == '\0' || line[7] == '\n')) return 1;
    }
    return 0;
}

// Waits for READY=1; a daemon that ended is collected, and its pid becomes 0.
static int wait_ready(int fd, pid_t *pid, int timeout_ms, uint64_t start, uint64_t *ready_ns) {
    char text[4096];
    for (;;) {
        int left = timeout_ms - (int)((floor_now() - start) / 1000000);
        struct pollfd socket = {.fd = fd, .events = POLLIN};
        // Short turns, so that a daemon that died is noticed.
        int ready = left > 0 ? poll(&socket, 1, left < 100 ? left : 100) : 0;
        if (ready > 0) {
            ssize_t got = recv(fd, text, sizeof text - 1, MSG_DONTWAIT);
            uint64_t now = floor_now();
            if (got < 0) continue;
            text[got] = '\0';
            if (!says_ready(text)) continue;
            *ready_ns = now - start;
            return 0;
        }
        int status;
        if (waitpid(*pid, &status, WNOHANG) == *pid) {
            *pid = 0;
            return floor_fail("the daemon ended before READY (status 0x%x)", (unsigned)status);
        }
        if (left <= 0) return floor_fail("no READY in %d ms", timeout_ms);
    }
}

int floor_daemon_start(char *const argv[], const char *notify_path, const char *log_path,
                       int timeout_ms, floor_daemon *daemon) {
    int fd = bind_notify(notify_path);
    if (fd < 0) return -1;
    setenv("NOTIFY_SOCKET", notify_path, 1);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    int log_flags = O_WRONLY | O_CREAT | O_APPEND;
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log_path, log_flags, 0600);
    posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    uint64_t start = floor_now();
    int error = posix_spawnp(&daemon->pid, argv[0], &files, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&files);
    int result = error == 0 ? 0 : floor_fail("%s: %s", argv[0], strerror(error));
    if (result == 0)
        result = wait_ready(fd, &daemon->pid, timeout_ms, start, &daemon->ready_ns);
    if (result != 0 && error == 0 && daemon->pid > 0) {
        kill(daemon->pid, SIGKILL);
        waitpid(daemon->pid, NULL, 0);
    }
    unsetenv("NOTIFY_SOCKET");
    close(fd);
    unlink(notify_path);
    return result;
}

int floor_child_start(char *const argv[], pid_t *pid) {
    int error = posix_spawnp(pid, argv[0], NULL, NULL, argv, environ);
    return error == 0 ? 0 : floor_fail("%s: %s", argv[0], strerror(error));
}

int floor_child_stop(pid_t pid, int *status) {
    kill(pid, SIGTERM);
    for (int i = 0; i < 1000; i++) {
        pid_t ended = waitpid(pid, status, WNOHANG);
        if (ended == pid) return 0;
        if (ended < 0 && errno != EINTR) return floor_fail_errno("waitpid");
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    }
    kill(pid, SIGKILL);
    waitpid(pid, status, 0);
    return floor_fail("a child did not end in 10 s after SIGTERM");
}
