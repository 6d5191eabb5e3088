/*
 * Tones of network locales other than the US: frequencies and cadences of ITU-T E.180 supplement 2, and where that
 * lists several, or none as for the dial tone inside an exchange of one's own, those of Cisco's phones. Levels are
 * open; here one frequency has -10 dBm0 and each of two -13 dBm0, the middle of what E.180 asks for. Lengths are
 * rounded to frames of 10 ms such that the period stays right.
 */
#include "tone_data.h"
#include "tone_set.h"

#include <stddef.h>

/* Two bursts and a long pause. */
#define DOUBLE_RING(a, b, peak) TONE2(a, b, peak, 40), PAUSE(20), TONE2(a, b, peak, 40), PAUSE(200)
/* E.180 writes 400 x 16 for 400 Hz modulated at 16 Hz: the carrier with twice the amplitude of the frequencies 16 Hz to
 * either side. All three begin at once, so it swells from nothing 16 times a second. In all it has -10 dBm0. */
#define MODULATED(carrier, rate, frames)                                                                               \
    TONE4(carrier, carrier, (carrier) - (rate), (carrier) + (rate), DBM0_18, frames, 0)
/* Stutter dial tone: three bursts, then steady. */
#define STUTTER1(a)                                                                                                    \
    TONE1(a, DBM0_10, 10), PAUSE(10), TONE1(a, DBM0_10, 10), PAUSE(10), TONE1(a, DBM0_10, 10), PAUSE(10),              \
        TONE1(a, DBM0_10, 0)

static const struct tone_step uk_dial[] = {TONE2(350, 440, DBM0_13, 0)};
static const struct tone_step uk_busy[] = {TONE1(400, DBM0_10, 37), PAUSE(38)};
static const struct tone_step uk_alerting[] = {DOUBLE_RING(400, 450, DBM0_13)};
static const struct tone_step uk_reorder[] = {TONE1(400, DBM0_10, 40), PAUSE(35), TONE1(400, DBM0_10, 22), PAUSE(53)};
static const struct tone_step uk_recall[] = {TONE2(350, 440, DBM0_13, 75), TONE1(440, DBM0_10, 75)};
static const struct tone_step uk_unobtainable[] = {TONE1(400, DBM0_10, 0)};
static const struct tone_step uk_waiting[] = {TONE1(400, DBM0_13, 10), PAUSE(300)};

static const struct tone_step de_inside[] = {TONE1(425, DBM0_10, 20), PAUSE(30), TONE1(425, DBM0_10, 20), PAUSE(30),
                                             TONE1(425, DBM0_10, 20), PAUSE(80)};
static const struct tone_step de_outside[] = {TONE1(425, DBM0_10, 0)};
static const struct tone_step de_busy[] = {TONE1(425, DBM0_10, 48), PAUSE(48)};
static const struct tone_step de_alerting[] = {TONE1(425, DBM0_10, 100), PAUSE(400)};
static const struct tone_step de_reorder[] = {TONE1(425, DBM0_10, 24), PAUSE(24)};
static const struct tone_step de_recall[] = {TONE2(425, 400, DBM0_13, 0)};
/* Special information tone. */
static const struct tone_step de_unobtainable[] = {TONE1(950, DBM0_10, 33), TONE1(1400, DBM0_10, 33),
                                                   TONE1(1800, DBM0_10, 33), PAUSE(100)};
static const struct tone_step de_waiting[] = {TONE1(425, DBM0_13, 20), PAUSE(20), TONE1(425, DBM0_13, 20), PAUSE(500)};

static const struct tone_step fr_inside[] = {TONE2(330, 440, DBM0_13, 0)};
static const struct tone_step fr_outside[] = {TONE1(440, DBM0_10, 0)};
static const struct tone_step fr_busy[] = {TONE1(440, DBM0_10, 50), PAUSE(50)};
static const struct tone_step fr_alerting[] = {TONE1(440, DBM0_10, 150), PAUSE(350)};
static const struct tone_step fr_reorder[] = {TONE1(440, DBM0_10, 25), PAUSE(25)};
static const struct tone_step fr_recall[] = {TONE2(440, 330, DBM0_13, 0)};
static const struct tone_step fr_unobtainable[] = {TONE1(950, DBM0_10, 30), TONE1(1400, DBM0_10, 30),
                                                   TONE1(1800, DBM0_10, 30), PAUSE(100)};
