/*
 * What the emulator does for the emulated machine: the system calls of the Xtensa simulator, which QEMU serves with the
 * descriptors and files of its own process.
 */
#ifndef LINNET_SIMULATOR_H
#define LINNET_SIMULATOR_H

#include <stdint.h>

enum simulator_call {
    SIMULATOR_EXIT = 1,
    SIMULATOR_READ = 3,
    SIMULATOR_WRITE = 4,
    SIMULATOR_OPEN = 5,
    SIMULATOR_CLOSE = 6,
    SIMULATOR_SEEK = 19,
    SIMULATOR_SELECT = 29,
    SIMULATOR_ARGUMENT_COUNT = 1000,
    SIMULATOR_ARGUMENT_OCTETS = 1001,
    SIMULATOR_ARGUMENTS = 1002
};

enum { SIMULATOR_SELECT_NOTHING = 0, SIMULATOR_SELECT_READ = 1, SIMULATOR_SELECT_WRITE = 2 };

/* With `-icount shift=0` the cycle counter steps once in so many instructions. */
#define SIMULATOR_INSTRUCTIONS 25

/* The call's result, -1 where it fails; `error`, unless null, is then an errno of newlib's numbers. */
static inline int simulator_call(enum simulator_call call, int a, int b, int c, int *error) {
    register int number __asm__("a2") = call;
    register int first __asm__("a3") = a;
    register int second __asm__("a4") = b;
    register int third __asm__("a5") = c;

    __asm__ volatile("simcall" : "+r"(number), "+r"(first) : "r"(second), "r"(third) : "memory");
    if (error)
        *error = first;
    return number;
}

static inline uint32_t simulator_count(void) {
    uint32_t count;

    __asm__ volatile("rsr.ccount %0" : "=a"(count)::"memory");
    return count;
}

#endif
