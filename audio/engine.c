/*
 * The engine; see engine.h.
 */
#include "engine.h"
#include "channel.h"
#include "pipeline.h"
#include "port.h"

#include <stddef.h>
#include <string.h>

/* Octets of a ring file that is not arriving, or is none. */
#define RING_NONE UINT32_MAX

static struct {
    bool running;
    bool wideband;
    uint32_t ticks;
    /* Counts the RTP ports tried. */
    uint32_t next_port;
    struct pipeline pipeline;
    /* Closed while neither direction is open. */
    struct channel channels[PIPELINE_STREAMS];
    /* The pipeline plays a ring file from the one and the next arrives in the other, TONE_FILE_MOST octets each, taken
     * once; null where memory is out, the second also where the body has none to spare. */
    uint8_t *ring_files[2];
    /* Which of them arrives, and its octets so far; RING_NONE while none does. */
    uint32_t ring_place;
    uint32_t ring_octets;
    /* Null until noise suppression has been asked for. */
    struct denoise *denoise;
} engine;

static struct pipeline *const pipeline = &engine.pipeline;

/* Wakes the clock when the pipeline has something to do again. */
static void unlock_and_wake(void) {
    bool active = pipeline_active(pipeline);

    audio_port_unlock();
    if (active)
        audio_port_wake();
}

static struct stream *stream_of(uint32_t stream) {
    return &pipeline->streams[stream];
}

void engine_set_wideband(bool wideband) {
    engine.wideband = wideband;
}

bool engine_start(void) {
    if (engine.running)
        return true;
    if (!audio_port_random(&engine.next_port, 1))
        return false;
    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++)
        channel_reset(&engine.channels[i]);
    pipeline_reset(pipeline);
    pipeline_set_wideband(pipeline, engine.wideband);
    pipeline_set_sidetone(pipeline, audio_body.sidetone);
    /* Where an image has no canceller, or memory is out, the two take turns. */
    if (audio_body.echo > 0)
        pipeline_set_echo(pipeline, echo_open(audio_body.echo));
    pipeline_set_half_duplex(pipeline, audio_body.echo > 0);
    if (!engine.ring_files[0]) {
        engine.ring_files[0] = audio_port_memory(TONE_FILE_MOST);
        engine.ring_files[1] = audio_port_spare_memory(TONE_FILE_MOST);
    }
    engine.ring_octets = RING_NONE;
    engine.running = audio_port_start();
    if (!engine.running) {
        echo_close(pipeline->echo);
        pipeline_set_echo(pipeline, NULL);
    }
    return engine.running;
}

void engine_stop(void) {
    struct echo *echo;

    if (!engine.running)
        return;
    audio_port_stop();
    audio_port_lock();
    echo = pipeline->echo;
    pipeline_reset(pipeline);
    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++)
        channel_close(&engine.channels[i]);
    engine.running = false;
    audio_port_unlock();
    echo_close(echo);
    denoise_close(engine.denoise);
    engine.denoise = NULL;
}

/* The sockets go when neither direction needs them. */
static void close_unused(uint32_t stream) {
    if (!stream_of(stream)->receiver.open && !stream_of(stream)->transmitter.open)
        channel_close(&engine.channels[stream]);
}

uint16_t engine_open_receive(uint32_t stream, uint32_t payload_type, uint32_t packet_time) {
    uint16_t port = 0;

    if (!pipeline_accepts(pipeline, stream, payload_type, packet_time))
        return 0;
    audio_port_lock();
    if (channel_open(&engine.channels[stream], &engine.next_port, pipeline->reports)) {
        /* What came before the stream was opened is none of its sound. */
        channel_flush(&engine.channels[stream]);
        pipeline_open_receive(pipeline, stream, payload_type, packet_time);
        port = engine.channels[stream].port;
    }
    unlock_and_wake();
    return port;
}

bool engine_open_multicast(uint32_t stream, uint32_t address, uint32_t port, uint32_t payload_type,
                           uint32_t packet_time) {
    bool opened = false;

    if (!pipeline_accepts(pipeline, stream, payload_type, packet_time) || (address >> 28 != 14 && address != 0) ||
        port == 0 || port > UINT16_MAX)
        return false;
    audio_port_lock();
    /* The socket of a stream that is open belongs to its call. */
    if (engine.channels[stream].socket < 0 && channel_join(&engine.channels[stream], address, (uint16_t)port))
        opened = pipeline_open_receive(pipeline, stream, payload_type, packet_time);
    unlock_and_wake();
    return opened;
}

void engine_close_receive(uint32_t stream) {
    if (stream >= PIPELINE_STREAMS)
        return;
    audio_port_lock();
    pipeline_close_receive(pipeline, stream);
    close_unused(stream);
    audio_port_unlock();
}

