/*
 * G.711 (ITU-T, 11/88): mu-law and A-law, both ways, between octets and 16-bit linear samples. Encoding follows the
 * reference of ITU-T G.191: negative samples are mirrored by ones' complement.
 */
#ifndef LINNET_G711_H
#define LINNET_G711_H

#include <stdint.h>

enum g711_law { G711_MU_LAW, G711_A_LAW };

/* The code of silence on the wire. */
#define G711_MU_LAW_SILENCE 0xFF
#define G711_A_LAW_SILENCE 0xD5

/* Linear values of the 256 codes, by law: 14-bit (mu) and 13-bit (A) values, left-justified in 16 bits. */
extern const int16_t g711_linear[2][256];

/* Encodes `count` samples. */
void g711_encode(enum g711_law law, const int16_t *restrict samples, uint8_t *restrict codes, uint32_t count);

/* Decodes `count` codes. */
void g711_decode(enum g711_law law, const uint8_t *restrict codes, int16_t *restrict samples, uint32_t count);

#endif
