/*
 * Numbers in packets: most significant octet first.
 */
#ifndef LINNET_OCTETS_H
#define LINNET_OCTETS_H

#include <stdint.h>

static inline uint16_t get16(const uint8_t *octets) {
    return (uint16_t)(octets[0] << 8 | octets[1]);
}

static inline uint32_t get32(const uint8_t *octets) {
    return (uint32_t)octets[0] << 24 | (uint32_t)octets[1] << 16 | (uint32_t)octets[2] << 8 | octets[3];
}

static inline void put16(uint8_t *octets, uint32_t value) {
    octets[0] = (uint8_t)(value >> 8);
    octets[1] = (uint8_t)value;
}

static inline void put32(uint8_t *octets, uint32_t value) {
    put16(octets, value >> 16);
    put16(octets + 2, value);
}

#endif
