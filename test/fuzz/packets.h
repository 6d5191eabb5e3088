/*
 * What the fuzzers have in common: a fuzzer's octets as a script of packets and ticks, played into a pipeline in a
 * call, with what must hold whatever comes.
 */
#ifndef LINNET_FUZZ_PACKETS_H
#define LINNET_FUZZ_PACKETS_H

#include "pipeline.h"

#include <stddef.h>

/* Octets that are read one after the other; behind the end all are 0. */
struct script {
    const uint8_t *octets;
    size_t count;
};

uint8_t script_octet(struct script *script);
uint16_t script_word(struct script *script);
/* At most `most` octets of what is left; how many in `count`. */
const uint8_t *script_take(struct script *script, uint32_t most, uint32_t *count);

/* A call with both directions of stream 0 open and reports on. */
void call_begin(struct pipeline *pipeline, uint32_t payload_type);
/* Hands a packet over as received now or somewhat earlier. */
void call_deliver(struct pipeline *pipeline, const uint8_t *octets, uint32_t length, uint32_t early);
/* Ticks; takes the packets sent, which must be whole, and checks that every packet received has been counted. */
void call_tick(struct pipeline *pipeline, uint32_t ticks);

#endif
