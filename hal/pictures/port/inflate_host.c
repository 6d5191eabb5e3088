/*
 * miniz's inflate on a PC, from the engine's package, where it stands in one file with all else of miniz; the chip has
 * it in its ROM.
 */
#define MINIZ_NO_STDIO
#define MINIZ_NO_TIME
#define MINIZ_NO_ARCHIVE_APIS
#define MINIZ_NO_ZLIB_APIS
#define MINIZ_NO_MALLOC
#include "miniz.c"
