/*
 * What the pipeline is measured beside; see listener.h. Sound is kept decoded, by timestamp, for a whole call.
 */
#include "g711.h"
#include "listener.h"
#include "spandsp.h"

#include <speex/speex_jitter.h>
#include <string.h>

/* A fixed buffer begins anew when so many packets in a row came too late, or one was early by so many depths. */
#define LATE_RUN 3
#define DEPTH_MOST 2

static struct {
    int16_t sound[LISTENER_SAMPLES];
    bool present[LISTENER_SAMPLES];
    uint32_t samples;
    bool started;
    uint32_t adaptations;
    /* Of the fixed ones: the next timestamp. */
    int32_t position;
    uint32_t late;
    /* Of SpeexDSP's: decoded and not yet played, with the timestamp of each sample. */
    JitterBuffer *buffer;
    int16_t queue[8 * PIPELINE_FRAME];
    int32_t timestamps[8 * PIPELINE_FRAME];
    bool came[8 * PIPELINE_FRAME];
    uint32_t queued;
    bool inserted;
} call;

static bool open_call(uint32_t samples) {
    if (call.buffer)
        jitter_buffer_destroy(call.buffer);
    memset(&call, 0, sizeof call);
    call.samples = samples;
    return concealment_open();
}

static uint32_t adaptations(const struct listener *listener) {
    (void)listener;
    return call.adaptations;
}

/* Fixed depth. */

static bool fixed_open(const struct listener *listener, uint32_t samples) {
    (void)listener;
    return open_call(samples);
}

static bool fixed_take(const struct listener *listener, uint32_t packet, const uint8_t *codes) {
    int32_t timestamp = (int32_t)(packet * call.samples), depth = (int32_t)(listener->depth * PIPELINE_MILLISECOND);
    int32_t early = timestamp - call.position;

    if (!call.started || early > (DEPTH_MOST + 1) * depth || (early < 0 && call.late + 1 >= LATE_RUN)) {
        call.adaptations += call.started;
        call.started = true;
        call.position = timestamp - depth;
        call.late = 0;
    } else if (early < 0) {
        call.late++;
        if (early + (int32_t)call.samples <= 0)
            return true;
    } else {
        call.late = 0;
    }
    g711_mu_law.decode(NULL, codes, call.sound + timestamp, call.samples);
    memset(call.present + timestamp, true, call.samples);
    return true;
}

static enum heard fixed_frame(const struct listener *listener, int16_t sound[PIPELINE_FRAME], int32_t *timestamp) {
    uint32_t missing = 0;

    (void)listener;
    memset(sound, 0, PIPELINE_FRAME * sizeof *sound);
    if (!call.started)
        return HEARD_NOTHING;
    *timestamp = call.position;
    for (uint32_t from = 0, to; from < PIPELINE_FRAME; from = to) {
        int32_t at = call.position + (int32_t)from;
        bool there = at >= 0 && call.present[at];

        for (to = from + 1; to < PIPELINE_FRAME; to++) {
            int32_t next = call.position + (int32_t)to;

            if ((next >= 0 && call.present[next]) != there)
                break;
        }
        if (there) {
            memcpy(sound + from, call.sound + at, (to - from) * sizeof *sound);
            concealment_hear(sound + from, to - from);
        } else {
            concealment_fill(sound + from, to - from);
            missing += to - from;
        }
    }
    call.position += PIPELINE_FRAME;
    return missing < PIPELINE_FRAME / 2 ? HEARD_SOUND : HEARD_CONCEALED;
}

const struct listener listener_fixed_60 = {.name = "fixed_60",
                                           .open = fixed_open,
                                           .take = fixed_take,
                                           .frame = fixed_frame,
                                           .adaptations = adaptations,
                                           .depth = 60};
const struct listener listener_fixed_120 = {.name = "fixed_120",
                                            .open = fixed_open,
                                            .take = fixed_take,
                                            .frame = fixed_frame,
                                            .adaptations = adaptations,
                                            .depth = 120};

