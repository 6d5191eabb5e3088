/* What the XS engine needs to know of this host: Linux, POSIX threads, one machine, modules from files. */
#ifndef LINNET_XS_PLATFORM_H
#define LINNET_XS_PLATFORM_H

#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <math.h>
#include <pthread.h>
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

#undef mxLittleEndian
#define mxLittleEndian 1
#undef mxLinux
#define mxLinux 1
#define mxExport extern
#define mxImport extern
#define XS_FUNCTION_NORETURN __attribute__((noreturn))
#define mxUseGCCAtomics 1
#define mxUsePOSIXThreads 1
#define mxUseDefaultBuildKeys 1
#define mxUseDefaultChunkAllocation 1
#define mxUseDefaultSlotAllocation 1
#define mxUseDefaultParseScript 1
#define mxUseDefaultSharedChunks 1

typedef int txSocket;
#define mxNoSocket -1

#define mxMachinePlatform                                                                                              \
    int promiseJobs;                                                                                                   \
    void *waiterCondition;                                                                                             \
    void *waiterData;                                                                                                  \
    void *waiterLink;

#endif
