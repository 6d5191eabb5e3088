/*
 * Streams, tones, mixing and the tick; see pipeline.h.
 */
#include "pipeline.h"
#include "gain.h"
#include "mix.h"

#include <stddef.h>
#include <string.h>

/* Rates in kHz. */
#define RATE_NARROW 8
#define RATE_WIDE 16

/* SCCP's call waiting, and ticks for which the ringer must be on before it sounds in a call: a call agent that signals
 * by itself, or takes the ring back because the call has been answered, does so meanwhile. */
#define TONE_WAITING 0x2D
#define BEEP_AFTER 20

uint32_t pipeline_size(void) {
    return sizeof(struct pipeline);
}

void pipeline_reset(struct pipeline *pipeline) {
    memset(pipeline, 0, sizeof *pipeline);
    memset(pipeline->volumes, GAIN_STEP_UNITY, sizeof pipeline->volumes);
    pipeline->rate = RATE_NARROW;
    limiter_reset(&pipeline->limiter);
    duplex_reset(&pipeline->duplex);
    pipeline->ringer.bell = tone_bell(0);
}

void pipeline_set_wideband(struct pipeline *pipeline, bool wideband) {
    pipeline->wideband = wideband;
}

static const struct codec *accepted(const struct pipeline *pipeline, uint32_t stream, uint32_t payload_type,
                                    uint32_t packet_time) {
    const struct codec *codec = stream < PIPELINE_STREAMS ? codec_in_packets(payload_type, packet_time) : NULL;

    return codec && (codec->samples == 1 || pipeline->wideband) ? codec : NULL;
}

bool pipeline_accepts(const struct pipeline *pipeline, uint32_t stream, uint32_t payload_type, uint32_t packet_time) {
    return accepted(pipeline, stream, payload_type, packet_time) != NULL;
}

bool pipeline_open_receive(struct pipeline *pipeline, uint32_t stream, uint32_t payload_type, uint32_t packet_time) {
    const struct codec *codec = accepted(pipeline, stream, payload_type, packet_time);

    if (!codec)
        return false;

    struct stream *to = &pipeline->streams[stream];

    packet_ring_clear(&to->received);
    to->hearing = (struct bridge){0};
    pipeline->across = true;
    receiver_open(&to->receiver, codec);
    memset(to->counters + STATISTIC_PACKETS_RECEIVED, 0,
           (STATISTIC_PAYLOAD_TYPE_RECEIVED - STATISTIC_PACKETS_RECEIVED) * sizeof *to->counters);
    memset(to->counters + STATISTIC_CONCEALED_SECONDS, 0,
           (STATISTIC_COUNT - STATISTIC_CONCEALED_SECONDS) * sizeof *to->counters);
    memset(&to->quality, 0, sizeof to->quality);
    to->counters[STATISTIC_PAYLOAD_TYPE_RECEIVED] = payload_type;
    to->counters[STATISTIC_PACKET_TIME_RECEIVED] = packet_time;
    return true;
}

void pipeline_close_receive(struct pipeline *pipeline, uint32_t stream) {
    if (stream < PIPELINE_STREAMS)
        pipeline->streams[stream].receiver.open = false;
}

/* Whether any stream is open, in either direction. */
static bool streaming(const struct pipeline *pipeline) {
    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++) {
        if (pipeline->streams[i].receiver.open || pipeline->streams[i].transmitter.open)
            return true;
    }
    return false;
}

/* Whether the ringer may sound: where no ear is, and beside nothing that the user listens to. */
static bool rings_aloud(const struct pipeline *pipeline) {
    if (pipeline->routed != ROUTE_SPEAKER)
        return pipeline->routed == ROUTE_NONE;
    return !streaming(pipeline) && !tone_playing(&pipeline->tone);
}

/* Volume that the ringer is to have. */
static int32_t ringer_gain(const struct pipeline *pipeline) {
    return pipeline->route == pipeline->routed && rings_aloud(pipeline) ? gain_of_step(pipeline->volumes[0]) : 0;
}

/* From now on the speaker is heard in the microphone, and nothing of what was before. On no other route: the canceller
 * takes as long over it as over many ticks. */
static void begin_speaker(struct pipeline *pipeline) {
    if (pipeline->echo)
        echo_begin(pipeline->echo);
    duplex_begin(&pipeline->duplex);
}

