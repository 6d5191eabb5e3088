/*
 * Tones that a server's file has in place of the built-in ones of a country. The file is read elsewhere; what comes
 * here is a table of numbers, taken as it is or not at all.
 */
#ifndef LINNET_TONE_SET_H
#define LINNET_TONE_SET_H

#include "tones.h"

#include <stdbool.h>
#include <stdint.h>

/* Steps of all tones together, and numbers that tell of one: the tone (enum tone_kind); from which of the tone's steps
 * it repeats; how often it is played from there, 0 for ever; frames of 10 ms, 0 for ever, which only the last may be;
 * then four frequencies in Hz, 0 for none, and four peaks. Steps of a tone follow each other. */
#define TONE_SET_STEPS 64
#define TONE_SET_NUMBERS (4 + 2 * TONES_PARTIALS)

/* Tones that countries differ in. */
enum tone_kind {
    TONE_INSIDE,
    TONE_OUTSIDE,
    TONE_BUSY,
    TONE_ALERTING,
    TONE_REORDER,
    TONE_RECALL,
    TONE_UNOBTAINABLE,
    TONE_CALL_WAITING,
    TONE_RECORDING,
    TONE_MONITORING,
    TONE_KINDS
};

/* The kind of an SCCP tone: inside and outside dial, busy, alerting and reverting, reorder, message waiting and recall
 * dial and hold, number unobtainable, call waiting (two ids), recorder warning, monitor warning. TONE_KINDS for others.
 * What sounds the same is one tone: asked for by another id, it goes on. */
uint32_t tone_kind_of(uint32_t id);

/* All zero has no tones. */
struct tone_set {
    /* Those without steps are not there. */
    struct tone tones[TONE_KINDS];
    struct tone_step steps[TONE_SET_STEPS];
};

/* Takes a table of `count` numbers, 0 for no tones at all. False, and nothing changes, when it is none: not whole, too
 * many steps, a tone twice, a tone without sound or too loud together, a frequency from 4 kHz on. */
bool tone_set_read(struct tone_set *set, const uint16_t *numbers, uint32_t count);

/* The set's tone for an SCCP id; null where it has none. */
const struct tone *tone_of_set(const struct tone_set *set, uint32_t id);

/* To be called for each player after a set has been read: what it plays of the set begins anew, or ends where the set
 * has it no more. */
void tone_set_renew(const struct tone_set *set, struct tone_player *player);

#endif
