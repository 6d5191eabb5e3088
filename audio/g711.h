/*
 * G.711 (ITU-T, 11/88): mu-law and A-law, both ways, between octets and 16-bit linear samples. Encoding follows the
 * reference of ITU-T G.191: negative samples are mirrored by ones' complement.
 */
#ifndef LINNET_G711_H
#define LINNET_G711_H

#include "codec.h"

#include <stdint.h>

/* Payload types (RFC 3551). */
#define RTP_PCMU 0
#define RTP_PCMA 8

extern const struct codec g711_mu_law;
extern const struct codec g711_a_law;

/* The code of silence on the wire. */
#define G711_MU_LAW_SILENCE 0xFF
#define G711_A_LAW_SILENCE 0xD5

/* Linear values of the 256 codes: 14-bit (mu) and 13-bit (A) values, left-justified in 16 bits. */
extern const int16_t g711_mu_law_linear[256];
extern const int16_t g711_a_law_linear[256];

#endif
