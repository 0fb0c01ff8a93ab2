/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <lifetimebound.h>
#include <ptrcheck.h>
#include <stddef.h>
#include <stdint.h>

/* A copy of a descriptor, closed on exec; or a negative errno. */
int ttrpc_copy(int fd);

/* Closes a descriptor. */
void ttrpc_close(int fd);

/*
 * Sends what the socket has room for, never waits and raises no signal.
 *
 * The result is how many bytes were taken, 0 if there was no room, or a negative errno.
 */
int64_t ttrpc_send(int fd, const uint8_t *__counted_by(count) bytes __noescape, size_t count);

/* A byte of the system's sentence for an errno; 0 at its end and for numbers it does not know. */
uint8_t ttrpc_errno_text(int number, uint32_t index);
