/*
 * Tones by SCCP id with the frequencies, levels and cadences of the US network (ANSI T1.401, Bellcore GR-506), and
 * rings by SCCP ringer mode. Ids are those that call agents and Wireshark use; tones without a standard are this
 * phone's own. Other networks' tones are in tone_locales.c.
 */
#include "tone_data.h"

#include <stddef.h>

static const struct tone_step dial[] = {TONE2(350, 440, DBM0_13, 0)};
static const struct tone_step busy[] = {TONE2(480, 620, DBM0_24, 50), PAUSE(50)};
static const struct tone_step alerting[] = {TONE2(440, 480, DBM0_19, 200), PAUSE(400)};
static const struct tone_step reorder[] = {TONE2(480, 620, DBM0_24, 25), PAUSE(25)};
static const struct tone_step recorder_warning[] = {TONE1(1400, DBM0_19, 50), PAUSE(1450)};
static const struct tone_step off_hook[] = {TONE4(1400, 2060, 2450, 2600, DBM0_13, 10, 0), PAUSE(10)};
/* Stutter dial tone: three bursts, then steady. */
static const struct tone_step recall_dial[] = {
    TONE2(350, 440, DBM0_13, 10), PAUSE(10), TONE2(350, 440, DBM0_13, 10), PAUSE(10),
    TONE2(350, 440, DBM0_13, 10), PAUSE(10), TONE2(350, 440, DBM0_13, 0)};
static const struct tone_step no_such_number[] = {TONE2(480, 620, DBM0_24, 25), PAUSE(25)};
static const struct tone_step busy_verification[] = {TONE1(440, DBM0_13, 200), PAUSE(800), TONE1(440, DBM0_13, 50),
                                                     PAUSE(950)};
static const struct tone_step call_waiting[] = {TONE1(440, DBM0_13, 30), PAUSE(970)};
static const struct tone_step confirmation[] = {TONE2(350, 440, DBM0_13, 10), PAUSE(10), TONE2(350, 440, DBM0_13, 10),
                                                PAUSE(10), TONE2(350, 440, DBM0_13, 10)};
static const struct tone_step camp_on[] = {TONE1(440, DBM0_13, 30)};
static const struct tone_step zip[] = {TONE1(480, DBM0_13, 30)};
static const struct tone_step zip_zip[] = {TONE1(480, DBM0_13, 15), PAUSE(10), TONE1(480, DBM0_13, 15)};
static const struct tone_step beep_bonk[] = {TONE1(800, DBM0_13, 12), TONE1(400, DBM0_13, 20)};
static const struct tone_step priority_waiting[] = {
    TONE1(440, DBM0_13, 10), PAUSE(10), TONE1(440, DBM0_13, 10), PAUSE(10), TONE1(440, DBM0_13, 10), PAUSE(950)};
static const struct tone_step milliwatt[] = {TONE1(1004, DBM0_0, 0)};

/* Keys in the order of RFC 4733's events: 0-9, star, pound, A-D. */
#define KEYS(KEY)                                                                                                      \
    KEY(941, 1336), KEY(697, 1209), KEY(697, 1336), KEY(697, 1477), KEY(770, 1209), KEY(770, 1336), KEY(770, 1477),    \
        KEY(852, 1209), KEY(852, 1336), KEY(852, 1477), KEY(941, 1209), KEY(941, 1477), KEY(697, 1633),                \
        KEY(770, 1633), KEY(852, 1633), KEY(941, 1633)
/* As long as the call agent wants it, and the short and quieter one that answers a key. */
#define DTMF(low, high)                                                                                                \
    { TONE2(low, high, DBM0_8, 0) }
#define FEEDBACK(low, high)                                                                                            \
    { TONE2(low, high, DBM0_19, 10) }
static const struct tone_step dtmf[16][1] = {KEYS(DTMF)};
static const struct tone_step feedback[16][1] = {KEYS(FEEDBACK)};

static const struct tone tones[] = {
    {0x01, STEPS(dtmf[1], 0, 0)},
    {0x02, STEPS(dtmf[2], 0, 0)},
    {0x03, STEPS(dtmf[3], 0, 0)},
    {0x04, STEPS(dtmf[4], 0, 0)},
    {0x05, STEPS(dtmf[5], 0, 0)},
    {0x06, STEPS(dtmf[6], 0, 0)},
    {0x07, STEPS(dtmf[7], 0, 0)},
    {0x08, STEPS(dtmf[8], 0, 0)},
    {0x09, STEPS(dtmf[9], 0, 0)},
    {0x0A, STEPS(dtmf[0], 0, 0)},
    {0x0E, STEPS(dtmf[10], 0, 0)},
    {0x0F, STEPS(dtmf[11], 0, 0)},
    {0x10, STEPS(dtmf[12], 0, 0)},
    {0x11, STEPS(dtmf[13], 0, 0)},
    {0x12, STEPS(dtmf[14], 0, 0)},
    {0x13, STEPS(dtmf[15], 0, 0)},
    {0x21, STEPS(dial, 0, 0)},
    {0x22, STEPS(dial, 0, 0)}, /* the public network's, which in the US sounds the same */
    {0x23, STEPS(busy, 0, 0)},
    {0x24, STEPS(alerting, 0, 0)},
    {0x25, STEPS(reorder, 0, 0)},
    {0x26, STEPS(recorder_warning, 0, 0)},
    {0x28, STEPS(alerting, 0, 0)}, /* reverting */
    {0x29, STEPS(off_hook, 0, 0)},
    {0x2A, STEPS(recall_dial, 6, 0)}, /* message waiting */
    {0x2B, STEPS(no_such_number, 0, 0)},
    {0x2C, STEPS(busy_verification, 2, 0)},
    {0x2D, STEPS(call_waiting, 0, 0)},
    {0x2E, STEPS(confirmation, 0, 1)},
    {0x2F, STEPS(camp_on, 0, 1)},
    {0x30, STEPS(recall_dial, 6, 0)},
    {0x31, STEPS(zip_zip, 0, 1)},
    {0x32, STEPS(zip, 0, 1)},
    {0x33, STEPS(beep_bonk, 0, 1)},
    {0x40, STEPS(call_waiting, 0, 0)},
    {0x41, STEPS(priority_waiting, 0, 0)},
    {0x42, STEPS(recall_dial, 6, 0)},
    {0x5F, STEPS(milliwatt, 0, 0)},
};