/* What is sent at the end still goes to whom it went to before. */
static void stop_transmit(uint32_t stream) {
    pipeline_stop_transmit(pipeline, stream);
    channel_send(&engine.channels[stream], &stream_of(stream)->sent);
    pipeline_set_peer(pipeline, stream, 0, 0);
}

bool engine_start_transmit(uint32_t stream, uint32_t address, uint32_t port, uint32_t payload_type,
                           uint32_t packet_time, uint32_t tos) {
    bool started = false;
    uint32_t seed[3];

    if (!pipeline_accepts(pipeline, stream, payload_type, packet_time) || address == 0 || port == 0 ||
        port > UINT16_MAX || !audio_port_random(seed, sizeof seed / sizeof *seed))
        return false;
    audio_port_lock();
    if (channel_open(&engine.channels[stream], &engine.next_port, pipeline->reports)) {
        stop_transmit(stream);
        channel_aim(&engine.channels[stream], address, (uint16_t)port, (uint8_t)tos);
        started = pipeline_start_transmit(pipeline, stream, payload_type, packet_time, seed);
        /* From a group nothing comes: whoever sends meanwhile is not bound to its address. */
        pipeline_set_peer(pipeline, stream, address >> 28 == 14 ? 0 : address, port);
    }
    unlock_and_wake();
    return started;
}

void engine_stop_transmit(uint32_t stream) {
    if (stream >= PIPELINE_STREAMS)
        return;
    audio_port_lock();
    stop_transmit(stream);
    close_unused(stream);
    audio_port_unlock();
}

void engine_receive_events(uint32_t stream, uint32_t payload_type) {
    audio_port_lock();
    pipeline_receive_events(pipeline, stream, payload_type);
    audio_port_unlock();
}

void engine_set_transmit(uint32_t stream, bool suppress, uint32_t event_type) {
    audio_port_lock();
    pipeline_set_transmit(pipeline, stream, suppress, event_type);
    audio_port_unlock();
}

bool engine_send_event(uint32_t stream, uint32_t event, uint32_t milliseconds) {
    audio_port_lock();
    bool queued = pipeline_send_event(pipeline, stream, event, milliseconds);
    audio_port_unlock();
    return queued;
}

void engine_set_reports(bool reports) {
    audio_port_lock();
    pipeline_set_reports(pipeline, reports && audio_body.reports);
    audio_port_unlock();
}

bool engine_start_tone(uint32_t id, uint32_t direction) {
    audio_port_lock();
    bool known = pipeline_start_tone(pipeline, id, direction);
    unlock_and_wake();
    return known;
}

void engine_stop_tone(bool cut) {
    audio_port_lock();
    pipeline_stop_tone(pipeline, cut);
    audio_port_unlock();
}

uint32_t engine_ring(uint32_t mode, bool once) {
    audio_port_lock();
    uint32_t length = pipeline_ring(pipeline, mode, once);
    unlock_and_wake();
    return length;
}

void engine_set_locale(uint32_t country) {
    audio_port_lock();
    pipeline_set_locale(pipeline, country);
    audio_port_unlock();
}

bool engine_set_tones(const uint16_t *numbers, uint32_t count) {
    audio_port_lock();
    bool taken = pipeline_set_tones(pipeline, numbers, count);
    audio_port_unlock();
    return taken;
}

void engine_key_tone(uint32_t event) {
    audio_port_lock();
    pipeline_key_tone(pipeline, event);
    unlock_and_wake();
}

void engine_set_bell(uint32_t bell) {
    audio_port_lock();
    pipeline_set_bell(pipeline, bell);
    audio_port_unlock();
}

bool engine_begin_ring(void) {
    bool goes_on = true;

    engine.ring_octets = 0;
    audio_port_lock();
    if (engine.ring_files[1])
        engine.ring_place = pipeline_ring_file(pipeline) == engine.ring_files[0];
    else if (pipeline_ring_file(pipeline)) {
        pipeline_drop_ring_file(pipeline);
        goes_on = false;
    }
    audio_port_unlock();
    return goes_on;
}

/* Without the lock, as no tick reads what has not been ended. */
uint32_t engine_ring_data(const uint8_t *codes, uint32_t count) {
    uint8_t *file = engine.ring_files[engine.ring_place];
    uint32_t room = !file || engine.ring_octets == RING_NONE ? 0 : TONE_FILE_MOST - engine.ring_octets;

    if (count > room)
        count = room;
    if (count > 0) {
        memcpy(file + engine.ring_octets, codes, count);
        engine.ring_octets += count;
    }
    return count;
}

