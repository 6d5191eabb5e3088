/*
 * Fuzzes the reading of RTCP, alone and within a call.
 */
#include "packets.h"
#include "g711.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct pipeline pipeline;

/* In memory of exactly its size, so that reading beyond it is seen. */
static void read_alone(const uint8_t *data, uint32_t size) {
    static const uint32_t seed[3] = {0x01020304, 5, 6};
    uint32_t counters[STATISTIC_COUNT] = {0};
    uint8_t *octets = malloc(size > 0 ? size : 1);
    struct rtcp rtcp;

    if (!octets)
        abort();
    memcpy(octets, data, size);
    rtcp_start(&rtcp, seed);
    rtcp_receive(&rtcp, octets, size, 0x55667788, counters);
    if (counters[STATISTIC_ROUND_TRIP] > 30000 || counters[STATISTIC_REMOTE_LOST] > 0x7FFFFF)
        abort();
    free(octets);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct script script = {data, size};

    call_begin(&pipeline, RTP_PCMU);
    while (script.count > 0) {
        uint32_t ticks = script_octet(&script), count;
        const uint8_t *octets = script_take(&script, script_octet(&script), &count);

        read_alone(octets, count);
        call_deliver(&pipeline, octets, count, 0);
        call_tick(&pipeline, ticks + 1);
    }
    return 0;
}
