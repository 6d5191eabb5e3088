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

/* Samples a second of microphone and speaker, 8000, as at first, or 16000: for those that are opened from now on, and
 * before the clock is started. */
void audio_host_rate(uint32_t rate);
/* `silence`, `tone[:HZ]`, `wav:FILE`, `fd:N`, `queue:N` or `clock:N`; false and a message when refused, the microphone
 * then as it was. */
bool audio_host_microphone(const char *word, char error[AUDIO_HOST_ERROR]);
/* `null`, `wav:FILE` or `fd:N`. */
bool audio_host_speaker(const char *word, char error[AUDIO_HOST_ERROR]);
/* Whether the microphone is the clock, and how many samples it has come to; the mutex held. */
bool audio_host_simulated(uint32_t *samples);
/* The clock's thread does without real time from now on, where the system would grant it: of hundreds on one machine
 * each would be in the way of all that serves them. To be said before it is started. */
void audio_host_ordinary(void);
/* Address that RTP sockets are bound to from now on, first octet most significant; 0, as at first, is any. */
void audio_host_address(uint32_t address);

#endif
