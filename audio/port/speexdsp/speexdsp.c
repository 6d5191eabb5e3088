/*
 * SpeexDSP's echo canceller and residual echo suppression as one unit, so that its options need no build system of
 * their own. The sources are found beside SpeexDSP's arch.h; see manifest.json.
 */
#include "speexdsp_config.h"

#include <fftwrap.c>
#include <filterbank.c>
#include <mdf.c>
#include <preprocess.c>
