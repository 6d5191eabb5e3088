/*
 * Fuzzes the receiving side with RTP: raw packets, and well-formed ones at all distances in sequence, time and arrival.
 */
#include "packets.h"
#include "g711.h"
#include "g722.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct pipeline pipeline;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct script script = {data, size};
    uint16_t sequence = script_word(&script);
    uint32_t timestamp = (uint32_t)sequence << 16, ssrc = 1;

    uint8_t first = script_octet(&script);
    uint8_t codec = first & 2 ? RTP_G722 : first & 1 ? RTP_PCMA : RTP_PCMU;

    call_begin(&pipeline, codec);
    while (script.count > 0) {
        uint8_t octets[PACKET_OCTETS + 8] = {0};
        uint8_t kind = script_octet(&script);
        uint32_t count, length = script_octet(&script);
        const uint8_t *taken;

        switch (kind >> 5) {
        case 0: /* as it is */
            taken = script_take(&script, length * 3, &count);
            memcpy(octets, taken, count < sizeof octets ? count : sizeof octets);
            call_deliver(&pipeline, octets, count < sizeof octets ? count : sizeof octets, 0);
            break;
        case 1: /* a jump */
            sequence = (uint16_t)(sequence + script_word(&script));
            timestamp += (uint32_t)script_word(&script) << (kind & 15);
            break;
        case 2: /* another source, or the other rate */
            if (kind & 1)
                pipeline_set_rate(&pipeline, kind & 2 ? 8 : 16);
            else
                ssrc = length;
            break;
        case 3: /* back and forth */
            sequence = (uint16_t)(sequence + (int8_t)length);
            timestamp += (uint32_t)((int8_t)length * 160);
            break;
        default: /* well-formed */
            count = length * 2;
            rtp_build(octets,
                      kind & 1   ? RTP_PCMA
                      : kind & 2 ? script_octet(&script) & 127
                                 : codec,
                      kind & 4, sequence++, timestamp, ssrc);
            memset(octets + RTP_HEADER, length, count);
            timestamp += count;
            call_deliver(&pipeline, octets, RTP_HEADER + count, kind & 8 ? script_octet(&script) * 16u : 0);
            break;
        }
        call_tick(&pipeline, kind & 16 ? 1u + length % 8 : 0);
    }
    call_tick(&pipeline, 8);
    return 0;
}
