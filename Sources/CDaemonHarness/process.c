/* SPDX-License-Identifier: Apache-2.0 */

#define _GNU_SOURCE
#include "CDaemonHarness.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { arguments_max = 32 };

extern char **environ;

struct harness_command {
    char *arguments[arguments_max + 1];
    int count;
    bool full;
};

harness_command *harness_command_make(const char *program)
{
    harness_command *command = calloc(1, sizeof *command);
    if (command != NULL)
        harness_command_argument(command, program);
    return command;
}

void harness_command_argument(harness_command *command, const char *argument)
{
    char *copy = command->count < arguments_max ? strdup(argument) : NULL;
    if (copy == NULL)
        command->full = true;
    else
        command->arguments[command->count++] = copy;
}

static void command_free(harness_command *command)
{
    for (int i = 0; i < command->count; i++)
        free(command->arguments[i]);
    free(command);
}

/* The child keeps this process's group, so that an interrupt at the terminal reaches it too, and
 * starts with no signal blocked: a runtime's threads may have blocked some. */
static int64_t start(harness_command *command, posix_spawn_file_actions_t *actions)
{
    posix_spawnattr_t attributes;
    sigset_t none;
    pid_t process = 0;
    sigemptyset(&none);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    int failure = command->full ? ENOMEM
                                : posix_spawnp(&process, command->arguments[0], actions,
                                               &attributes, command->arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(actions);
    command_free(command);
    return failure != 0 ? -failure : process;
}

int64_t harness_command_start_logged(harness_command *command, const char *log)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND,
                                     0600);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    return start(command, &actions);
}

int64_t harness_command_start_piped(harness_command *command, int32_t *output)
{
    int ends[2];
    posix_spawn_file_actions_t actions;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        command_free(command);
        return -errno;
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    int64_t process = start(command, &actions);
    close(ends[1]);
    if (process < 0)
        close(ends[0]);
    *output = ends[0];
    return process;
}

int32_t harness_process_ended(int64_t process, int32_t *code)
{
    int status = 0;
    pid_t ended;
    do
        ended = waitpid((pid_t)process, &status, WNOHANG);
    while (ended < 0 && errno == EINTR);
    if (ended < 0)
        return -errno;
    if (ended == 0)
        return 0;
    *code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return 1;
}
