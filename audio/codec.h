/*
 * Codecs. One is a struct of facts and functions, in its own file and in one row of codec_table.c; what receives,
 * sends, counts and rates sound knows no other. The pipeline's sound has 8 kHz. Jitter buffer, concealment and
 * stretching take sound up anywhere: a code is one octet for one sample and one unit of the RTP clock, and is decoded
 * without those before it.
 */
#ifndef LINNET_CODEC_H
#define LINNET_CODEC_H

#include <stdint.h>

struct codec {
    /* Of RTP (RFC 3551), and of comfort noise (RFC 3389) at the same clock rate. */
    uint8_t payload_type;
    uint8_t noise_type;
    /* Rate of the RTP clock in kHz, and octets of payload in a frame of 10 ms. */
    uint8_t clock;
    uint8_t frame_octets;
    /* What the E-model (ITU-T G.113 appendix I) says of it: the impairment Ie in 1/100, and the robustness Bpl against
     * random loss with its concealment, in 1/10 of a percent. */
    uint16_t impairment;
    uint16_t robustness;
    /* Codes `count` samples, and back. */
    void (*encode)(const int16_t *restrict samples, uint8_t *restrict codes, uint32_t count);
    void (*decode)(const uint8_t *restrict codes, int16_t *restrict samples, uint32_t count);
};

/* Longest packet in ms. */
#define CODEC_PACKET_TIME 60

/* By its payload type; null for one that is no codec's. */
const struct codec *codec_of(uint32_t payload_type);
/* The same for packets of so many ms; null for others than tens from 10 to CODEC_PACKET_TIME, too. */
const struct codec *codec_in_packets(uint32_t payload_type, uint32_t packet_time);

#endif
