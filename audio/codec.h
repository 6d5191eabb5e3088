/*
 * Codecs. One is a struct of facts and functions, in its own file and in one row of codec_table.c; what receives,
 * sends, counts and rates sound knows no other. A code is one octet and one unit of an RTP clock of 8 kHz, and stands
 * for one sample at 8 kHz or two at 16 kHz. What a codec remembers of the codes before is a state that whoever codes
 * keeps, one for each direction: codes are decoded once each and in order.
 */
#ifndef LINNET_CODEC_H
#define LINNET_CODEC_H

#include "g722.h"

#include <stdint.h>

/* Room for the memory of any codec, in one direction. */
union codec_state {
    struct g722 g722;
};

struct codec {
    /* Of RTP (RFC 3551), and of comfort noise (RFC 3389) at the same clock rate. */
    uint8_t payload_type;
    uint8_t noise_type;
    /* Rate of the RTP clock in kHz, and octets of payload in a frame of 10 ms. */
    uint8_t clock;
    uint8_t frame_octets;
    /* Samples of a code: 1 is sound at 8 kHz, CODEC_SAMPLES_MOST at 16 kHz. */
    uint8_t samples;
    /* What the E-model (ITU-T G.113 appendix I) says of it: the impairment Ie in 1/100, and the robustness Bpl against
     * random loss with its concealment, in 1/10 of a percent. */
    uint16_t impairment;
    uint16_t robustness;
    /* Makes a state as if silence had gone before. Needed before the first code where one begins anew. */
    void (*reset)(union codec_state *state);
    /* Makes `count` codes of `count` times `samples` samples, and back. A codec whose codes stand by themselves leaves
     * the state alone, which may be null then. */
    void (*encode)(union codec_state *state, const int16_t *restrict samples, uint8_t *restrict codes, uint32_t count);
    void (*decode)(union codec_state *state, const uint8_t *restrict codes, int16_t *restrict samples, uint32_t count);
};

#define CODEC_SAMPLES_MOST 2

/* Longest packet in ms. */
#define CODEC_PACKET_TIME 60

/* By its payload type; null for one that is no codec's. */
const struct codec *codec_of(uint32_t payload_type);
/* The same for packets of so many ms; null for others than tens from 10 to CODEC_PACKET_TIME, too. */
const struct codec *codec_in_packets(uint32_t payload_type, uint32_t packet_time);

#endif
