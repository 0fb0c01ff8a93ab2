/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdint.h>

/* A process to be started. Its standard input is /dev/null, its standard error is inherited. */
typedef struct harness_command harness_command;

/* A command without arguments; NULL when there is no memory. The program is looked for in PATH. */
harness_command *harness_command_make(const char *program);

/* Adds one argument. What does not fit makes the start fail with ENOMEM. */
void harness_command_argument(harness_command *command, const char *argument);

/* Starts the process with standard output and standard error appended to the file `log`, and
 * frees the command. Returns the process id, or a negated errno. */
int64_t harness_command_start_logged(harness_command *command, const char *log);

/* Starts the process with standard output readable from *output, and frees the command. Returns
 * the process id, or a negated errno. */
int64_t harness_command_start_piped(harness_command *command, int32_t *output);

/* 1 when the process has ended, and then *code is its exit code, or 128 + the signal that ended
 * it; 0 while it runs; a negated errno else. Reaps: ask no more after a 1. */
int32_t harness_process_ended(int64_t process, int32_t *code);

/* 1 when somebody listens on the Unix socket at `path`. */
int32_t harness_socket_listens(const char *path);

/* Makes a new directory that only this user may enter, /tmp/<prefix>XXXXXX or in $TMPDIR, and
 * copies its path. Returns 0, or a negated errno. */
int32_t harness_directory_make(const char *prefix, char *path, int32_t capacity);

/* Removes a directory of plain files and the files in it. Returns 0, or a negated errno. */
int32_t harness_directory_remove(const char *path);
