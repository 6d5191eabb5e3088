/*
 * Between rates; see bridge.h.
 */
#include "bridge.h"

#include <stddef.h>
#include <string.h>

/* Samples by which the filter is late, in samples of what goes in. */
#define DOUBLE_LATE HALFBAND_TAPS
#define HALVE_LATE HALFBAND_DELAY

/* Sample `at` of a frame of `from` samples for each code as one at `to` for each, without any filter and delay. */
static int32_t plain(const int16_t *frame, uint32_t at, uint32_t from, uint32_t to) {
    if (from == to)
        return frame[at];
    if (from > to)
        return frame[2 * at];

    const int16_t *sample = frame + at / 2;

    /* In a straight line to the next, which the last one lacks. */
    return at % 2 == 0 || at / 2 == PIPELINE_FRAME - 1 ? sample[0] : (sample[0] + sample[1]) / 2;
}

/* Sample `at` of a frame of `now` samples for each code, as late as the filter was: it had `before` for each. */
static int32_t late(const struct halfband *filter, const int16_t *frame, uint32_t at, uint32_t before, uint32_t now) {
    const int16_t *end = before == 1 ? filter->up.past + sizeof filter->up.past / sizeof *filter->up.past
                                     : filter->down.past + sizeof filter->down.past / sizeof *filter->down.past;
    uint32_t delay = (before == 1 ? DOUBLE_LATE : HALVE_LATE) * now / before;

    return at < delay ? end[-(int32_t)(((delay - at) * before + now - 1) / now)] : frame[at - delay];
}

/* Sample `at` of a frame fading from one way to another. */
static int16_t faded(int32_t old, int32_t new, uint32_t at, uint32_t count) {
    return (int16_t)(old + (new - old) * (int32_t)(at + 1) / (int32_t)count);
}

/* The straight way, after a filter or not; there is a frame unless it was straight before. */
static const int16_t *straight(const struct bridge *bridge, enum bridge_way before, const int16_t *frame,
                               uint32_t samples, int16_t *place) {
    uint32_t count = PIPELINE_FRAME * samples, rate = before == BRIDGE_DOUBLE ? 1 : 2;

    if (before == BRIDGE_STRAIGHT)
        return frame;
    for (uint32_t i = 0; i < count; i++)
        place[i] = faded(late(&bridge->filter, frame, i, rate, samples), frame[i], i, count);
    return place;
}

const int16_t *bridge_frame(struct bridge *bridge, const int16_t *frame, uint32_t from, uint32_t to,
                            int16_t place[PIPELINE_FRAME_MOST]) {
    static const int16_t silence[PIPELINE_FRAME_MOST];
    enum bridge_way way = from == to ? BRIDGE_STRAIGHT : from < to ? BRIDGE_DOUBLE : BRIDGE_HALVE;
    bool sounded = bridge->sounds;
    /* Out of a filter's silence nothing goes on. */
    enum bridge_way before = bridge->way == BRIDGE_STRAIGHT || sounded ? bridge->way : way;
    uint32_t count = PIPELINE_FRAME * to;

    bridge->way = (uint8_t)way;
    bridge->sounds = way != BRIDGE_STRAIGHT && frame;
    if (!frame && (!sounded || before == BRIDGE_STRAIGHT))
        return NULL;
    if (!frame)
        frame = silence;
    if (way == BRIDGE_STRAIGHT)
        return straight(bridge, before, frame, to, place);
    if (!sounded || before != way)
        memset(&bridge->filter, 0, sizeof bridge->filter);
    if (way == BRIDGE_DOUBLE)
        halfband_double(&bridge->filter.up, frame, place);
    else
        halfband_halve(&bridge->filter.down, frame, place);
    if (before == BRIDGE_STRAIGHT) {
        for (uint32_t i = 0; i < count; i++)
            place[i] = faded(plain(frame, i, from, to), place[i], i, count);
    }
    return place;
}
