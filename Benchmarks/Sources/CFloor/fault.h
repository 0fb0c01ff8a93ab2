// SPDX-License-Identifier: Apache-2.0

#ifndef FLOOR_FAULT_H
#define FLOOR_FAULT_H

// Keeps the reason for floor_fault() and gives -1.
int floor_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

// The same with errno's text appended.
int floor_fail_errno(const char *what);

#endif
