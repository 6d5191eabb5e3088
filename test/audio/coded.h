/*
 * The codec with a memory by itself, over sound that needs nothing but this file: the same octets and samples wherever
 * it runs, and what they cost.
 */
#ifndef LINNET_TEST_CODED_H
#define LINNET_TEST_CODED_H

#include <stdint.h>

/* Packets of 20 ms that are coded and decoded. */
#define CODED_PACKETS 250

struct coded {
    /* FNV-1a over all octets and samples. */
    uint32_t digest;
    /* Of all packets, in what `counter` counts. */
    uint32_t encoding;
    uint32_t decoding;
};

/* Codes and decodes by G.722; `counter` is read before and after each packet. */
struct coded coded_g722(uint32_t (*counter)(void));

#endif
