/*
 * The codecs there are. modules/sccp/codecs.ts has what the call agent is told of them.
 */
#include "codec.h"
#include "g711.h"
#include "g722.h"

#include <stddef.h>

static const struct codec *const codecs[] = {&g711_mu_law, &g711_a_law, &g722_codec};

const struct codec *codec_of(uint32_t payload_type) {
    for (uint32_t i = 0; i < sizeof codecs / sizeof *codecs; i++) {
        if (codecs[i]->payload_type == payload_type)
            return codecs[i];
    }
    return NULL;
}

const struct codec *codec_in_packets(uint32_t payload_type, uint32_t packet_time) {
    return packet_time >= 10 && packet_time <= CODEC_PACKET_TIME && packet_time % 10 == 0 ? codec_of(payload_type)
                                                                                          : NULL;
}
