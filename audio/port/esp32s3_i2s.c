/*
 * One full-duplex I2S pair of the ESP32-S3 as the clock of the pipeline: DMA frames of 10 ms each way, 16 bits, both
 * slots. 8 or 16 kHz as it is on the wire: all codecs of the boards can do it, and nothing needs to be converted. The
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
static struct audio_pins wired;
/* 0 before it was opened. */
static uint32_t rate;
static uint32_t missed;

static uint32_t frame(void) {
    return rate / 1000 * AUDIO_TICK_MILLISECONDS;
}

static gpio_num_t pin(int number) {
    return number < 0 ? I2S_GPIO_UNUSED : (gpio_num_t)number;
}

static bool start(void) {
    i2s_std_config_t standard = {
        .clk_cfg = I2S_STD_CLK_DEFAULT_CONFIG(rate),
        .slot_cfg = I2S_STD_PHILIPS_SLOT_DEFAULT_CONFIG(I2S_DATA_BIT_WIDTH_16BIT, I2S_SLOT_MODE_STEREO),
        .gpio_cfg = {.mclk = pin(wired.mclk),
                     .bclk = pin(wired.bclk),
                     .ws = pin(wired.ws),
                     .dout = pin(wired.dout),
                     .din = pin(wired.din)},
    };

    standard.clk_cfg.mclk_multiple = (i2s_mclk_multiple_t)(wired.multiple * AUDIO_RATE / rate);
    /* The player first: it has the clocks, and its frames then end just before those of the recorder. */
    return i2s_channel_init_std_mode(playing, &standard) == ESP_OK &&
           i2s_channel_init_std_mode(recording, &standard) == ESP_OK && i2s_channel_enable(playing) == ESP_OK &&
           i2s_channel_enable(recording) == ESP_OK;
}

static void close_pair(void) {
    /* What was never enabled says so when it is disabled: no harm. */
    i2s_channel_disable(recording);
    i2s_channel_disable(playing);
    i2s_del_channel(recording);
    i2s_del_channel(playing);
    playing = recording = NULL;
}

static bool open_pair(void) {
    i2s_chan_config_t config = I2S_CHANNEL_DEFAULT_CONFIG(wired.unit, I2S_ROLE_MASTER);

    config.dma_desc_num = AUDIO_DMA_FRAMES;
    config.dma_frame_num = frame();
    /* A frame that nobody has written is silence. */
    config.auto_clear_after_cb = true;
    if (i2s_new_channel(&config, &playing, &recording) != ESP_OK) {
        playing = recording = NULL;
        return false;
    }
    if (start())
        return true;
    close_pair();
    return false;
}

bool audio_i2s_open(const struct audio_pins *pins) {
    if (playing)
        return false;
    wired = *pins;
    rate = AUDIO_RATE;
    if (open_pair())
        return true;
    rate = 0;
    return false;
}

/* Stereo as it lies in DMA frames; only the audio task comes here. */
static int16_t slots[PIPELINE_FRAME_MOST][SLOTS];

static size_t frame_size(void) {
    return frame() * sizeof *slots;
}

void audio_i2s_begin(void) {
    size_t size;

    if (!playing)
        return;
    /* Clocks that stood still may run again. */
    missed = 0;
    while (i2s_channel_read(recording, slots, frame_size(), &size, 0) == ESP_OK && size == frame_size())
        continue;
    /* The same count of free frames to play: from now on one is freed for each that is recorded. */
    memset(slots, 0, sizeof slots);
    while (i2s_channel_write(playing, slots, frame_size(), &size, 0) == ESP_OK && size == frame_size())
        continue;
}

bool audio_i2s_read(int16_t microphone[PIPELINE_FRAME_MOST]) {
    size_t size = 0;
    uint32_t i;

    if (!playing || missed == MISSED_MOST)
        return false;
    if (i2s_channel_read(recording, slots, frame_size(), &size, FRAME_TIMEOUT) != ESP_OK || size != frame_size()) {
        missed++;
        return false;
    }
    missed = 0;
    for (i = 0; i < frame(); i++)
        microphone[i] = slots[i][0];
    return true;
}

void audio_i2s_write(const int16_t speaker[PIPELINE_FRAME_MOST]) {
    size_t size;
    uint32_t i;

    if (!playing || missed)
        return;
    for (i = 0; i < frame(); i++)
        slots[i][0] = slots[i][1] = speaker[i];
    i2s_channel_write(playing, slots, frame_size(), &size, FRAME_TIMEOUT);
}

uint32_t audio_i2s_turn(uint32_t wanted) {
    uint32_t before = rate;

    if (rate == 0)
        return wanted;
    if (wanted == rate)
        return rate;
    /* The DMA's frames are as long as they were made, and a frame of 10 ms has to be one: the pair is made anew. Its
     * memory is the one that has just been given back, or twice that. */
    if (playing)
        close_pair();
    rate = wanted;
    if (!open_pair()) {
        rate = before;
        open_pair();
    }
    audio_i2s_begin();
    return rate;
}
