/*
 * The check of PNG's chunks (ISO/IEC 15948, 5.5): CRC-32, its register as it runs.
 */
#ifndef LINNET_PNG_CRC_H
#define LINNET_PNG_CRC_H

#include <stddef.h>
#include <stdint.h>

#define PNG_CRC_START 0xffffffffu

/* The register after some octets; what stands in the file is its complement. */
uint32_t png_crc(uint32_t crc, const uint8_t *octets, size_t size);

#endif
