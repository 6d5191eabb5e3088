/*
 * The adaptive jitter buffer; see jitter.h. Time is counted in samples: timestamps on the sender's clock, arrivals on
 * the port's, the cursor on the tick's; only differences matter, modulo 2^32.
 */
#include "jitter.h"

#include <string.h>

/* So many of the newest packets in a row, too late beyond the greatest delay, begin a new timeline. */
#define JITTER_LATE_RUN 3

#define INDEX(timestamp) ((timestamp) % JITTER_CODES)

static int32_t difference(uint32_t a, uint32_t b) {
    return (int32_t)(a - b);
}

static uint32_t least(uint32_t a, uint32_t b) {
    return difference(a, b) < 0 ? a : b;
}

void jitter_reset(struct jitter *jitter) {
    memset(jitter, 0, sizeof *jitter);
}

void jitter_restart(struct jitter *jitter) {
    jitter->restart = true;
}

/* The bits of `present` from a timestamp on, as many as lie in one word and are asked for. */
static uint32_t word_mask(uint32_t timestamp, uint32_t count, uint32_t *taken) {
    uint32_t bit = timestamp % 32;
    uint32_t take = count < 32 - bit ? count : 32 - bit;

    *taken = take;
    return (take == 32 ? UINT32_MAX : (1u << take) - 1) << bit;
}

static void set_present(struct jitter *jitter, uint32_t timestamp, uint32_t count) {
    uint32_t taken;

    for (; count > 0; count -= taken, timestamp += taken) {
        uint32_t mask = word_mask(timestamp, count, &taken);

        jitter->present[INDEX(timestamp) / 32] |= mask;
    }
}

/* If all samples of a frame are there, takes their bits out of `present`. A frame lies in three words or four. */
static bool take_whole(struct jitter *jitter, uint32_t timestamp) {
    uint32_t word = INDEX(timestamp) / 32, bit = timestamp % 32;
    uint32_t rest = PIPELINE_FRAME - 64 + bit;
    uint32_t first = UINT32_MAX << bit;
    uint32_t third = rest < 32 ? (1u << rest) - 1 : UINT32_MAX;
    uint32_t fourth = rest > 32 ? (1u << (rest - 32)) - 1 : 0;
    uint32_t *words[4];

    for (uint32_t i = 0; i < 4; i++)
        words[i] = &jitter->present[(word + i) % (JITTER_CODES / 32)];
    if (*words[1] != UINT32_MAX || (*words[0] & first) != first || (*words[2] & third) != third ||
        (*words[3] & fourth) != fourth)
        return false;
    *words[0] &= ~first;
    *words[1] = 0;
    *words[2] &= ~third;
    *words[3] &= ~fourth;
    return true;
}

/* Takes the bits of a frame out of `present`; copies them to `have`. */
static bool take(struct jitter *jitter, uint32_t timestamp, uint32_t have[3]) {
    bool any = false;

    have[0] = have[1] = have[2] = 0;
    for (uint32_t i = 0; i < PIPELINE_FRAME; i++, timestamp++) {
        uint32_t *word = &jitter->present[INDEX(timestamp) / 32];
        uint32_t bit = 1u << timestamp % 32;

        if (*word & bit) {
            have[i / 32] |= 1u << i % 32;
            *word &= ~bit;
            any = true;
        }
    }
    return any;
}

static void store(struct jitter *jitter, uint32_t timestamp, const uint8_t *codes, uint32_t count) {
    uint32_t index = INDEX(timestamp);
    uint32_t run = count < JITTER_CODES - index ? count : JITTER_CODES - index;

    memcpy(jitter->codes + index, codes, run);
    memcpy(jitter->codes, codes + run, count - run);
    if (index < PIPELINE_FRAME || run < count)
        memcpy(jitter->codes + JITTER_CODES, jitter->codes, PIPELINE_FRAME);
    set_present(jitter, timestamp, count);
}

