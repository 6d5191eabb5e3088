/*
 * The audio of a phone as its JavaScript calls it, on any body: the pipeline, the channels of its streams, and the
 * order of things between them. All of it is static; a port (port.h) brings clock, lock and sockets. Functions are
 * called from the XS task; the lock sees to it that none of them meets a tick half way.
 */
#ifndef LINNET_ENGINE_H
#define LINNET_ENGINE_H

#include "frame.h"

#include <stdbool.h>
#include <stdint.h>

/* Makes all silent and closed and starts the port's clock, which sleeps while there is nothing to play or send. False
 * when the port cannot start. */
bool engine_start(void);
/* Stops the clock, closes all. */
void engine_stop(void);

/* Whether the body's converters can have 16 kHz: codecs of such sound are refused where not. As at first, and to be
 * said before anything is opened. */
void engine_set_wideband(bool wideband);

/* The calls of interface Audio in hal/hardware.ts, one each. Addresses: first octet most significant. */
uint16_t engine_open_receive(uint32_t stream, uint32_t payload_type, uint32_t packet_time);
bool engine_open_multicast(uint32_t stream, uint32_t address, uint32_t port, uint32_t payload_type,
                           uint32_t packet_time);
void engine_close_receive(uint32_t stream);
void engine_receive_events(uint32_t stream, uint32_t payload_type);
bool engine_start_transmit(uint32_t stream, uint32_t address, uint32_t port, uint32_t payload_type,
                           uint32_t packet_time, uint32_t tos);
void engine_stop_transmit(uint32_t stream);
void engine_set_transmit(uint32_t stream, bool suppress, uint32_t event_type);
bool engine_send_event(uint32_t stream, uint32_t event, uint32_t milliseconds);
/* Streams opened from now on send and read RTCP reports, if the body can; off at first. */
void engine_set_reports(bool reports);
bool engine_start_tone(uint32_t id, uint32_t direction);
void engine_stop_tone(bool cut);
uint32_t engine_ring(uint32_t mode, bool once);
void engine_set_locale(uint32_t country);
bool engine_set_tones(const uint16_t *numbers, uint32_t count);
void engine_key_tone(uint32_t event);
void engine_set_bell(uint32_t bell);
/* A ring file as it arrives: begin, the octets in order, end. The file of before goes on ringing meanwhile where the
 * body has memory for a second one, and then begin is true; else the bell rings until end has been true. A file that
 * is never ended rings no more than one that has not come. */
bool engine_begin_ring(void);
/* Copies as many of them as there is room for, TONE_FILE_MOST in all, and gives their number: a longer file is cut
 * there. None where no file has begun, or there is no memory at all. */
uint32_t engine_ring_data(const uint8_t *codes, uint32_t count);
/* Rings with what has come since begin, its last tick filled up with silence; false, and nothing changes, when that is
 * nothing. */
bool engine_end_ring(void);
void engine_set_route(uint32_t route);
void engine_set_mute(bool muted);
void engine_set_volume(uint32_t route, uint32_t step);
/* Copies at most `count` counters; a stream that does not exist has only zeros. */
void engine_statistics(uint32_t stream, uint32_t *counters, uint32_t count);

/* Has an echo canceller work on the speaker route until the engine is stopped, of a delay as echo_open takes it. False
 * when the build has none. */
bool engine_cancel_echo(uint32_t delay);
/* Whether the build has noise suppression. */
bool engine_can_denoise(void);
/* What handset and headset send with less noise, and nearer to one level; both are off when the engine starts. */
void engine_set_noise_suppression(bool on);
void engine_set_level_control(bool on);
/* Ticks up to now; they stand still while nothing is to be played or sent. */
uint32_t engine_ticks(void);
/* Which directions of a stream are open: bit 0 receiving, bit 1 sending. */
uint32_t engine_directions(uint32_t stream);

/* Leaves sidetone on these routes to the body; see pipeline_leave_sidetone. */
void engine_leave_sidetone(uint32_t routes);

/* For the port's clock, under the port's lock. */

/* Whether ticks are needed at all. */
bool engine_active(void);
/* Whether microphone sound is asked for. */
bool engine_transmitting(void);
/* Whether the user is to hear himself: of use where his body does it instead of the pipeline. */
bool engine_has_sidetone(void);
/* The route in force: a port turns its hardware when this has changed. */
uint32_t engine_routed(void);
/* Rate in kHz that sound is best at now, 8 or 16: a port whose converters can do both turns them when this has
 * changed. */
uint32_t engine_rate(void);
/* The rate that the frames of ticks have from now on, 10 samples for each kHz; 8 when the engine starts. A port may
 * follow engine_rate late. */
void engine_set_rate(uint32_t rate);
/* 10 ms, while active: takes what has come, gives a speaker frame for the microphone's, sends what is due. */
void engine_tick(const int16_t *mic, int16_t *speaker);

#endif
