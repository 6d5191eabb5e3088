/* What the XS engine's headers want to know of a platform: a 32-bit little-endian chip without threads. */
#ifndef DECLARED_XS_PLATFORM_H
#define DECLARED_XS_PLATFORM_H

#include <ctype.h>
#include <float.h>
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

#undef mxLittleEndian
#define mxLittleEndian 1
#define mxExport extern
#define mxImport extern
#define XS_FUNCTION_NORETURN __attribute__((noreturn))
#define mxUnalignedAccess 0
#define mxMachinePlatform void *waiter;

#endif