/* Begins a timeline: the packet will be played after the present delay. */
static void begin(struct jitter *jitter, uint32_t timestamp, uint32_t arrival) {
    if (!jitter->started) {
        jitter->started = true;
        jitter->delay = JITTER_DELAY_START;
        for (uint32_t i = 0; i < JITTER_WINDOWS; i++)
            jitter->lateness[i] = JITTER_DELAY_START - PIPELINE_FRAME;
    }
    memset(jitter->present, 0, sizeof jitter->present);
    jitter->cursor = timestamp - jitter->delay;
    jitter->newest = timestamp;
    jitter->transit = jitter->transit_window = arrival - timestamp;
    jitter->measured = false;
    jitter->shorten = false;
    jitter->jumped = false;
    jitter->restart = false;
    jitter->past = 0;
    jitter->late_run = 0;
}

/* Leaves out sound whose turn comes later than the bound allows, as after a hold-up on the way or of this phone. */
static void skip(struct jitter *jitter, uint32_t samples) {
    uint32_t frames = (samples + PIPELINE_FRAME - 1) / PIPELINE_FRAME, have[3];

    jitter->position_window -= frames * PIPELINE_FRAME;
    jitter->shorten = false;
    for (uint32_t i = 0; i < frames; i++, jitter->cursor += PIPELINE_FRAME) {
        if (i <= JITTER_CODES / PIPELINE_FRAME)
            take(jitter, jitter->cursor, have);
    }
}

/* Notes how late a packet is against the earliest ones, and the delay in force, which it keeps within its bound. */
static void measure(struct jitter *jitter, uint32_t timestamp, uint32_t arrival) {
    uint32_t transit = arrival - timestamp;
    uint32_t position = arrival - jitter->cursor;

    if (jitter->measured) {
        jitter->transit_window = least(jitter->transit_window, transit);
        jitter->position_window = least(jitter->position_window, position);
    } else {
        jitter->transit_window = transit;
        jitter->position_window = position;
        jitter->measured = true;
    }
    jitter->transit = least(jitter->transit, transit);

    int32_t late = difference(transit, jitter->transit);
    int32_t delay = difference(position, jitter->transit);

    if (late > JITTER_DELAY_MOST)
        late = JITTER_DELAY_MOST;
    if (late > jitter->lateness[0])
        jitter->lateness[0] = (uint16_t)late;
    if (delay > JITTER_DELAY_MOST) {
        skip(jitter, (uint32_t)(delay - JITTER_DELAY_MOST));
        delay = JITTER_DELAY_MOST;
    }
    jitter->delay = (uint16_t)(delay < 0 ? 0 : delay);
}

/* Puts playing off by so many samples (or as many as the bound allows), in whole frames. */
static uint32_t put_off(struct jitter *jitter, uint32_t samples) {
    uint32_t room = jitter->delay < JITTER_DELAY_MOST ? JITTER_DELAY_MOST - jitter->delay : 0;
    uint32_t frames = (samples + PIPELINE_FRAME - 1) / PIPELINE_FRAME;

    if (frames * PIPELINE_FRAME > room)
        frames = room / PIPELINE_FRAME;
    jitter->cursor -= frames * PIPELINE_FRAME;
    jitter->delay = (uint16_t)(jitter->delay + frames * PIPELINE_FRAME);
    jitter->shorten = false;
    return frames * PIPELINE_FRAME;
}

enum jitter_put jitter_put(struct jitter *jitter, uint32_t timestamp, const uint8_t *codes, uint32_t count,
                           uint32_t arrival, bool marker) {
    if (!jitter->started || jitter->restart)
        begin(jitter, timestamp, arrival);

    int32_t lead = difference(timestamp, jitter->cursor);

    if (lead < -JITTER_DELAY_MOST || lead + (int32_t)count > JITTER_CODES - JITTER_PAST) {
        /* Another timeline, if the sender says so or the next packet follows this one. */
        if (!marker && !(jitter->jumped && timestamp == jitter->jump)) {
            jitter->jumped = true;
            jitter->jump = timestamp + count;
            return JITTER_OUTSIDE;
        }
        begin(jitter, timestamp, arrival);
        lead = difference(timestamp, jitter->cursor);
    }
    jitter->jumped = false;
    measure(jitter, timestamp, arrival);
    lead = difference(timestamp, jitter->cursor);

    bool newer = difference(timestamp, jitter->newest) >= 0;

    if (lead < 0) {
        /* Only the newest packet can still be played in its place; a straggler merely teaches to wait longer. */
        uint32_t wanted = (uint32_t)-lead + PIPELINE_FRAME;

        if (newer) {
            lead += (int32_t)put_off(jitter, wanted);
        } else if (wanted <= JITTER_DELAY_START) {
            put_off(jitter, wanted);
            return JITTER_LATE;
        }
        if (lead < 0) {
            /* The bound is reached. If it stays so, the sender's clock has been set back. */
            if (++jitter->late_run < JITTER_LATE_RUN)
                return JITTER_LATE;
            begin(jitter, timestamp, arrival);
        }
    }
    jitter->late_run = 0;
    store(jitter, timestamp, codes, count);
    if (newer)
        jitter->newest = timestamp + count;
    return JITTER_STORED;
}

