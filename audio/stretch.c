/*
 * Stretching and shortening by overlap-add over pitch periods; see stretch.h.
 */
#include "stretch.h"
#include "codec.h"
#include "period.h"
#include "playout.h"

#include <string.h>

/* Ticks from one shortening to the next; fewer when the delay is far too long. */
#define PACE 16
#define PACE_FAR 8
#define FAR 800
/* Sound fainter than this can be cut anywhere. */
#define FAINT 64
/* After so many tries sound is shortened even where it does not repeat itself well; ticks from one to the next. */
#define ATTEMPTS 14
#define PACE_FAILED 48

void stretch_repeat(struct jitter *jitter, int16_t *frame, uint32_t past, uint32_t samples, uint32_t wanted) {
    int16_t before[PIPELINE_FRAME * CODEC_SAMPLES_MOST], *end = frame + PIPELINE_FRAME * samples;
    /* As much as is wanted at once, if there is so much: what is too short means one more seam. */
    uint32_t least = wanted < PIPELINE_FRAME ? wanted : PIPELINE_FRAME;
    uint32_t most = past < PERIOD_MOST ? past : PERIOD_MOST;

    if (past < STRETCH_LEAST || jitter->ahead + most > PLAYOUT_AHEAD)
        return;
    if (least < STRETCH_LEAST)
        least = STRETCH_LEAST;
    if (least > most)
        least = most;

    struct period period = period_find(frame, PIPELINE_FRAME, least, most, false, samples);
    uint32_t lag = period.lag * samples;

    memmove(end + lag, end, jitter->ahead * samples * sizeof *end);
    memcpy(end, end - lag, lag * sizeof *end);
    memcpy(before, frame - lag, PIPELINE_FRAME * samples * sizeof *before);
    period_fade(frame, frame, before, PIPELINE_FRAME * samples);
    jitter_repeat(jitter, period.lag);
}

void stretch_leave_out(struct jitter *jitter, int16_t *frame, uint32_t samples, uint32_t excess, uint16_t *attempts) {
    int16_t *end = frame + PIPELINE_FRAME * samples;
    uint32_t most = jitter->ahead < excess ? jitter->ahead : excess;

    if (most > STRETCH_MOST)
        most = STRETCH_MOST;
    if (most < STRETCH_LEAST)
        return;

    struct period period = period_find(frame, PIPELINE_FRAME, STRETCH_LEAST, most, true, samples);

    jitter_pause(jitter, excess > FAR ? PACE_FAR : PACE);
    if (period.mismatch > period.level / 3 && period.level > FAINT && *attempts < ATTEMPTS) {
        ++*attempts;
        jitter_pause(jitter, PACE_FAILED);
        return;
    }
    *attempts = 0;
    period_fade(frame, frame, frame + period.lag * samples, PIPELINE_FRAME * samples);
    playout_move(end, end + period.lag * samples, (jitter->ahead - period.lag) * samples);
    jitter_skip(jitter, period.lag);
}

bool stretch_faint(const int16_t *sound, uint32_t count) {
    uint32_t level = 0, most = FAINT * (count / 8);

    /* What is not faint mostly shows before the end. */
    for (uint32_t i = 0; i < count && level <= most; i += 8) {
        int32_t sample = sound[i];

        level += (uint32_t)(sample < 0 ? -sample : sample);
    }
    return level <= most;
}

void stretch_cut(struct jitter *jitter, int16_t *frame, uint32_t samples, uint32_t count) {
    int16_t *end = frame + PIPELINE_FRAME * samples;

    period_fade(frame, frame, frame + count * samples, PIPELINE_FRAME * samples);
    playout_move(end, end + count * samples, (jitter->ahead - count) * samples);
    jitter_skip(jitter, count);
}
