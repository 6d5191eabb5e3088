/*
 * What a body's port offers to the XS binding: the clock, the sockets, the microphone and the speaker around one static
 * pipeline. Functions are called from the XS task; the port sees to it that none of them meets a tick half way.
 */
#ifndef LINNET_AUDIO_PORT_H
#define LINNET_AUDIO_PORT_H

#include <stdbool.h>
#include <stdint.h>

/* Makes the pipeline ready and starts the port's task, which sleeps while there is nothing to play or send. */
bool audio_port_start(void);

/* Ends the task, closes sockets and files. */
void audio_port_stop(void);

/* The calls of interface Audio in hal/hardware.ts, one each. Addresses: first octet most significant. */
uint16_t audio_port_open_receive(uint32_t stream, uint32_t payload_type, uint32_t packet_time);
bool audio_port_open_multicast(uint32_t stream, uint32_t address, uint32_t port, uint32_t payload_type,
                               uint32_t packet_time);
void audio_port_close_receive(uint32_t stream);
void audio_port_receive_events(uint32_t stream, uint32_t payload_type);
bool audio_port_start_transmit(uint32_t stream, uint32_t address, uint32_t port, uint32_t payload_type,
                               uint32_t packet_time, uint32_t tos);
void audio_port_stop_transmit(uint32_t stream);
void audio_port_set_transmit(uint32_t stream, bool suppress, uint32_t event_type);
bool audio_port_send_event(uint32_t stream, uint32_t event, uint32_t milliseconds);
/* Streams opened from now on send and read RTCP reports on the port above their own; off at first. */
void audio_port_set_reports(bool reports);
void audio_port_start_tone(uint32_t id, uint32_t direction);
void audio_port_stop_tone(void);
void audio_port_ring(uint32_t mode, bool once);
void audio_port_set_locale(uint32_t locale);
void audio_port_key_tone(uint32_t event);
void audio_port_set_bell(uint32_t bell);
/* Copies the file; false when it is none (tone_file_fits). */
bool audio_port_set_ring_file(const uint8_t *codes, uint32_t count);
void audio_port_set_route(uint32_t route);
void audio_port_set_mute(bool muted);
void audio_port_set_volume(uint32_t route, uint32_t step);
/* Copies at most `count` counters; a stream that does not exist has only zeros. */
void audio_port_statistics(uint32_t stream, uint32_t *counters, uint32_t count);

#endif
