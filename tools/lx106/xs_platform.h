/* What the XS engine needs to know of the emulated Xtensa: no system, no threads, unaligned access traps. */
#ifndef LINNET_XS_PLATFORM_H
#define LINNET_XS_PLATFORM_H

#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* For the module map's own paths. */
#ifndef PATH_MAX
#define PATH_MAX 256
#endif

#undef mxLittleEndian
#define mxLittleEndian 1
#define mxExport extern
#define mxImport extern
#define XS_FUNCTION_NORETURN __attribute__((noreturn))
#define mxUnalignedAccess 0
#define mxMisalignedSettersCrash 1
/* The engine reads its 64-bit fields with this name, too. */
#define c_read32(FROM)                                                                                                 \
    ({                                                                                                                 \
        __typeof__(value) read_value;                                                                                  \
        memcpy(&read_value, (FROM), sizeof(read_value));                                                               \
        read_value;                                                                                                    \
    })
/* The limit of the stack is where the linker script put it. */
#define mxUseDefaultCStackLimit 0
#define mxUseDefaultBuildKeys 1
#define mxUseDefaultChunkAllocation 1
#define mxUseDefaultSlotAllocation 1
#define mxUseDefaultParseScript 1
#define mxUseDefaultSharedChunks 1
#define mxUseDefaultDebug 1

#define mxMachinePlatform                                                                                              \
    int promiseJobs;                                                                                                   \
    void *waiterCondition;                                                                                             \
    void *waiterData;                                                                                                  \
    void *waiterLink;

#endif