/* At the end of a window: forgets what is long past, and asks for a shorter delay where it is longer than needed. */
static void close_window(struct jitter *jitter) {
    jitter->ticks = 0;
    if (!jitter->measured)
        return;

    int32_t delay = difference(jitter->position_window, jitter->transit);
    int32_t needed = 0;

    for (uint32_t i = 0; i < JITTER_WINDOWS; i++)
        needed = jitter->lateness[i] > needed ? jitter->lateness[i] : needed;
    needed += PIPELINE_FRAME;
    if (needed < JITTER_DELAY_LEAST)
        needed = JITTER_DELAY_LEAST;
    if (jitter->windows < JITTER_WINDOWS)
        jitter->windows++;
    else
        jitter->shorten = delay >= needed + PIPELINE_FRAME;

    memmove(jitter->lateness + 1, jitter->lateness, sizeof jitter->lateness - sizeof jitter->lateness[0]);
    jitter->lateness[0] = 0;
    jitter->transit = jitter->transit_window;
    jitter->measured = false;
}

/* Counts a frame of this timeline as played. */
static void pass(struct jitter *jitter) {
    if (jitter->past < JITTER_PAST + PIPELINE_FRAME)
        jitter->past += PIPELINE_FRAME;
}

enum jitter_frame jitter_get(struct jitter *jitter, const uint8_t **codes, uint32_t have[3]) {
    if (!jitter->started)
        return JITTER_WAITING;
    if (++jitter->ticks >= JITTER_WINDOW)
        close_window(jitter);

    uint32_t now = jitter->cursor;

    *codes = jitter->codes + INDEX(now);
    jitter->cursor += PIPELINE_FRAME;
    if (take_whole(jitter, now)) {
        pass(jitter);
        if (jitter->shorten && take_whole(jitter, now + PIPELINE_FRAME)) {
            jitter->cursor += PIPELINE_FRAME;
            jitter->shorten = false;
            return JITTER_SHORTENED;
        }
        return JITTER_WHOLE;
    }
    if (!take(jitter, now, have) && jitter->past == 0)
        return JITTER_WAITING;
    pass(jitter);
    return (have[0] | have[1] | have[2]) ? JITTER_PARTIAL : JITTER_MISSING;
}

const uint8_t *jitter_second(const struct jitter *jitter) {
    return jitter->codes + INDEX(jitter->cursor - PIPELINE_FRAME);
}

uint32_t jitter_past(const struct jitter *jitter, uint8_t *codes, uint32_t count) {
    uint32_t past = jitter->past >= PIPELINE_FRAME ? jitter->past - PIPELINE_FRAME : 0;

    if (count > past)
        count = past;

    uint32_t from = jitter->cursor - PIPELINE_FRAME - count;

    for (uint32_t i = 0; i < count; i++)
        codes[i] = jitter->codes[INDEX(from + i)];
    return count;
}

void jitter_replace(struct jitter *jitter, const uint8_t codes[PIPELINE_FRAME]) {
    uint32_t now = jitter->cursor - PIPELINE_FRAME;

    for (uint32_t i = 0; i < PIPELINE_FRAME; i++) {
        uint32_t index = INDEX(now + i);

        jitter->codes[index] = codes[i];
        if (index < PIPELINE_FRAME)
            jitter->codes[JITTER_CODES + index] = codes[i];
    }
}
