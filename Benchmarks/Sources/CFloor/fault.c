// SPDX-License-Identifier: Apache-2.0

#include "fault.h"
#include "CFloor.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static _Thread_local char reason[512];

const char *floor_fault(void) { return reason; }

int floor_fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    return -1;
}

int floor_fail_errno(const char *what) { return floor_fail("%s: %s", what, strerror(errno)); }

uint64_t floor_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}
