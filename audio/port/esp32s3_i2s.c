/*
 * One full-duplex I2S pair of the ESP32-S3 as the clock of the pipeline: DMA frames of 10 ms each way, 16 bits, both
 * slots. 8 kHz as it is on the wire: all codecs of the boards can do it, and nothing needs to be converted. The
 * microphone is in the left slot; the speaker gets both.
 */
#include "esp32s3.h"

#include <string.h>

#include "driver/i2s_std.h"

#define SLOTS 2
/* Milliseconds that a frame may be late, and how many in turn before the clocks count as stopped. */
#define FRAME_TIMEOUT (2 * AUDIO_TICK_MILLISECONDS)
#define MISSED_MOST 5

static i2s_chan_handle_t playing;
static i2s_chan_handle_t recording;
static uint32_t missed;

static gpio_num_t pin(int number) {
    return number < 0 ? I2S_GPIO_UNUSED : (gpio_num_t)number;
}

static bool start(const struct audio_pins *pins) {
    i2s_std_config_t standard = {
        .clk_cfg = I2S_STD_CLK_DEFAULT_CONFIG(AUDIO_RATE),
        .slot_cfg = I2S_STD_PHILIPS_SLOT_DEFAULT_CONFIG(I2S_DATA_BIT_WIDTH_16BIT, I2S_SLOT_MODE_STEREO),
        .gpio_cfg = {.mclk = pin(pins->mclk),
                     .bclk = pin(pins->bclk),
                     .ws = pin(pins->ws),
                     .dout = pin(pins->dout),
                     .din = pin(pins->din)},
    };

    standard.clk_cfg.mclk_multiple = (i2s_mclk_multiple_t)pins->multiple;
    /* The player first: it has the clocks, and its frames then end just before those of the recorder. */
    return i2s_channel_init_std_mode(playing, &standard) == ESP_OK &&
           i2s_channel_init_std_mode(recording, &standard) == ESP_OK && i2s_channel_enable(playing) == ESP_OK &&
           i2s_channel_enable(recording) == ESP_OK;
}

bool audio_i2s_open(const struct audio_pins *pins) {
    i2s_chan_config_t config = I2S_CHANNEL_DEFAULT_CONFIG(pins->unit, I2S_ROLE_MASTER);

    if (playing)
        return false;
    config.dma_desc_num = AUDIO_DMA_FRAMES;
    config.dma_frame_num = PIPELINE_FRAME;
    /* A frame that nobody has written is silence. */
    config.auto_clear_after_cb = true;
    if (i2s_new_channel(&config, &playing, &recording) != ESP_OK) {
        playing = recording = NULL;
        return false;
    }
    if (start(pins))
        return true;
    /* What was never enabled says so when it is disabled: no harm. */
    i2s_channel_disable(recording);
    i2s_channel_disable(playing);
    i2s_del_channel(recording);
    i2s_del_channel(playing);
    playing = recording = NULL;
    return false;
}

/* Stereo as it lies in DMA frames; only the audio task comes here. */
static int16_t slots[PIPELINE_FRAME][SLOTS];

void audio_i2s_begin(void) {
    size_t size;

    if (!playing)
        return;
    /* Clocks that stood still may run again. */
    missed = 0;
    while (i2s_channel_read(recording, slots, sizeof slots, &size, 0) == ESP_OK && size == sizeof slots)
        continue;
    /* The same count of free frames to play: from now on one is freed for each that is recorded. */
    memset(slots, 0, sizeof slots);
    while (i2s_channel_write(playing, slots, sizeof slots, &size, 0) == ESP_OK && size == sizeof slots)
        continue;
}

bool audio_i2s_read(int16_t microphone[PIPELINE_FRAME]) {
    size_t size = 0;
    uint32_t i;

    if (!playing || missed == MISSED_MOST)
        return false;
    if (i2s_channel_read(recording, slots, sizeof slots, &size, FRAME_TIMEOUT) != ESP_OK || size != sizeof slots) {
        missed++;
        return false;
    }
    missed = 0;
    for (i = 0; i < PIPELINE_FRAME; i++)
        microphone[i] = slots[i][0];
    return true;
}

void audio_i2s_write(const int16_t speaker[PIPELINE_FRAME]) {
    size_t size;
    uint32_t i;

    if (!playing || missed)
        return;
    for (i = 0; i < PIPELINE_FRAME; i++)
        slots[i][0] = slots[i][1] = speaker[i];
    i2s_channel_write(playing, slots, sizeof slots, &size, FRAME_TIMEOUT);
}
