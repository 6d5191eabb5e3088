/*
 * Between the parts of the ESP32-S3's audio port: the I2S pair that is its clock (esp32s3_i2s.c), what JavaScript hears
 * of it (esp32s3_xs.c), and the task that ties them together (esp32s3.c). Its sockets (esp32s3_sockets.c) are the
 * engine's.
 */
#ifndef LINNET_AUDIO_PORT_ESP32S3_H
#define LINNET_AUDIO_PORT_ESP32S3_H

#include <stdbool.h>
#include <stdint.h>

#include "../frame.h"

#define AUDIO_RATE 8000
#define AUDIO_RATE_MOST 16000
#define AUDIO_TICK_MILLISECONDS 10

/* Cycles of ticks, in an image that is built with LINNET_METER to measure them; no other has any of this. */

struct audio_meter {
    uint32_t count;
    /* Of one tick, and of all. */
    uint32_t least;
    uint32_t most;
    uint64_t cycles;
};

/* Those since the last question. Between engine_start and engine_stop. */
struct audio_meter audio_port_take_meter(void);

/* I2S. */

struct audio_pins {
    int unit;
    /* GPIO numbers; -1: the codec needs no master clock. */
    int mclk;
    int bclk;
    int ws;
    int dout;
    int din;
    /* Master clock as a multiple of AUDIO_RATE; it stays as it is at the higher rate. */
    uint32_t multiple;
};

/* DMA frames each way: one is on its way while the other is handled. More would be delay in a call. */
#define AUDIO_DMA_FRAMES 2
/* Ticks from the one that makes a speaker frame to the one whose microphone frame has the first of its echo: the frame
 * is played while the next but one microphone frame is recorded; the converters' filters add less than a tick. */
#define AUDIO_ECHO_FRAMES AUDIO_DMA_FRAMES

/* Starts the clocks at AUDIO_RATE, which stop no more but while they turn: codecs need them. False when pins or memory
 * are refused. */
bool audio_i2s_open(const struct audio_pins *pins);
/* Turns the clocks to another rate, AUDIO_RATE or AUDIO_RATE_MOST; what is on its way to or from the codec is lost.
 * Gives the rate of all frames from now on, which is the one before where memory is refused, and the one wanted where
 * there is no I2S. From the audio task alone, as what follows. */
uint32_t audio_i2s_turn(uint32_t rate);
/* After a rest: forgets what was recorded meanwhile, so that the next read is the clock again, also where its clocks
 * stood still before. */
void audio_i2s_begin(void);
/* Waits for a microphone frame, at the rate that the clocks have. False at once where there is no I2S, after a while
 * when its clocks stand still. */
bool audio_i2s_read(int16_t microphone[PIPELINE_FRAME_MOST]);
/* The frame to play after the present one. */
void audio_i2s_write(const int16_t speaker[PIPELINE_FRAME_MOST]);

/* Events. */

/* What JavaScript hears of: the route in force in the low bits, whether anything sounds, whether I2S has the higher
 * rate, and whether the user is to hear himself. */
#define AUDIO_STATE_ACTIVE 4
#define AUDIO_STATE_WIDEBAND 8
#define AUDIO_STATE_SIDETONE 16

/* From the audio task. Never waits; a state that comes before the last was taken replaces it. False when it could not
 * be posted: to be told again. */
bool audio_events_tell(uint32_t state);
/* Nobody listens any more. */
void audio_events_stop(void);

#endif
