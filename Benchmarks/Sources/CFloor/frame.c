// SPDX-License-Identifier: Apache-2.0
//
// A ttrpc request: ten bytes of header, then an envelope of service = 1, method = 2, payload = 3.

#include "CFloor.h"
#include "frame.h"

#include <string.h>

static size_t varint_size(uint64_t value) {
    size_t size = 1;
    for (; value >= 0x80; value >>= 7) size++;
    return size;
}

static uint8_t *put_field(uint8_t *to, uint8_t tag, const void *bytes, size_t count) {
    *to++ = tag;
    uint64_t length = count;
    for (; length >= 0x80; length >>= 7) *to++ = (uint8_t)(length | 0x80);
    *to++ = (uint8_t)length;
    memcpy(to, bytes, count);
    return to + count;
}

static size_t field_size(size_t count) { return 1 + varint_size(count) + count; }

size_t floor_frame_size(const char *service, const char *method, size_t payload_bytes) {
    size_t payload = payload_bytes > 0 ? field_size(payload_bytes) : 0;
    return FRAME_HEADER + field_size(strlen(service)) + field_size(strlen(method)) + payload;
}

size_t floor_frame(uint8_t *out, const char *service, const char *method, const uint8_t *payload,
                   size_t payload_bytes) {
    uint8_t *end = out + FRAME_HEADER;
    end = put_field(end, 0x0a, service, strlen(service));
    end = put_field(end, 0x12, method, strlen(method));
    if (payload_bytes > 0) end = put_field(end, 0x1a, payload, payload_bytes);
    size_t size = (size_t)(end - out);
    floor_put_u32(out, (uint32_t)(size - FRAME_HEADER));
    floor_put_u32(out + 4, 0);
    out[8] = FRAME_REQUEST;
    out[9] = 0;
    return size;
}

// The varint at *from; *from moves behind it, or becomes end where it is cut off.
static uint64_t take_varint(const uint8_t **from, const uint8_t *end) {
    uint64_t value = 0;
    for (unsigned shift = 0; *from < end && shift < 64; shift += 7) {
        uint8_t byte = *(*from)++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) break;
    }
    return value;
}

// The status leads an envelope when there is one; absent or code 0 is OK.
int floor_status(const uint8_t *envelope, size_t count, const uint8_t **message, size_t *length) {
    *length = 0;
    if (count < 2 || envelope[0] != 0x0a) return 0;
    const uint8_t *from = envelope + 1, *end = envelope + count;
    uint64_t size = take_varint(&from, end);
    if (size < (uint64_t)(end - from)) end = from + size;
    int code = 0;
    while (from < end) {
        uint8_t tag = *from++;
        uint64_t value = take_varint(&from, end);
        if (tag == 0x08) {
            code = (int)value;
            continue;
        }
        if (value > (uint64_t)(end - from)) value = (uint64_t)(end - from);
        if (tag == 0x12) {
            *message = from;
            *length = (size_t)value;
        }
        from += value;
    }
    return code;
}
