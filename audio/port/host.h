/*
 * What the host body sets up before the phone starts: where sound comes from and goes to, and the address of its
 * sockets.
 */
#ifndef LINNET_AUDIO_HOST_H
#define LINNET_AUDIO_HOST_H

#include <stdbool.h>
#include <stdint.h>

/* Room for a message that says what is wrong. */
#define AUDIO_HOST_ERROR 256

/* `silence`, `tone[:HZ]`, `wav:FILE`, `fd:N` or `queue:N`; false and a message when refused, the microphone then as it
 * was. */
bool audio_host_microphone(const char *word, char error[AUDIO_HOST_ERROR]);
/* `null`, `wav:FILE` or `fd:N`. */
bool audio_host_speaker(const char *word, char error[AUDIO_HOST_ERROR]);
/* Address that RTP sockets are bound to from now on, first octet most significant; 0, as at first, is any. */
void audio_host_address(uint32_t address);
/* Has an echo canceller work on the speaker route, from now until the port is stopped. `delay`: frames of 10 ms from
 * what the speaker is given to its echo in the microphone. False when the build has none. */
bool audio_host_echo(uint32_t delay);
/* Ticks up to now; they stand still while nothing is to be played or sent. */
uint32_t audio_host_ticks(void);
/* Whether a direction of a stream is open: bit 0 receiving, bit 1 sending. */
uint32_t audio_host_open(uint32_t stream);

#endif
