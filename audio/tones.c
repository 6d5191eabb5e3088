/*
 * The player of tones; see tones.h. Sines come from a polynomial in 32-bit integers.
 */
#include "tones.h"
#include "g711.h"
#include "gain.h"

#include <string.h>

/* 5 ms, for each sample at 8 kHz. */
#define RAMP 40

/* Sine of a phase (2^32 is a turn) in 1/32768; a fifth-degree polynomial, off by at most 1.1e-4. */
static int32_t sine(uint32_t phase) {
    int32_t angle = (int16_t)(phase >> 16);

    if (angle > 16384)
        angle = 32768 - angle;
    else if (angle < -16384)
        angle = -32768 - angle;

    int32_t x = angle * 2;
    int32_t square = x * x >> 15;
    int32_t inner = 21077 - (square * 2383 >> 15);
    int32_t outer = 51466 - (square * inner >> 15);

    return x * outer >> 15;
}

/* The turn of a sample at 8 kHz: 2^32 / 8000 in 1/1000, without a 64-bit division. */
static uint32_t increment(uint32_t frequency) {
    return frequency * 536870 + frequency * 912 / 1000;
}

void tone_play(struct tone_player *player, const struct tone *tone, bool once, bool signal) {
    if (tone && player->stopped) {
        player->after = tone;
        player->after_signal = signal;
        return;
    }
    player->stopped = false;
    /* The same tone goes on, as servers repeat themselves; a short one begins again. */
    if (player->tone == tone && !player->change && tone && tone->times == 0 && player->once == once)
        return;
    player->next = tone;
    player->next_once = once;
    player->next_signal = signal;
    player->change = true;
}

/* Whether a tone is in the pause that ends each of its rounds. */
static bool last_pause(const struct tone *tone, uint32_t step) {
    return step + 1u == tone->steps && tone->step[step].peaks[0] == 0;
}

void tone_stop(struct tone_player *player) {
    bool signal = player->change ? player->next && player->next_signal
                                 : player->tone && player->signal && !last_pause(player->tone, player->step);

    player->after = NULL;
    if (signal)
        player->stopped = true;
    else
        tone_play(player, NULL, false, false);
}

static void begin(struct tone_player *player) {
    player->tone = player->next;
    player->once = player->next_once;
    player->signal = player->next_signal;
    player->change = false;
    player->frame = 0;
    player->step = 0;
    player->round = 0;
    player->code = 0;
    memset(player->phases, 0, sizeof player->phases);
}

/* Goes to the next step, or to the end. */
static void advance(struct tone_player *player) {
    const struct tone *tone = player->tone;

    player->frame = 0;
    player->code = 0;
    if (++player->step < tone->steps && !(player->stopped && last_pause(tone, player->step)))
        return;
    player->step = tone->repeat;
    player->round++;
    if (!player->stopped && !player->once && (tone->times == 0 || player->round < tone->times))
        return;
    player->tone = NULL;
    player->stopped = false;
    if (player->after) {
        tone_play(player, player->after, false, player->after_signal);
        player->after = NULL;
    }
}

/* Adds one frequency of a step to the sums of a frame. */
static void add(struct tone_player *player, uint32_t partial, const struct tone_step *step, int32_t *sums,
                uint32_t samples) {
    uint32_t phase = player->phases[partial];
    uint32_t turn = increment(step->frequencies[partial]) / samples;
    int32_t top = step->peaks[partial];

    for (uint32_t i = 0; i < PIPELINE_FRAME * samples; i++) {
        sums[i] += sine(phase) * top >> 15;
        phase += turn;
    }
    player->phases[partial] = phase;
}

/* The next tick of a ring file; at 16 kHz every second sample lies half way to the next. */
static void sound_file(struct tone_player *player, int32_t *sums, uint32_t samples) {
    const uint8_t *codes = player->codes + player->code;
    int32_t now = g711_mu_law_linear[codes[0]];

    player->code = player->code + PIPELINE_FRAME < player->codes_count ? (uint16_t)(player->code + PIPELINE_FRAME) : 0;
    for (uint32_t i = 0; i < PIPELINE_FRAME; i++) {
        int32_t next = g711_mu_law_linear[i + 1 < PIPELINE_FRAME ? codes[i + 1] : player->codes[player->code]];

        sums[samples * i] = now;
        if (samples > 1)
            sums[2 * i + 1] = (now + next) / 2;
        now = next;
    }
}

static void sound(struct tone_player *player, const struct tone_step *step, int32_t *sums, uint32_t samples) {
    uint32_t from = 0, to = TONES_PARTIALS;

    if (player->codes) {
        sound_file(player, sums, samples);
        return;
    }
    if (step->warble > 0) {
        from = player->frame / step->warble % 2 * 2;
        to = from + 2;
    }
    memset(sums, 0, PIPELINE_FRAME * samples * sizeof *sums);
    for (uint32_t partial = from; partial < to; partial++) {
        if (step->frequencies[partial] > 0)
            add(player, partial, step, sums, samples);
    }
}

/* Frames after which the frequencies change; 0 when they stay. */
static uint32_t warble_of(const struct tone_player *player, const struct tone_step *step) {
    return player->codes ? 0 : player->bell ? player->bell->warble : step->warble;
}

uint32_t tone_step_frames(const struct tone_player *player, const struct tone_step *step) {
    uint32_t file = player->codes ? player->codes_count / PIPELINE_FRAME : 0;

    return step->peaks[0] > 0 && file > step->frames && file <= step->frames + TONE_FILE_OVER ? file : step->frames;
}

/* Whether what sounds now falls silent, or changes its frequencies, behind this frame. */
static bool ends(const struct tone_player *player, const struct tone_step *step) {
    uint32_t after = player->frame + 1u, warble = warble_of(player, step);

    return player->change || (step->frames > 0 && after >= tone_step_frames(player, step)) ||
           (warble > 0 && after % warble == 0);
}

static bool begins(const struct tone_player *player, const struct tone_step *step) {
    uint32_t warble = warble_of(player, step);

    return player->frame == 0 || (warble > 0 && player->frame % warble == 0);
}

bool tone_frame(struct tone_player *player, int16_t frame[PIPELINE_FRAME_MOST], uint32_t samples) {
    int32_t sums[PIPELINE_FRAME_MOST];
    const int32_t count = (int32_t)(PIPELINE_FRAME * samples), ramp = (int32_t)(RAMP * samples);

    if (player->change && (!player->tone || player->tone->step[player->step].peaks[0] == 0 || player->frame == 0))
        begin(player);
    if (!player->tone)
        return false;

    const struct tone_step *step = &player->tone->step[player->step];
    bool sounds = step->peaks[0] > 0;

    if (sounds && frame) {
        sound(player, player->bell ? player->bell : step, sums, samples);
        if (begins(player, step)) {
            for (int32_t i = 0; i < ramp; i++)
                sums[i] = sums[i] * i / ramp;
        }
        if (ends(player, step)) {
            for (int32_t i = 0; i < ramp; i++)
                sums[count - 1 - i] = sums[count - 1 - i] * i / ramp;
        }
        for (int32_t i = 0; i < count; i++)
            frame[i] = gain_saturate(sums[i]);
    }
    if (player->change) {
        begin(player);
        return sounds;
    }
    /* An endless step counts no further than its first frames, lest the count wrap to a beginning. */
    if (step->frames > 0 || player->frame == 0 || step->warble > 0)
        player->frame++;
    if (step->frames > 0 && player->frame >= tone_step_frames(player, step))
        advance(player);
    return sounds;
}