#define KEY(event)                                                                                                     \
    { event, STEPS(feedback[event], 0, 1) }
static const struct tone keys[16] = {KEY(0), KEY(1), KEY(2),  KEY(3),  KEY(4),  KEY(5),  KEY(6),  KEY(7),
                                     KEY(8), KEY(9), KEY(10), KEY(11), KEY(12), KEY(13), KEY(14), KEY(15)};

/* Bells: two chords in turn, 40 ms each; a trill of two notes; a low and soft one; a chirp as of a mobile phone. */
static const struct tone_step bells[TONE_BELLS] = {
    TONE4(784, 1568, 1047, 2093, DBM0_10, 1, 4),
    TONE4(880, 0, 1109, 0, DBM0_8, 1, 6),
    TONE4(440, 554, 440, 659, DBM0_13, 1, 20),
    TONE4(1318, 1976, 1568, 2349, DBM0_13, 1, 8),
};

/* Only whether it sounds counts of these: what sounds is a bell or a file. */
#define BELL(frames)                                                                                                   \
    { {0}, {1}, frames, 0 }

static const struct tone_step ring_inside[] = {BELL(200), PAUSE(400)};
static const struct tone_step ring_outside[] = {BELL(80), PAUSE(40), BELL(80), PAUSE(400)};
static const struct tone_step ring_feature[] = {BELL(40), PAUSE(20), BELL(40), PAUSE(20), BELL(80), PAUSE(400)};
static const struct tone_step ring_urgent[] = {BELL(40), PAUSE(20)};
static const struct tone_step bellcore_4[] = {BELL(32), PAUSE(20), BELL(100), PAUSE(20), BELL(32), PAUSE(400)};
static const struct tone_step bellcore_5[] = {BELL(52)};

/* 7-11 are the distinctive patterns 1-5 of Bellcore GR-506; the fifth is a single splash. */
static const struct tone ringers[] = {
    {2, STEPS(ring_inside, 0, 0)},  {3, STEPS(ring_outside, 0, 0)}, {4, STEPS(ring_feature, 0, 0)},
    {6, STEPS(ring_urgent, 0, 0)},  {7, STEPS(ring_inside, 0, 0)},  {8, STEPS(ring_outside, 0, 0)},
    {9, STEPS(ring_feature, 0, 0)}, {10, STEPS(bellcore_4, 0, 0)},  {11, STEPS(bellcore_5, 0, 1)},
};

static const struct tone *find(const struct tone *table, uint32_t count, uint32_t id) {
    for (uint32_t i = 0; i < count; i++) {
        if (table[i].id == id)
            return &table[i];
    }
    return NULL;
}

const struct tone *tone_by_id(uint32_t country, uint32_t id) {
    const struct tone *own = tone_of_country(country, id);

    return own ? own : find(tones, sizeof tones / sizeof *tones, id);
}

bool tone_is_signal(uint32_t id) {
    switch (id) {
    case 0x2D: /* call waiting */
    case 0x2E: /* confirmation */
    case 0x2F: /* camp on */
    case 0x31: /* zip-zip */
    case 0x32: /* zip */
    case 0x33: /* beep-bonk */
    case 0x40: /* call waiting */
    case 0x41: /* priority call waiting */
        return true;
    default:
        return false;
    }
}

uint32_t tone_ring_length(const struct tone_player *player, uint32_t mode) {
    const struct tone *tone = tone_by_ringer(mode);
    uint32_t frames = 0, pause = 0;

    for (uint32_t i = 0; tone && i < tone->steps; i++) {
        pause += tone_step_frames(player, &tone->step[i]);
        if (tone->step[i].peaks[0] == 0)
            continue;
        frames += pause;
        pause = 0;
    }
    return frames * 10;
}

const struct tone *tone_by_event(uint32_t event) {
    return event < 16 ? &keys[event] : NULL;
}

const struct tone *tone_by_ringer(uint32_t mode) {
    return find(ringers, sizeof ringers / sizeof *ringers, mode);
}

const struct tone_step *tone_bell(uint32_t bell) {
    return &bells[bell < TONE_BELLS ? bell : 0];
}

bool tone_file_fits(uint32_t octets) {
    return octets > 0 && octets <= TONE_FILE_MOST && octets % PIPELINE_FRAME == 0;
}
