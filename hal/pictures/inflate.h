/*
 * The declarations of tinfl, miniz's inflate: in the chip's ROM, and on a PC in the engine's package (inflate_host.c).
 */
#ifndef LINNET_INFLATE_H
#define LINNET_INFLATE_H

#ifdef ESP_PLATFORM
#include "miniz.h"
#else
#define MINIZ_HEADER_FILE_ONLY
#define MINIZ_NO_STDIO
#define MINIZ_NO_TIME
#define MINIZ_NO_ARCHIVE_APIS
#define MINIZ_NO_ZLIB_APIS
#define MINIZ_NO_MALLOC
#include "miniz.c"
#endif

#endif