/* From now on there is another microphone, or another call. */
static void begin_refining(struct pipeline *pipeline) {
    pipeline->refines = (pipeline->denoise || pipeline->levels) &&
                        (pipeline->routed == ROUTE_HANDSET || pipeline->routed == ROUTE_HEADSET);
    if (pipeline->denoise)
        denoise_begin(pipeline->denoise);
    level_reset(&pipeline->level);
    bands_reset(&pipeline->bands);
}

/* Brings the route that was asked for into force. */
static void turn(struct pipeline *pipeline) {
    pipeline->routed = pipeline->route;
    pipeline->speaker_gain = 0;
    pipeline->ringer_gain = 0;
    if (pipeline->routed == ROUTE_SPEAKER && pipeline_transmitting(pipeline))
        begin_speaker(pipeline);
    begin_refining(pipeline);
}

/* Gain that the microphone is to have. */
static int32_t mic_gain(const struct pipeline *pipeline) {
    return pipeline->muted || pipeline->route != pipeline->routed || pipeline->route == ROUTE_NONE ? 0 : GAIN_UNITY;
}

bool pipeline_start_transmit(struct pipeline *pipeline, uint32_t stream, uint32_t payload_type, uint32_t packet_time,
                             const uint32_t seed[3]) {
    const struct codec *codec = accepted(pipeline, stream, payload_type, packet_time);

    if (!codec)
        return false;

    struct stream *to = &pipeline->streams[stream];

    if (!pipeline_transmitting(pipeline)) {
        pipeline->mic_gain = mic_gain(pipeline);
        if (pipeline->routed == ROUTE_SPEAKER)
            begin_speaker(pipeline);
        begin_refining(pipeline);
    }
    to->counters[STATISTIC_PACKETS_SENT] = 0;
    to->counters[STATISTIC_OCTETS_SENT] = 0;
    to->counters[STATISTIC_PAYLOAD_TYPE_SENT] = payload_type;
    to->counters[STATISTIC_PACKET_TIME_SENT] = packet_time;
    to->speaking = (struct bridge){0};
    pipeline->across = true;
    transmitter_open(&to->transmitter, codec, packet_time, seed);
    if (pipeline->reports)
        rtcp_start(&to->receiver.rtcp, seed);
    else
        to->receiver.rtcp.enabled = false;
    return true;
}

/* Puts a report into the ring, in which no packet is being filled; `bye`: the last one. */
static void report(struct stream *stream, bool bye) {
    const struct rtcp_sent sent = {
        .timestamp = transmitter_now(&stream->transmitter),
        .packets = stream->counters[STATISTIC_PACKETS_SENT],
        .octets = stream->counters[STATISTIC_OCTETS_SENT],
    };
    struct packet *packet = packet_ring_reserve(&stream->sent);

    if (!packet)
        return;
    packet->length =
        (uint16_t)rtcp_build(&stream->receiver.rtcp, &sent, &stream->receiver.admission.source, bye, packet->octets);
    packet_ring_publish(&stream->sent);
}

void pipeline_stop_transmit(struct pipeline *pipeline, uint32_t stream) {
    if (stream >= PIPELINE_STREAMS || !pipeline->streams[stream].transmitter.open)
        return;

    struct stream *of = &pipeline->streams[stream];

    /* RFC 3550 section 6.3.7: who has sent nothing takes no leave. A packet that was being filled is given up. */
    of->transmitter.open = false;
    if (of->receiver.rtcp.enabled && of->counters[STATISTIC_PACKETS_SENT] > 0)
        report(of, true);
}

void pipeline_set_reports(struct pipeline *pipeline, bool reports) {
    pipeline->reports = reports;
}

void pipeline_set_transmit(struct pipeline *pipeline, uint32_t stream, bool suppress, uint32_t event_type) {
    if (stream < PIPELINE_STREAMS)
        transmitter_set(&pipeline->streams[stream].transmitter, suppress, event_type);
}

bool pipeline_send_event(struct pipeline *pipeline, uint32_t stream, uint32_t event, uint32_t milliseconds) {
    return stream < PIPELINE_STREAMS && transmitter_event(&pipeline->streams[stream].transmitter, event, milliseconds);
}

void pipeline_set_peer(struct pipeline *pipeline, uint32_t stream, uint32_t address, uint32_t port) {
    if (stream < PIPELINE_STREAMS)
        receiver_set_peer(&pipeline->streams[stream].receiver, address, port);
}

bool pipeline_expects(struct pipeline *pipeline, uint32_t stream, const struct packet *packet) {
    struct stream *of = &pipeline->streams[stream];

    return receiver_expects(&of->receiver, packet, of->counters);
}

