/*
 * G.711 and concealment of Debian's libspandsp, loaded at run time because its functions bear the same names as ours.
 */
#ifndef LINNET_TEST_SPANDSP_H
#define LINNET_TEST_SPANDSP_H

#include "frame.h"

#include <stdbool.h>
#include <stdint.h>

/* Loads the library and makes a mu-law encoder and decoder; false and a line on stderr when that fails. */
bool codec_open(void);
/* Encodes a frame and decodes it again. */
void codec_frame(const int16_t samples[PIPELINE_FRAME], int16_t decoded[PIPELINE_FRAME]);

/* Loads the library and forgets what was heard; false and a line on stderr when that fails. */
bool concealment_open(void);
/* Sound that came, whose beginning is mended after a gap. */
void concealment_hear(int16_t *samples, uint32_t count);
/* Makes what did not come. */
void concealment_fill(int16_t *samples, uint32_t count);

#endif