bool engine_end_ring(void) {
    uint8_t *file = engine.ring_files[engine.ring_place];
    uint32_t octets = engine.ring_octets;

    engine.ring_octets = RING_NONE;
    if (!file || octets == RING_NONE)
        return false;
    while (octets % PIPELINE_FRAME > 0)
        file[octets++] = TONE_FILE_SILENCE;
    if (!tone_file_fits(octets))
        return false;
    audio_port_lock();
    pipeline_set_ring_file(pipeline, file, octets);
    audio_port_unlock();
    return true;
}

void engine_set_route(uint32_t route) {
    audio_port_lock();
    pipeline_set_route(pipeline, route);
    audio_port_unlock();
}

void engine_set_mute(bool muted) {
    audio_port_lock();
    pipeline_set_mute(pipeline, muted);
    audio_port_unlock();
}

void engine_set_volume(uint32_t route, uint32_t step) {
    audio_port_lock();
    pipeline_set_volume(pipeline, route, step);
    audio_port_unlock();
}

void engine_statistics(uint32_t stream, uint32_t *counters, uint32_t count) {
    audio_port_lock();
    for (uint32_t i = 0; i < count; i++)
        counters[i] = stream < PIPELINE_STREAMS && i < STATISTIC_COUNT ? stream_of(stream)->counters[i] : 0;
    audio_port_unlock();
}

bool engine_cancel_echo(uint32_t delay) {
    struct echo *echo = echo_open(delay), *before;

    if (!echo)
        return false;
    audio_port_lock();
    before = pipeline->echo;
    pipeline_set_echo(pipeline, echo);
    audio_port_unlock();
    echo_close(before);
    return true;
}

bool engine_can_denoise(void) {
    return denoise_built();
}

void engine_set_noise_suppression(bool on) {
    if (!engine.running)
        return;
    /* Memory once it is asked for, and no more than once: without any left, all stays as it is. */
    if (on && !engine.denoise)
        engine.denoise = denoise_open(engine.wideband);
    audio_port_lock();
    pipeline_set_denoise(pipeline, on ? engine.denoise : NULL);
    audio_port_unlock();
}

void engine_set_level_control(bool on) {
    audio_port_lock();
    pipeline_set_level_control(pipeline, on);
    audio_port_unlock();
}

void engine_leave_sidetone(uint32_t routes) {
    audio_port_lock();
    pipeline_leave_sidetone(pipeline, routes);
    audio_port_unlock();
}

bool engine_has_sidetone(void) {
    return pipeline_has_sidetone(pipeline);
}

uint32_t engine_ticks(void) {
    audio_port_lock();
    uint32_t ticks = engine.ticks;
    audio_port_unlock();
    return ticks;
}

uint32_t engine_directions(uint32_t stream) {
    uint32_t open = 0;

    if (stream >= PIPELINE_STREAMS)
        return 0;
    audio_port_lock();
    open = stream_of(stream)->receiver.open | stream_of(stream)->transmitter.open << 1;
    audio_port_unlock();
    return open;
}

bool engine_active(void) {
    return pipeline_active(pipeline);
}

bool engine_transmitting(void) {
    return pipeline_transmitting(pipeline);
}

uint32_t engine_routed(void) {
    return pipeline_routed(pipeline);
}

static bool expects(void *context, const struct packet *packet) {
    return pipeline_expects(pipeline, *(const uint32_t *)context, packet);
}

/* Takes all that has come for a stream, however much more than its ring holds: after the network has stood still it is
 * a whole burst. */
static void receive(uint32_t stream) {
    struct channel_receiving receiving = channel_begin_receiving();

    while (channel_receive(&engine.channels[stream], &receiving, expects, &stream, &stream_of(stream)->received))
        pipeline_take(pipeline, stream);
}

uint32_t engine_rate(void) {
    return pipeline_rate(pipeline);
}

void engine_set_rate(uint32_t rate) {
    pipeline_set_rate(pipeline, rate);
}

void engine_tick(const int16_t *mic, int16_t *speaker) {
    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++) {
        if (stream_of(i)->receiver.open)
            receive(i);
        else if (engine.channels[i].socket >= 0)
            channel_flush(&engine.channels[i]); /* nobody is to hear it later */
    }
#ifdef LINNET_METER
    audio_port_tick_begins();
#endif
    pipeline_tick(pipeline, mic, speaker);
#ifdef LINNET_METER
    audio_port_tick_ends();
#endif
    for (uint32_t i = 0; i < PIPELINE_STREAMS; i++)
        channel_send(&engine.channels[i], &stream_of(i)->sent);
    engine.ticks++;
}