/* SpeexDSP's, as its header says that it is used: a packet's time of sound is asked for at a time. */

static bool speex_open(const struct listener *listener, uint32_t samples) {
    (void)listener;
    if (!open_call(samples))
        return false;
    call.buffer = jitter_buffer_init((int)samples);
    return call.buffer != NULL;
}

static bool speex_take(const struct listener *listener, uint32_t packet, const uint8_t *codes) {
    uint8_t copy[8 * PIPELINE_FRAME];
    JitterBufferPacket put = {.data = (char *)copy,
                              .len = call.samples,
                              .timestamp = packet * call.samples,
                              .span = call.samples,
                              .sequence = (uint16_t)packet};

    (void)listener;
    memcpy(copy, codes, call.samples);
    jitter_buffer_put(call.buffer, &put);
    call.started = true;
    return true;
}

static void queue(const int16_t *sound, uint32_t count, int32_t timestamp, bool came) {
    for (uint32_t i = 0; i < count && call.queued < 8 * PIPELINE_FRAME; i++, call.queued++) {
        call.queue[call.queued] = sound[i];
        call.timestamps[call.queued] = timestamp + (int32_t)i;
        call.came[call.queued] = came;
    }
}

static void speex_fetch(void) {
    uint8_t codes[8 * PIPELINE_FRAME];
    int16_t sound[8 * PIPELINE_FRAME];
    JitterBufferPacket got = {.data = (char *)codes, .len = sizeof codes};
    spx_int32_t offset = 0;
    int32_t due = jitter_buffer_get_pointer_timestamp(call.buffer);
    int status = jitter_buffer_get(call.buffer, &got, (spx_int32_t)call.samples, &offset);

    if (status == JITTER_BUFFER_OK) {
        uint32_t gap = offset > 0 ? (uint32_t)offset : 0, skip = offset < 0 ? (uint32_t)-offset : 0;

        if (gap > 0 && gap < call.samples) {
            concealment_fill(sound, gap);
            queue(sound, gap, due, false);
        }
        g711_mu_law.decode(NULL, codes, sound, got.len);
        if (skip < got.len) {
            concealment_hear(sound + skip, got.len - skip);
            queue(sound + skip, got.len - skip, (int32_t)(got.timestamp + skip), true);
        }
    } else {
        uint32_t span = got.span > 0 && got.span <= call.samples ? got.span : call.samples;

        concealment_fill(sound, span);
        queue(sound, span, due, false);
    }
    /* It changes its delay by putting in, or by leaving out where its pointer leaps. */
    call.adaptations += status == JITTER_BUFFER_INSERTION;
    jitter_buffer_tick(call.buffer);
}

static enum heard speex_frame(const struct listener *listener, int16_t sound[PIPELINE_FRAME], int32_t *timestamp) {
    uint32_t came = 0;

    (void)listener;
    memset(sound, 0, PIPELINE_FRAME * sizeof *sound);
    if (!call.started)
        return HEARD_NOTHING;
    for (uint32_t tries = 0; call.queued < PIPELINE_FRAME && tries < 8; tries++)
        speex_fetch();
    memcpy(sound, call.queue, PIPELINE_FRAME * sizeof *sound);
    *timestamp = call.timestamps[0];
    for (uint32_t i = 0; i < PIPELINE_FRAME; i++)
        came += call.came[i];
    call.queued -= PIPELINE_FRAME;
    memmove(call.queue, call.queue + PIPELINE_FRAME, call.queued * sizeof *call.queue);
    memmove(call.timestamps, call.timestamps + PIPELINE_FRAME, call.queued * sizeof *call.timestamps);
    memmove(call.came, call.came + PIPELINE_FRAME, call.queued * sizeof *call.came);
    return came > PIPELINE_FRAME / 2 ? HEARD_SOUND : HEARD_CONCEALED;
}

const struct listener listener_speex = {
    .name = "speex", .open = speex_open, .take = speex_take, .frame = speex_frame, .adaptations = adaptations};
