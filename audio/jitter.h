/*
 * Jitter buffer of one stream: codes of received packets in order of their timestamps, played a frame at a time, late
 * enough that most packets are there in time. How late is learned from the distribution of the packets' lateness: the
 * delay grows at once and shrinks slowly; the receiver does both by stretching or shortening sound.
 */
#ifndef LINNET_JITTER_H
#define LINNET_JITTER_H

#include "frame.h"

#include <stdbool.h>
#include <stdint.h>

/* Codes kept: 512 ms, of which the past serves concealment and stretching. A power of two. */
#define JITTER_CODES 4096
#define JITTER_PAST 400
/* Delay in samples: wanted at the start, and the bounds of what is wanted. */
#define JITTER_DELAY_START 160
#define JITTER_DELAY_LEAST 80
#define JITTER_DELAY_MOST 1600
/* Classes of lateness, a tick each; the last one holds all beyond. */
#define JITTER_CLASSES 24

enum jitter_frame {
    JITTER_WAITING, /* nothing has come, or its time has not */
    JITTER_WHOLE,
    JITTER_PARTIAL, /* some samples are missing */
    JITTER_MISSING
};

struct jitter {
    /* The first frame stands once more behind the end, so that every frame can be read in one piece. */
    uint8_t codes[JITTER_CODES + PIPELINE_FRAME];
    /* One bit a code: received and not yet played. */
    uint32_t present[JITTER_CODES / 32];
    /* Timestamps: next to be played, behind the latest that was played as received, and behind the newest stored. */
    uint32_t cursor;
    uint32_t heard;
    uint32_t newest;
    /* Where a packet outside the window says that the next one begins. */
    uint32_t jump;
    /* Samples of time gone by, as ticks count them: the time at which a packet can be played first. */
    uint32_t now;
    /* Least of time minus timestamp when a packet came: of late, in the window before, and in this one. */
    uint32_t transit;
    uint32_t transit_before;
    uint32_t transit_window;
    /* Packets by their lateness against `transit`, younger ones weighing more, and the weight of one that comes now. */
    uint32_t lateness[JITTER_CLASSES];
    uint32_t total;
    uint32_t weight;
    /* Times that the delay was changed. */
    uint32_t adaptations;
    /* Delay that is wanted. */
    uint16_t wanted;
    uint16_t ticks;
    /* Ticks before the delay may shrink again. */
    uint16_t pause;
    /* Codes before the cursor that belong to this timeline, counted no further than needed. */
    uint16_t past;
    /* Newest packets that came too late in a row. */
    uint16_t late_run;
    bool started;
    bool restart;
    bool jumped;
    bool measured;
    /* Sound was left out before the cursor: the receiver, which clears this, fades over. */
    bool leapt;
};

/* Forgets all. */
void jitter_reset(struct jitter *jitter);

/* The next packet begins a new timeline; what has been learned of delays stays. */
void jitter_restart(struct jitter *jitter);

enum jitter_put { JITTER_STORED, JITTER_LATE, JITTER_OUTSIDE };

/* Stores a packet's codes. `marker`: the sender says that sound begins anew here. `silent`: nothing is heard now, so
 * that the delay can be set without anybody noticing. */
enum jitter_put jitter_put(struct jitter *jitter, uint32_t timestamp, const uint8_t *codes, uint32_t count, bool marker,
                           bool silent);

/* The frame to be played now: 80 codes; `have` gets a bit for each that is there, unless the frame is whole. */
enum jitter_frame jitter_get(struct jitter *jitter, const uint8_t **codes, uint32_t have[3]);

/* The delay at present in samples: of a packet that is as early as the earliest. */
int32_t jitter_delay(const struct jitter *jitter);

/* By how many samples the delay is to change; nought while it is to stay. */
int32_t jitter_change(const struct jitter *jitter);

/* Codes that are there behind the frame that jitter_get gave last, without a gap, counted as far as `most`. */
uint32_t jitter_ahead(const struct jitter *jitter, uint32_t most);

/* Copies codes from so many samples before (negative) or behind the cursor on. */
void jitter_copy(const struct jitter *jitter, int32_t from, uint8_t *codes, uint32_t count);

/* Leaves out the next samples, all of which are there: the delay shrinks. */
void jitter_skip(struct jitter *jitter, uint32_t count);

/* Plays the latest samples once more: the delay grows. */
void jitter_repeat(struct jitter *jitter, uint32_t count);

/* The delay is not to shrink for so many ticks. */
void jitter_pause(struct jitter *jitter, uint32_t ticks);

/* Copies the codes before the frame that jitter_get gave last, at most `count`; returns how many there are. */
uint32_t jitter_past(const struct jitter *jitter, uint8_t *codes, uint32_t count);

/* Puts what was played instead of a missing frame in its place, for jitter_past. */
void jitter_replace(struct jitter *jitter, const uint8_t codes[PIPELINE_FRAME]);

#endif
