/*
 * A room for the echo canceller: the far end's talk from the speaker reaches the microphone over a synthetic impulse
 * response, and the pipeline's sent sound is measured against what the room gave. Prints one JSON object.
 *   first: the far end alone; echo return loss enhancement is taken over the second that begins 3 s after the start;
 *   then: both talk; how much of the near end's sound is lost, by projection on what it said;
 *   then: the far end alone again, for a minute: the echo must not come back;
 *   then: the call ends, and another begins: its first second is as the last of the one before.
 *   last: the user alone, and then louder than the far end and into its talk: how much of him is sent, and how soon.
 * With an argument the same without a canceller, the microphone taking turns with the speaker.
 */
#include "g711.h"
#include "pipeline.h"
#include "talker.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reverberation of a small office, 250 ms, of which the microphone gets the first 100 ms with any strength. */
#define TAPS 1200
#define REVERBERATION 2000
/* Speaker to microphone: -6 dB and 40 ms, of which the port knows 30. */
#define LOSS 0.5
#define DELAY 320
#define KNOWN_FRAMES 3
/* Loudness: near and far end alike at the microphone, and nothing cut off. */
#define FAR 4000
#define NEAR 2000
#define BOTH_BEGIN (8 * TALKER_RATE)
#define BOTH_END (16 * TALKER_RATE)
#define END (76 * TALKER_RATE)

/* What the near end said and what was sent of it, while both talked. */
static double said[BOTH_END - BOTH_BEGIN], got[BOTH_END - BOTH_BEGIN];

/* Share of what was said that was sent, at the delay of the canceller that explains most. */
static double kept(void) {
    double best = 0;

    for (uint32_t lag = 0; lag <= 2 * PIPELINE_FRAME; lag++) {
        double both = 0, own = 0;

        for (uint32_t i = TALKER_RATE; i + lag < BOTH_END - BOTH_BEGIN; i++) {
            both += said[i] * got[i + lag];
            own += said[i] * said[i];
        }
        if (both / own > best)
            best = both / own;
    }
    return best;
}

static struct pipeline pipeline;
static double room[TAPS];
static double played[DELAY + TAPS + PIPELINE_FRAME];

/* Energies over a stretch of time: of the echo, and of what was sent. */
struct stretch {
    double echo;
    double sent;
};

static double enhancement(const struct stretch *stretch) {
    return talker_decibels(stretch->echo, stretch->sent);
}

static void begin_call(uint32_t at) {
    const uint32_t seed[3] = {at + 1, 2, 3};

    pipeline_set_route(&pipeline, ROUTE_SPEAKER);
    pipeline_open_receive(&pipeline, 0, RTP_PCMU, 10);
    pipeline_start_transmit(&pipeline, 0, RTP_PCMU, 10, seed);
}

static void end_call(void) {
    pipeline_stop_transmit(&pipeline, 0);
    pipeline_close_receive(&pipeline, 0);
    pipeline_set_route(&pipeline, ROUTE_NONE);
}

static struct talker far = {.pitch = 118}, near = {.pitch = 205};
static uint16_t sequence;
static double loudness = NEAR;
static double echo_frame[PIPELINE_FRAME], near_frame[PIPELINE_FRAME];

static void deliver(uint32_t at, bool talks) {
    int16_t frame[PIPELINE_FRAME];
    struct packet *packet = packet_ring_reserve(&pipeline.streams[0].received);

    for (uint32_t i = 0; i < PIPELINE_FRAME; i++)
        frame[i] = talks ? talker_limit(talker_sample(&far) * FAR) : 0;
    rtp_build(packet->octets, RTP_PCMU, false, sequence++, at, 9);
    g711_mu_law.encode(NULL, frame, packet->octets + RTP_HEADER, PIPELINE_FRAME);
    packet->length = RTP_HEADER + PIPELINE_FRAME;
    packet->arrival = at;
    packet->address = packet->port = 1;
    packet_ring_publish(&pipeline.streams[0].received);
}

/* One tick of a call; `sent` gets what left the phone. */
static void tick(uint32_t at, bool far_talks, bool near_talks, int16_t sent[PIPELINE_FRAME]) {
    int16_t mic[PIPELINE_FRAME], speaker[PIPELINE_FRAME];
    struct packet *packet;

    deliver(at, far_talks);
    /* Sample i of this frame hears what was played DELAY samples ago and, fading, what came before that. */
    for (uint32_t i = 0; i < PIPELINE_FRAME; i++) {
        double sum = 0;

        for (uint32_t k = 0; k < TAPS; k++)
            sum += room[k] * played[TAPS + i - k];
        echo_frame[i] = sum;
        near_frame[i] = near_talks ? talker_sample(&near) * loudness : 0;
        mic[i] = talker_limit(sum + near_frame[i] + 8 * talker_noise());
    }
    pipeline_tick(&pipeline, mic, speaker);
    memmove(played, played + PIPELINE_FRAME, sizeof played - PIPELINE_FRAME * sizeof *played);
    for (uint32_t i = 0; i < PIPELINE_FRAME; i++)
        played[DELAY + TAPS + i] = speaker[i];
    packet = packet_ring_peek(&pipeline.streams[0].sent);
    g711_mu_law.decode(NULL, packet->octets + RTP_HEADER, sent, PIPELINE_FRAME);
    packet_ring_release(&pipeline.streams[0].sent);
}