void pipeline_take(struct pipeline *pipeline, uint32_t stream) {
    struct stream *of = &pipeline->streams[stream];

    receiver_take(&of->receiver, &of->received, of->counters);
}

void pipeline_receive_events(struct pipeline *pipeline, uint32_t stream, uint32_t payload_type) {
    if (stream < PIPELINE_STREAMS)
        pipeline->streams[stream].receiver.events = (uint8_t)(payload_type < 128 ? payload_type : 0);
}

/* The tone of an SCCP id: a server's, the country's, or the US network's. */
static const struct tone *tone_of(const struct pipeline *pipeline, uint32_t id) {
    const struct tone *own = tone_of_set(&pipeline->tones, id);

    return own ? own : tone_by_id(pipeline->country, id);
}

bool pipeline_start_tone(struct pipeline *pipeline, uint32_t id, uint32_t direction) {
    const struct tone *tone = tone_of(pipeline, id);
    bool signal = tone_is_signal(id);

    if (direction != TONE_NETWORK)
        tone_play(&pipeline->tone, tone, false, signal);
    if (direction == TONE_NETWORK || direction == TONE_BOTH)
        tone_play(&pipeline->network, tone, false, signal);
    return tone || id == TONE_NONE || id == TONE_SILENCE;
}

void pipeline_stop_tone(struct pipeline *pipeline, bool cut) {
    /* Nothing carries it to the far end: it would wait there for the next call. */
    bool silent = cut || !pipeline_transmitting(pipeline);

    if (cut)
        tone_play(&pipeline->tone, NULL, false, false);
    else
        tone_stop(&pipeline->tone);
    if (silent)
        tone_play(&pipeline->network, NULL, false, false);
    else
        tone_stop(&pipeline->network);
}

uint32_t pipeline_ring(struct pipeline *pipeline, uint32_t mode, bool once) {
    /* It begins softly by itself. */
    if (!tone_playing(&pipeline->ringer)) {
        pipeline->ringer_gain = ringer_gain(pipeline);
        pipeline->ringing = 0;
    }
    tone_play(&pipeline->ringer, tone_by_ringer(mode), once, false);
    return once ? tone_ring_length(&pipeline->ringer, mode) : 0;
}

void pipeline_set_locale(struct pipeline *pipeline, uint32_t country) {
    pipeline->country = (uint16_t)(country <= UINT16_MAX ? country : 0);
}

bool pipeline_set_tones(struct pipeline *pipeline, const uint16_t *numbers, uint32_t count) {
    if (!tone_set_read(&pipeline->tones, numbers, count))
        return false;
    tone_set_renew(&pipeline->tones, &pipeline->tone);
    tone_set_renew(&pipeline->tones, &pipeline->network);
    tone_set_renew(&pipeline->tones, &pipeline->beep);
    return true;
}

void pipeline_key_tone(struct pipeline *pipeline, uint32_t event) {
    tone_play(&pipeline->key, tone_by_event(event), true, false);
}

void pipeline_set_bell(struct pipeline *pipeline, uint32_t bell) {
    pipeline->ringer.bell = tone_bell(bell);
    pipeline->ringer.codes = NULL;
}

bool pipeline_set_ring_file(struct pipeline *pipeline, const uint8_t *codes, uint32_t count) {
    if (!tone_file_fits(count))
        return false;
    pipeline->ringer.codes = codes;
    pipeline->ringer.codes_count = (uint16_t)count;
    pipeline->ringer.code = 0;
    return true;
}

void pipeline_drop_ring_file(struct pipeline *pipeline) {
    pipeline->ringer.codes = NULL;
}

const uint8_t *pipeline_ring_file(const struct pipeline *pipeline) {
    return pipeline->ringer.codes;
}

void pipeline_set_route(struct pipeline *pipeline, uint32_t route) {
    pipeline->route = (uint8_t)(route < ROUTE_COUNT ? route : ROUTE_NONE);
    /* Nothing sounds that could click. */
    if (!pipeline_active(pipeline))
        turn(pipeline);
}

void pipeline_set_mute(struct pipeline *pipeline, bool muted) {
    pipeline->muted = muted;
}

void pipeline_set_volume(struct pipeline *pipeline, uint32_t route, uint32_t step) {
    if (route < ROUTE_COUNT)
        pipeline->volumes[route] = (uint8_t)(step < GAIN_STEPS ? step : GAIN_STEPS - 1);
}

void pipeline_set_sidetone(struct pipeline *pipeline, uint32_t step) {
    pipeline->sidetone = step == 0 ? 0 : gain_of_step(step) / 16;
}