static const struct tone_step fr_waiting[] = {TONE1(440, DBM0_13, 30), PAUSE(1000)};

static const struct tone_step au_inside[] = {TONE2(450, 550, DBM0_13, 0)};
static const struct tone_step au_outside[] = {TONE2(400, 425, DBM0_13, 0)};
static const struct tone_step au_busy[] = {TONE1(425, DBM0_10, 37), PAUSE(38)};
static const struct tone_step au_alerting[] = {DOUBLE_RING(400, 450, DBM0_13)};
static const struct tone_step au_reorder[] = {TONE1(400, DBM0_10, 37), PAUSE(38)};
static const struct tone_step au_recall[] = {TONE2(400, 425, DBM0_13, 10), PAUSE(4)};
static const struct tone_step au_unobtainable[] = {TONE1(425, DBM0_10, 250), PAUSE(50)};
static const struct tone_step au_waiting[] = {TONE1(425, DBM0_13, 20), PAUSE(20), TONE1(425, DBM0_13, 20), PAUSE(440)};

static const struct tone_step jp_inside[] = {TONE1(400, DBM0_10, 25), PAUSE(25)};
static const struct tone_step jp_outside[] = {TONE1(400, DBM0_10, 0)};
static const struct tone_step jp_busy[] = {TONE1(400, DBM0_10, 50), PAUSE(50)};
static const struct tone_step jp_alerting[] = {MODULATED(400, 16, 100), PAUSE(200)};
static const struct tone_step jp_recall[] = {STUTTER1(400)};
static const struct tone_step jp_waiting[] = {MODULATED(400, 16, 50), PAUSE(400)};

/* Of enum tone_kind those that a country has. */
#define LOCALE_KINDS (TONE_CALL_WAITING + 1)

/* A stutter dial tone ends steady. */
#define RECALL_STEPS(recall) STEPS(recall, sizeof(recall) / sizeof *(recall) > 4 ? 6 : 0, 0)

/* By country code (ITU-T E.164). modules/provisioning/locale.ts has the names that a configuration gives them. */
/* clang-format off */
#define LOCALE(code, inside, outside, busy, alerting, reorder, recall, unobtainable, waiting)                                     \
    {code,                                                                                                             \
     {{0, STEPS(inside, 0, 0)}, {0, STEPS(outside, 0, 0)}, {0, STEPS(busy, 0, 0)}, {0, STEPS(alerting, 0, 0)},         \
      {0, STEPS(reorder, 0, 0)}, {0, RECALL_STEPS(recall)}, {0, STEPS(unobtainable, 0, 0)},                            \
      {0, STEPS(waiting, 0, 0)}}}
/* clang-format on */

static const struct {
    uint16_t country;
    struct tone tones[LOCALE_KINDS];
} locales[] = {
    LOCALE(44, uk_dial, uk_dial, uk_busy, uk_alerting, uk_reorder, uk_recall, uk_unobtainable, uk_waiting),
    LOCALE(49, de_inside, de_outside, de_busy, de_alerting, de_reorder, de_recall, de_unobtainable, de_waiting),
    LOCALE(33, fr_inside, fr_outside, fr_busy, fr_alerting, fr_reorder, fr_recall, fr_unobtainable, fr_waiting),
    LOCALE(61, au_inside, au_outside, au_busy, au_alerting, au_reorder, au_recall, au_unobtainable, au_waiting),
    LOCALE(81, jp_inside, jp_outside, jp_busy, jp_alerting, jp_busy, jp_recall, jp_busy, jp_waiting),
};

const struct tone *tone_of_country(uint32_t country, uint32_t id) {
    uint32_t row = 0, kind = tone_kind_of(id);

    while (row < sizeof locales / sizeof *locales && locales[row].country != country)
        row++;
    if (row == sizeof locales / sizeof *locales || kind >= LOCALE_KINDS)
        return NULL;

    const struct tone *tones = locales[row].tones, *tone = tones;

    while (tone->step != tones[kind].step)
        tone++;
    return tone;
}
