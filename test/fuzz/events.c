/*
 * Fuzzes RFC 4733 events both ways: what comes under their payload type, and what is asked to be sent, which comes
 * back.
 */
#include "packets.h"
#include "g711.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define EVENTS 101

static struct pipeline pipeline;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct script script = {data, size};
    uint16_t sequence = script_word(&script);
    uint32_t timestamp = script_word(&script);

    call_begin(&pipeline, RTP_PCMU);
    pipeline_receive_events(&pipeline, 0, EVENTS);
    pipeline_set_transmit(&pipeline, 0, script_octet(&script) & 1, EVENTS);
    while (script.count > 0) {
        uint8_t octets[PACKET_OCTETS] = {0};
        uint8_t kind = script_octet(&script), value = script_octet(&script);
        uint32_t count;
        const uint8_t *taken;

        switch (kind & 3) {
        case 0: /* an event of any content and length */
            taken = script_take(&script, kind >> 2, &count);
            rtp_build(octets, EVENTS, kind & 4, sequence++, timestamp, 7);
            memcpy(octets + RTP_HEADER, taken, count);
            call_deliver(&pipeline, octets, RTP_HEADER + count, 0);
            break;
        case 1: /* sound or comfort noise between them */
            count = kind & 4 ? 160 : value % 12;
            rtp_build(octets, kind & 4 ? RTP_PCMU : RTP_NOISE, kind & 8, sequence++, timestamp, 7);
            memset(octets + RTP_HEADER, value, count);
            call_deliver(&pipeline, octets, RTP_HEADER + count, 0);
            timestamp += 160;
            break;
        case 2:
            timestamp += (uint32_t)((int8_t)value * 80);
            sequence = (uint16_t)(sequence + (kind >> 4));
            break;
        default:
            pipeline_send_event(&pipeline, 0, value, (uint32_t)script_word(&script) << (kind >> 2 & 15));
            break;
        }
        call_tick(&pipeline, kind & 16 ? 1u + value % 16 : 0);
    }
    call_tick(&pipeline, 40);
    return 0;
}