void pipeline_leave_sidetone(struct pipeline *pipeline, uint32_t routes) {
    pipeline->sidetone_left = (uint8_t)routes;
}

bool pipeline_has_sidetone(const struct pipeline *pipeline) {
    return pipeline->sidetone > 0 && pipeline->mic_gain > 0 && pipeline_transmitting(pipeline) &&
           (pipeline->routed == ROUTE_HANDSET || pipeline->routed == ROUTE_HEADSET);
}

void pipeline_set_half_duplex(struct pipeline *pipeline, bool half_duplex) {
    pipeline->half_duplex = half_duplex;
}

void pipeline_set_echo(struct pipeline *pipeline, struct echo *echo) {
    pipeline->echo = echo;
}

void pipeline_set_denoise(struct pipeline *pipeline, struct denoise *denoise) {
    if (denoise == pipeline->denoise)
        return;
    pipeline->denoise = denoise;
    begin_refining(pipeline);
}

void pipeline_set_level_control(struct pipeline *pipeline, bool levels) {
    if (levels == pipeline->levels)
        return;
    pipeline->levels = levels;
    begin_refining(pipeline);
}

uint32_t pipeline_routed(const struct pipeline *pipeline) {
    return pipeline->routed;
}

bool pipeline_transmitting(const struct pipeline *pipeline) {
    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++) {
        if (pipeline->streams[i].transmitter.open)
            return true;
    }
    return false;
}

bool pipeline_active(const struct pipeline *pipeline) {
    return streaming(pipeline) || tone_playing(&pipeline->tone) || tone_playing(&pipeline->key) ||
           tone_playing(&pipeline->ringer) || tone_playing(&pipeline->beep);
}

uint32_t pipeline_rate(const struct pipeline *pipeline) {
    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++) {
        const struct receiver *receiver = &pipeline->streams[i].receiver;
        const struct transmitter *transmitter = &pipeline->streams[i].transmitter;

        if ((receiver->open && receiver->codec->samples > 1) || (transmitter->open && transmitter->codec->samples > 1))
            return RATE_WIDE;
    }
    return RATE_NARROW;
}

void pipeline_set_rate(struct pipeline *pipeline, uint32_t rate) {
    uint8_t to = rate == RATE_WIDE ? RATE_WIDE : RATE_NARROW;

    if (to == pipeline->rate)
        return;
    pipeline->rate = to;
    pipeline->across = true;
    if (pipeline->denoise)
        denoise_begin(pipeline->denoise);
    bands_reset(&pipeline->bands);
}

/* Samples for each at 8 kHz. */
static uint32_t samples_of(const struct pipeline *pipeline) {
    return pipeline->rate / RATE_NARROW;
}

/* Adds a tone at its volume. */
static void play(struct mix *mix, struct tone_player *player, int32_t from, int32_t to) {
    int16_t *place = mix_place(mix);

    if (tone_frame(player, place, mix->count / PIPELINE_FRAME))
        mix_add(mix, place, from, to);
}

/* Takes the loudspeaker's echo out of a microphone frame. */
static __attribute__((noinline)) void cancel(struct pipeline *pipeline, const int16_t *mic, int16_t *own) {
    int16_t low[PIPELINE_FRAME], clean[PIPELINE_FRAME];

    if (pipeline->rate == RATE_NARROW) {
        echo_cancel(pipeline->echo, mic, own);
        return;
    }
    bands_part(&pipeline->bands, mic, low);
    echo_cancel(pipeline->echo, low, clean);
    bands_join(&pipeline->bands, mic, low, clean, own);
}

/* Tells the canceller what the loudspeaker plays. */
static __attribute__((noinline)) void overhear(struct pipeline *pipeline, const int16_t *speaker) {
    int16_t low[PIPELINE_FRAME];

    if (pipeline->rate != RATE_NARROW) {
        bands_play(&pipeline->bands, speaker, low);
        speaker = low;
    }
    echo_play(pipeline->echo, speaker);
}

/* Whether nothing open has another rate than the ticks, or has had it just now. */
static bool settled(const struct pipeline *pipeline) {
    const uint32_t samples = samples_of(pipeline);

    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++) {
        const struct stream *stream = &pipeline->streams[i];

        if ((stream->receiver.open && !bridge_idle(&stream->hearing, stream->receiver.samples, samples)) ||
            (stream->transmitter.open && !bridge_idle(&stream->speaking, stream->transmitter.codec->samples, samples)))
            return false;
    }
    return true;
}