static void add(struct stretch *stretch, const int16_t *sent) {
    for (uint32_t i = 0; i < PIPELINE_FRAME; i++) {
        stretch->echo += echo_frame[i] * echo_frame[i];
        stretch->sent += (double)sent[i] * sent[i];
    }
}

static void make_room(void) {
    double energy = 0;

    for (uint32_t i = 0; i < TAPS; i++) {
        room[i] = (i == 0 ? 1 : talker_noise() * 0.4) * exp(-6.9 * i / REVERBERATION);
        energy += room[i] * room[i];
    }
    for (uint32_t i = 0; i < TAPS; i++)
        room[i] *= LOSS / sqrt(energy);
}

/* Four seconds of the user, alone or, twelve decibels louder, into the far end's talk: how much of him is sent, and the
 * frames of his first word that are not. */
static void user(uint32_t *at, bool interrupts, const char *name) {
    double own = 0, out = 0;
    uint32_t lost = 0;
    bool begun = false;
    int16_t sent[PIPELINE_FRAME];

    for (uint32_t end = *at + TALKER_RATE; *at < end; *at += PIPELINE_FRAME)
        tick(*at, interrupts, false, sent);
    loudness = interrupts ? 4 * NEAR : NEAR;
    for (uint32_t end = *at + 4 * TALKER_RATE; *at < end; *at += PIPELINE_FRAME) {
        double said_now = 0, sent_now = 0;

        tick(*at, interrupts, true, sent);
        for (uint32_t i = 0; i < PIPELINE_FRAME; i++) {
            said_now += near_frame[i] * near_frame[i];
            sent_now += (double)sent[i] * sent[i];
        }
        own += said_now;
        out += sent_now;
        begun |= sent_now > said_now / 2;
        lost += !begun && said_now > PIPELINE_FRAME * 10000.0;
    }
    printf(",\"%s_loss_db\":%.1f,\"%s_late_frames\":%u", name, talker_decibels(own, out), name, lost);
}

int main(int argc, char **argv) {
    bool half_duplex = argc > 1;
    struct echo *echo = half_duplex ? NULL : echo_open(KNOWN_FRAMES);
    struct stretch first = {0}, begin = {0}, later = {0}, second = {0}, again = {0};
    double worst = 1000, last = 0;
    uint32_t at;
    int16_t sent[PIPELINE_FRAME];

    (void)argv;
    if (!echo && !half_duplex) {
        fprintf(stderr, "echo: built without a canceller: install libspeexdsp-dev\n");
        return 1;
    }
    make_room();
    pipeline_reset(&pipeline);
    pipeline_set_echo(&pipeline, echo);
    pipeline_set_half_duplex(&pipeline, half_duplex);
    begin_call(0);
    for (at = 0; at < END; at += PIPELINE_FRAME) {
        bool both = at >= BOTH_BEGIN && at < BOTH_END;

        tick(at, true, both, sent);
        if (at < TALKER_RATE)
            add(&begin, sent);
        if (at >= 3 * TALKER_RATE && at < 4 * TALKER_RATE)
            add(&first, sent);
        for (uint32_t i = 0; i < PIPELINE_FRAME && both; i++) {
            said[at - BOTH_BEGIN + i] = near_frame[i];
            got[at - BOTH_BEGIN + i] = sent[i];
        }
        if (at >= BOTH_END + 3 * TALKER_RATE) {
            add(&later, sent);
            add(&second, sent);
        }
        if ((at + PIPELINE_FRAME) % TALKER_RATE == 0) {
            last = enhancement(&second);
            if (at >= BOTH_END + 3 * TALKER_RATE && last < worst)
                worst = last;
            second = (struct stretch){0};
        }
    }
    end_call();
    memset(played, 0, sizeof played);
    begin_call(at);
    for (uint32_t end = at + TALKER_RATE; at < end; at += PIPELINE_FRAME) {
        tick(at, true, false, sent);
        add(&again, sent);
    }

    printf("{\"first_second_erle_db\":%.1f,\"erle_db\":%.1f,\"double_talk_loss_db\":%.1f,\"later_erle_db\":%.1f,"
           "\"worst_second_erle_db\":%.1f,\"last_second_erle_db\":%.1f,\"second_call_erle_db\":%.1f,\"diverged\":%s",
           enhancement(&begin), enhancement(&first), -20 * log10(kept() + 1e-5), enhancement(&later), worst, last,
           enhancement(&again), worst < 10 ? "true" : "false");
    user(&at, false, "alone");
    user(&at, true, "interrupting");
    printf("}\n");
    echo_close(echo);
    return 0;
}
