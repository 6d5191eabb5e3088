/*
 * Stretching and shortening by overlap-add over pitch periods; see stretch.h.
 */
#include "stretch.h"
#include "period.h"

#include <stddef.h>

/* Ticks from one shortening to the next; fewer when the delay is far too long. */
#define PACE 16
#define PACE_FAR 8
#define FAR 800
/* Sound fainter than this can be cut anywhere. */
#define FAINT 64
/* After so many tries sound is shortened even where it does not repeat itself well. */
#define ATTEMPTS 5

static void repeat(struct jitter *jitter, const struct codec *codec, int16_t *frame, uint32_t wanted) {
    uint8_t codes[STRETCH_MOST + PIPELINE_FRAME];
    int16_t sound[STRETCH_MOST + PIPELINE_FRAME];
    uint32_t past = jitter_past(jitter, codes, STRETCH_MOST);

    if (past < STRETCH_LEAST)
        return;
    jitter_copy(jitter, -(int32_t)(past + PIPELINE_FRAME), codes, past + PIPELINE_FRAME);
    codec->decode(NULL, codes, sound, past + PIPELINE_FRAME);

    /* As much as is wanted at once, if there is so much: what is too short means one more seam. */
    uint32_t least = wanted < PIPELINE_FRAME ? wanted : PIPELINE_FRAME;
    uint32_t most = past < PERIOD_MOST ? past : PERIOD_MOST;

    if (least < STRETCH_LEAST)
        least = STRETCH_LEAST;
    if (least > most)
        least = most;

    struct period period = period_find(sound + past, PIPELINE_FRAME, least, most, false);

    period_fade(frame, frame, sound + past - period.lag, PIPELINE_FRAME);
    jitter_repeat(jitter, period.lag);
}

static void leave_out(struct jitter *jitter, const struct codec *codec, int16_t *frame, uint32_t excess,
                      uint16_t *attempts) {
    uint8_t codes[STRETCH_MOST + PIPELINE_FRAME];
    int16_t sound[STRETCH_MOST + PIPELINE_FRAME];
    uint32_t most = jitter_ahead(jitter, excess < STRETCH_MOST ? excess : STRETCH_MOST);

    if (most < STRETCH_LEAST)
        return;
    jitter_copy(jitter, -PIPELINE_FRAME, codes, most + PIPELINE_FRAME);
    codec->decode(NULL, codes, sound, most + PIPELINE_FRAME);

    struct period period = period_find(sound, PIPELINE_FRAME, STRETCH_LEAST, most, true);

    jitter_pause(jitter, excess > FAR ? PACE_FAR : PACE);
    if (period.mismatch > period.level / 2 && period.level > FAINT && *attempts < ATTEMPTS) {
        ++*attempts;
        return;
    }
    *attempts = 0;
    period_fade(frame, frame, sound + period.lag, PIPELINE_FRAME);
    jitter_skip(jitter, period.lag);
}

void stretch_frame(struct jitter *jitter, const struct codec *codec, int16_t frame[PIPELINE_FRAME],
                   uint16_t *attempts) {
    int32_t change = jitter_change(jitter);

    if (change > 0)
        repeat(jitter, codec, frame, (uint32_t)change);
    else if (change < 0)
        leave_out(jitter, codec, frame, (uint32_t)-change, attempts);
}
