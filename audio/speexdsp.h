/*
 * Whether a build has SpeexDSP: LINNET_SPEEXDSP is defined then, by the makefile of a host or here by the manifest in
 * port/speexdsp.
 */
#ifndef LINNET_SPEEXDSP_H
#define LINNET_SPEEXDSP_H

#ifdef ESP_PLATFORM
/* What the manifests define: a build without SpeexDSP after one with it is told so, and makes its users anew. */
#include "mc.defines.h"
#if MODDEF_AUDIO_ECHOCANCELLER
#define LINNET_SPEEXDSP
#endif
#endif

#endif
