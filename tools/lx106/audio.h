/*
 * What the loop of the emulated Xtensa calls: the tick runs between two rounds of it, because there is no other task.
 */
#ifndef LINNET_LX106_AUDIO_H
#define LINNET_LX106_AUDIO_H

#include <stdbool.h>
#include <stdint.h>

/* Whether a tick is due by a clock of hundredths of a second; ticks missed are made up for, but not after a stall. */
bool audio_due(int64_t now);
/* Takes packets in, calls the tick, sends packets out. */
void audio_tick(void);

#endif
