/*
 * Noise suppression for the microphone of handset and headset: steady noise of the room is turned down, in talk, too.
 * In a loudspeaker call that is the echo canceller's part. Like the canceller it is the build's choice, and has its
 * memory from the heap, once.
 */
#ifndef LINNET_DENOISE_H
#define LINNET_DENOISE_H

#include "frame.h"

#include <stdbool.h>
#include <stdint.h>

struct denoise;

/* Whether the build has it. */
bool denoise_built(void);

/* Makes one for frames at 8 kHz and, with `wideband`, at 16 kHz. Null when the build has none or memory is out. */
struct denoise *denoise_open(bool wideband);
void denoise_close(struct denoise *denoise);

/* Another call, or another microphone: nothing of the sound before is heard. What is known of its noise stays. */
void denoise_begin(struct denoise *denoise);

/* Takes the noise out of a frame, which comes back 10 ms late. `samples`: for each at 8 kHz, 1 or, if it was opened for
 * that, 2. */
void denoise_frame(struct denoise *denoise, int16_t *frame, uint32_t samples);

#endif
