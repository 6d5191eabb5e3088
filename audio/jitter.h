/*
 * Jitter buffer of one stream: codes of received packets in order of their timestamps, played a frame at a time, late
 * enough that most packets are there in time. The delay grows at once when a packet comes too late, and shrinks frame
 * by frame after seconds of calm.
 */
#ifndef LINNET_JITTER_H
#define LINNET_JITTER_H

#include "frame.h"

#include <stdbool.h>
#include <stdint.h>

/* Codes kept: 512 ms, of which the past serves concealment. A power of two. */
#define JITTER_CODES 4096
#define JITTER_PAST 320
/* Delay in samples: at the start, and the bounds within which it adapts. */
#define JITTER_DELAY_START 640
#define JITTER_DELAY_LEAST 160
#define JITTER_DELAY_MOST 1600
/* Ticks over which arrival times are measured at a time, and how many such windows are remembered. */
#define JITTER_WINDOW 200
#define JITTER_WINDOWS 5

enum jitter_frame {
    JITTER_WAITING, /* nothing has come, or its time has not */
    JITTER_WHOLE,
    JITTER_PARTIAL, /* some samples are missing */
    JITTER_MISSING,
    JITTER_SHORTENED /* two whole frames, to be joined to one: the delay shrinks */
};

struct jitter {
    /* The first frame stands once more behind the end, so that every frame can be read in one piece. */
    uint8_t codes[JITTER_CODES + PIPELINE_FRAME];
    /* One bit a code: received and not yet played. */
    uint32_t present[JITTER_CODES / 32];
    /* Timestamps: next to be played, and behind the newest stored. */
    uint32_t cursor;
    uint32_t newest;
    /* Where a packet outside the window says that the next one begins. */
    uint32_t jump;
    /* Least of arrival minus timestamp, over the last window and this one. */
    uint32_t transit;
    uint32_t transit_window;
    /* Least of arrival minus cursor in this window: with `transit` the delay as it is. */
    uint32_t position_window;
    /* Greatest lateness against `transit` in each window, in samples; index 0 is the present one. */
    uint16_t lateness[JITTER_WINDOWS];
    uint16_t ticks;
    uint16_t delay;
    /* Windows closed, counted as far as JITTER_WINDOWS: only then is it known what is needed. */
    uint16_t windows;
    /* Codes before the cursor that belong to this timeline, counted no further than needed. */
    uint16_t past;
    /* Newest packets that came too late in a row. */
    uint16_t late_run;
    bool started;
    bool restart;
    bool jumped;
    bool measured;
    bool shorten;
};

/* Forgets all. */
void jitter_reset(struct jitter *jitter);

/* The next packet begins a new timeline; what has been learned of delays stays. */
void jitter_restart(struct jitter *jitter);

enum jitter_put { JITTER_STORED, JITTER_LATE, JITTER_OUTSIDE };

/* Stores a packet's codes. `marker`: the sender says that sound begins anew here. `arrival` as in struct packet. */
enum jitter_put jitter_put(struct jitter *jitter, uint32_t timestamp, const uint8_t *codes, uint32_t count,
                           uint32_t arrival, bool marker);

/* The frame to be played now: 80 codes; `have` gets a bit for each that is there, unless the frame is whole. */
enum jitter_frame jitter_get(struct jitter *jitter, const uint8_t **codes, uint32_t have[3]);

/* The frame that follows the one of a JITTER_SHORTENED. */
const uint8_t *jitter_second(const struct jitter *jitter);

/* Copies the codes before the frame that jitter_get gave last, at most `count`; returns how many there are. */
uint32_t jitter_past(const struct jitter *jitter, uint8_t *codes, uint32_t count);

/* Puts what was played instead of a missing frame in its place, for jitter_past. */
void jitter_replace(struct jitter *jitter, const uint8_t codes[PIPELINE_FRAME]);

#endif
