// SPDX-License-Identifier: Apache-2.0

#ifndef FLOOR_FRAME_H
#define FLOOR_FRAME_H

#include <stddef.h>
#include <stdint.h>

enum { FRAME_HEADER = 10, FRAME_REQUEST = 1, FRAME_RESPONSE = 2, FRAME_LIMIT = 4 << 20 };

static inline void floor_put_u32(uint8_t *to, uint32_t value) {
    to[0] = (uint8_t)(value >> 24);
    to[1] = (uint8_t)(value >> 16);
    to[2] = (uint8_t)(value >> 8);
    to[3] = (uint8_t)value;
}

static inline uint32_t floor_get_u32(const uint8_t *from) {
    return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

// The status code of a response's envelope, and where its message is.
int floor_status(const uint8_t *envelope, size_t count, const uint8_t **message, size_t *length);

#endif