/* Sends a frame by a codec of whatever rate. Apart, lest every tick makes room for it. */
static __attribute__((noinline)) void speak_across(struct stream *stream, const int16_t *frame, uint32_t samples) {
    int16_t place[PIPELINE_FRAME_MOST];

    frame = bridge_frame(&stream->speaking, frame, samples, stream->transmitter.codec->samples, place);
    transmitter_frame(&stream->transmitter, frame, &stream->sent, stream->counters);
}

/* Makes of the microphone what handset and headset send: with less noise, and nearer to one level, and then faded.
 * Apart like the above. */
static __attribute__((noinline)) void refine(struct pipeline *pipeline, const int16_t *mic, int16_t *refined,
                                             uint32_t samples, int32_t from, int32_t to) {
    const uint32_t count = PIPELINE_FRAME * samples;

    memcpy(refined, mic, count * sizeof *refined);
    /* They go on learning under mute. */
    if (pipeline->denoise)
        denoise_frame(pipeline->denoise, refined, samples);
    if (pipeline->levels)
        level_frame(&pipeline->level, refined, count);
    if (from != GAIN_UNITY || to != GAIN_UNITY)
        gain_apply(refined, count, from, to);
}

/* Sends the microphone: without the speaker's echo where there is a canceller or the two take turns, faded at mute and
 * changes of route, refined, and with the tone that is meant for the far end. Returns what was sent but for the latter
 * two: the user hears it as sidetone, which may not be late. `own`, `tone` and `refined` are room for a frame each. */
static const int16_t *send(struct pipeline *pipeline, const int16_t *mic, int16_t own[PIPELINE_FRAME_MOST],
                           int16_t tone[PIPELINE_FRAME_MOST], int16_t refined[PIPELINE_FRAME_MOST], uint32_t samples,
                           bool across) {
    static const int16_t silence[PIPELINE_FRAME_MOST];
    const uint32_t count = PIPELINE_FRAME * samples;
    int32_t from = pipeline->mic_gain, to = mic_gain(pipeline);
    const int16_t *heard = from == 0 && to == 0 ? silence : mic, *sent;

    if (pipeline->echo && pipeline->routed == ROUTE_SPEAKER) {
        /* It learns under mute, too. */
        cancel(pipeline, mic, own);
        if (heard == mic)
            heard = own;
    } else if (pipeline->half_duplex && pipeline->routed == ROUTE_SPEAKER && heard == mic) {
        memcpy(own, mic, count * sizeof *own);
        duplex_send(&pipeline->duplex, own, count);
        heard = own;
    }
    if (from != to) {
        if (heard == mic)
            memcpy(own, mic, count * sizeof *own);
        gain_apply(own, count, from, to);
        heard = own;
    }
    pipeline->mic_gain = to;
    sent = heard;
    if (pipeline->refines) {
        refine(pipeline, mic, refined, samples, from, to);
        sent = refined;
    }
    if (tone_playing(&pipeline->network) && tone_frame(&pipeline->network, tone, samples)) {
        for (uint32_t i = 0; i < count; i++)
            tone[i] = gain_saturate(tone[i] + sent[i]);
        sent = tone;
    }
    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++) {
        struct stream *stream = &pipeline->streams[i];

        if (!stream->transmitter.open)
            continue;
        if (across)
            speak_across(stream, sent, samples);
        else
            transmitter_frame(&stream->transmitter, sent, &stream->sent, stream->counters);
        if (stream->receiver.rtcp.enabled && rtcp_tick(&stream->receiver.rtcp) && stream->transmitter.filled == 0)
            report(stream, false);
    }
    return heard;
}

/* What a stream has to hear, made to the rate of the tick; null when it is silent. */
static __attribute__((noinline)) const int16_t *hear_across(struct stream *stream, const int16_t *frame,
                                                            uint32_t samples, struct mix *mix) {
    uint32_t from = stream->receiver.samples;

    return bridge_idle(&stream->hearing, from, samples)
               ? frame
               : bridge_frame(&stream->hearing, frame, from, samples, mix_place(mix));
}

