/*
 * The FFT over real numbers; its internal header cannot be included twice in one unit.
 */
#include "speexdsp_config.h"

#include <kiss_fftr.c>
