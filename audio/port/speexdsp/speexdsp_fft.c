/*
 * The FFT over complex numbers that speexdsp.c rests on.
 */
#include "speexdsp_config.h"

#include <kiss_fft.c>
