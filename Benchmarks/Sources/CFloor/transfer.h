// SPDX-License-Identifier: Apache-2.0

#ifndef FLOOR_TRANSFER_H
#define FLOOR_TRANSFER_H

#include <stddef.h>

// Writes all bytes to a blocking socket.
int floor_send(int fd, const void *bytes, size_t count);

// Reads exactly that many bytes from a blocking socket.
int floor_receive(int fd, void *bytes, size_t count);

#endif
