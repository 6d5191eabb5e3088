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

/* Codes kept: 512 ms. A power of two. */
#define JITTER_CODES 4096
/* Kinds of codes that may be told apart, a power of two and the bits for it. */
#define JITTER_KINDS 4
#define JITTER_KIND_BITS 2
/* Delay in samples: wanted at the start, and the bounds of what is wanted. */
#define JITTER_DELAY_START 160
#define JITTER_DELAY_LEAST 80
#define JITTER_DELAY_MOST 3200
/* Classes of lateness, a tick each; the last one holds all beyond. */
#define JITTER_CLASSES 48

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
    /* The kind of each code, a bit of it in each row, as long as there are several kinds: up to this timestamp. */
    uint32_t kinds[JITTER_KIND_BITS][JITTER_CODES / 32];
    uint32_t mixed_until;
    /* Timestamps: next to be played, behind the latest that was played as received, and behind the newest stored. */
    uint32_t cursor;
    uint32_t heard;
    uint32_t newest;
    /* Where a packet outside the window says that the next one begins. */
    uint32_t jump;
    /* When talk began after silence, while its beginning comes. */
    uint32_t talk;
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
    /* The mean of lateness and the mean deviation from it, in 1/16 of a sample, over as many packets as `seen` says;
     * and its logarithm. */
    int32_t mean;
    int32_t deviation;
    uint16_t seen;
    uint8_t seen_shift;
    /* Times that the delay was changed. */
    uint32_t adaptations;
    /* Delay that is wanted. */
    uint16_t wanted;
    uint16_t ticks;
    /* Grows with each hole in what came, and shrinks with time. */
    uint16_t holes;
    /* Ticks since the delay was changed, counted no further than needed. */
    uint16_t steady;
    /* Ticks before the delay may shrink again. */
    uint16_t pause;
    /* Codes from the cursor on that were made sound of already. */
    uint16_t ahead;
    /* Ticks since the newest packets come too late even for the greatest delay; 0 while they do not. */
    uint16_t late_run;
    /* Of the packet that came last: by both it is known whether another one is of the same timeline. */
    uint16_t sequence;
    uint32_t timestamp;
    /* Of the packet that came last, and of all codes unless `mixed`. */
    uint8_t kind;
    bool mixed;
    bool started;
    bool restart;
    bool jumped;
    bool talk_begins;
    bool measured;
    /* Samples left out before the cursor: the receiver, which clears this, fades over. */
    uint32_t leapt;
};

/* Forgets all. */
void jitter_reset(struct jitter *jitter);

/* The next packet begins a new timeline; what has been learned of delays stays. */
void jitter_restart(struct jitter *jitter);

enum jitter_put { JITTER_STORED, JITTER_LATE, JITTER_OUTSIDE };

struct jitter_packet {
    const uint8_t *codes;
    uint32_t count;
    uint32_t timestamp;
    uint16_t sequence;
    /* Of the codes, below JITTER_KINDS. */
    uint8_t kind;
    /* The sender says that sound begins anew here. */
    bool marker;
};

/* Stores a packet. `silent`: nothing is heard now, so that the delay can be set without anybody noticing. */
enum jitter_put jitter_put(struct jitter *jitter, const struct jitter_packet *packet, bool silent);

/* The frame to be played now, 80 codes; `have` gets a bit for each that is there, unless the frame is whole. */
enum jitter_frame jitter_get(struct jitter *jitter, uint32_t have[3]);

/* How many of `count` codes from a timestamp on are of one kind, while there are several. */
uint32_t jitter_run(const struct jitter *jitter, uint32_t at, uint32_t count, uint32_t *kind);

/* Codes of one kind from `from` behind the cursor (or before it) on: returns how many of `count` can be read there in
 * one piece. */
static inline uint32_t jitter_read(const struct jitter *jitter, int32_t from, uint32_t count, const uint8_t **codes,
                                   uint32_t *kind) {
    uint32_t at = jitter->cursor + (uint32_t)from, index = at % JITTER_CODES;
    uint32_t end = JITTER_CODES + PIPELINE_FRAME - index;

    *codes = jitter->codes + index;
    *kind = jitter->kind;
    if (count > end)
        count = end;
    return jitter->mixed ? jitter_run(jitter, at, count, kind) : count;
}

/* The delay at present in samples: of a packet that is as early as the earliest. */
static inline int32_t jitter_delay(const struct jitter *jitter) {
    return (int32_t)(jitter->now - jitter->cursor - jitter->transit);
}

/* By how many samples the delay is to change; nought while it is to stay. */
int32_t jitter_change(const struct jitter *jitter);

/* By how many samples the delay may shrink where nobody hears it; nought where that is not worth while. */
uint32_t jitter_spare(const struct jitter *jitter);

/* Sets `ahead` to the codes that are there from the cursor on, without a gap, counted as far as `most`; false when it
 * has not grown. The caller makes sound of what is new. */
bool jitter_look(struct jitter *jitter, uint32_t most);

/* The length of the gap that goes on at the cursor, at most `most`: UINT32_MAX when nothing is behind it; and how many
 * codes are there behind it, counted as far as `enough`. */
uint32_t jitter_gap(const struct jitter *jitter, uint32_t most, uint32_t enough, uint32_t *behind);

/* So many codes from the frame's first on have been made sound of, whether they are there or not. */
void jitter_made(struct jitter *jitter, uint32_t count);

/* Leaves out the next codes, all of which are there: the delay shrinks. */
void jitter_skip(struct jitter *jitter, uint32_t count);

/* Plays the latest codes once more, of which the caller still has the sound: the delay grows. */
void jitter_repeat(struct jitter *jitter, uint32_t count);

/* The delay is not to shrink for so many ticks. */
void jitter_pause(struct jitter *jitter, uint32_t ticks);

#endif