/* What stands for the ringer where that may not sound, unless the call agent has a signal sound by itself. */
static void beep(struct pipeline *pipeline, struct mix *mix, int32_t from, int32_t to) {
    struct tone_player *ringer = &pipeline->ringer;
    bool signal = tone_playing(&pipeline->tone) && pipeline->tone.signal;

    if (!tone_playing(ringer) || rings_aloud(pipeline) || signal) {
        pipeline->ringing = 0;
        if (tone_playing(&pipeline->beep))
            tone_play(&pipeline->beep, NULL, false, false);
    } else if (pipeline->ringing <= BEEP_AFTER && pipeline->ringing++ == BEEP_AFTER)
        tone_play(&pipeline->beep, tone_of(pipeline, TONE_WAITING), ringer->change ? ringer->next_once : ringer->once,
                  false);
    if (tone_playing(&pipeline->beep))
        play(mix, &pipeline->beep, from, to);
}

/* A key is heard where the route is; of a phone at rest, which has none, as the ringer is. */
static void play_key(struct pipeline *pipeline, struct mix *mix, int32_t from, int32_t to) {
    if (pipeline->route == ROUTE_NONE && pipeline->routed == ROUTE_NONE)
        from = to = gain_of_step(pipeline->volumes[ROUTE_NONE]);
    play(mix, &pipeline->key, from, to);
}

/* Adds all that the route plays, then the ringer, each at its volume. */
static void sound(struct pipeline *pipeline, struct mix *mix, const int16_t *heard, uint32_t samples, bool across) {
    bool turning = pipeline->route != pipeline->routed;
    int32_t to = turning || pipeline->routed == ROUTE_NONE ? 0 : gain_of_step(pipeline->volumes[pipeline->routed]);
    int32_t from = pipeline->speaker_gain;

    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++) {
        struct stream *stream = &pipeline->streams[i];

        if (!stream->receiver.open)
            continue;

        const int16_t *frame = receiver_frame(&stream->receiver, &stream->received, stream->counters);

        if (across)
            frame = hear_across(stream, frame, samples, mix);
        if (frame)
            mix_add(mix, frame, from, to);
        quality_tick(&stream->quality, stream->counters);
    }
    if (tone_playing(&pipeline->tone))
        play(mix, &pipeline->tone, from, to);
    if (tone_playing(&pipeline->key))
        play_key(pipeline, mix, from, to);
    if (tone_playing(&pipeline->ringer) || tone_playing(&pipeline->beep))
        beep(pipeline, mix, from, to);
    pipeline->speaker_gain = to;

    to = pipeline->sidetone;
    if (turning || !heard || pipeline->routed == ROUTE_SPEAKER || (pipeline->sidetone_left >> pipeline->routed & 1))
        to = 0;
    if (heard && (to | pipeline->sidetone_gain) != 0)
        mix_add(mix, heard, pipeline->sidetone_gain, to);
    pipeline->sidetone_gain = to;

    if (!tone_playing(&pipeline->ringer))
        return;
    to = ringer_gain(pipeline);
    if ((to | pipeline->ringer_gain) != 0)
        play(mix, &pipeline->ringer, pipeline->ringer_gain, to);
    else
        tone_frame(&pipeline->ringer, NULL, samples);
    pipeline->ringer_gain = to;
}

/* The tick, with room for a mix and a microphone frame. Apart from those: what lies behind them on the stack takes more
 * instructions to reach. */
static __attribute__((noinline)) void tick(struct pipeline *pipeline, const int16_t *mic, int16_t *speaker,
                                           struct mix *mix, int16_t *own) {
    const int16_t *heard = NULL;
    const uint32_t samples = samples_of(pipeline);

    bool across = pipeline->across;

    if (across)
        pipeline->across = across = !settled(pipeline);
    if (pipeline->route != pipeline->routed && pipeline->speaker_gain == 0 &&
        (pipeline->ringer_gain == 0 || !tone_playing(&pipeline->ringer)) &&
        (pipeline->mic_gain == 0 || !pipeline_transmitting(pipeline)))
        turn(pipeline);
    if (pipeline_transmitting(pipeline))
        heard = send(pipeline, mic, own, mix->places[0], mix->places[1], samples, across);
    mix_begin(mix, &pipeline->limiter, speaker, PIPELINE_FRAME * samples);
    sound(pipeline, mix, heard, samples, across);
    mix_end(mix);
    if (pipeline->routed != ROUTE_SPEAKER)
        return;
    if (pipeline->echo)
        overhear(pipeline, speaker);
    else if (pipeline->half_duplex && heard)
        duplex_play(&pipeline->duplex, speaker, mix->count);
}

void pipeline_tick(struct pipeline *pipeline, const int16_t *mic, int16_t *speaker) {
    struct mix mix;
    _Alignas(4) int16_t own[PIPELINE_FRAME_MOST];

    tick(pipeline, mic, speaker, &mix, own);
}
