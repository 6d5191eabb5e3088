/*
 * The I2S driver of ESP-IDF v6.0 by its DMA: descriptors go round, those that are through wait in a queue of one less,
 * the oldest drops out when it is full. What is played is recorded in the same moment, as if the speaker were at the
 * microphone. Time goes on when somebody waits, and when the test says so. Prints what the port's half makes of it.
 */
#include "../../audio/port/esp32s3.h"

#include "driver/i2s_std.h"

#include <stdio.h>
#include <string.h>

#define SLOTS 2
#define BUFFERS 8

struct i2s_channel_obj_t {
    bool made;
    bool enabled;
    i2s_std_config_t config;
    int16_t buffers[BUFFERS][PIPELINE_FRAME_MOST][SLOTS];
    uint32_t present;
    uint32_t queue[BUFFERS];
    uint32_t queued;
};

static struct i2s_channel_obj_t playing, recording;
static i2s_chan_config_t made;
static bool stopped, refuse;
static uint32_t torn, leaked;
/* Frames that there is memory for in a buffer. */
static uint32_t most = PIPELINE_FRAME_MOST;

static void finish(struct i2s_channel_obj_t *channel) {
    if (channel->queued == made.dma_desc_num - 1)
        memmove(channel->queue, channel->queue + 1, --channel->queued * sizeof *channel->queue);
    channel->queue[channel->queued++] = channel->present;
    channel->present = (channel->present + 1) % made.dma_desc_num;
}

/* 10 ms go by. */
static void step(void) {
    memcpy(recording.buffers[recording.present], playing.buffers[playing.present], sizeof playing.buffers[0]);
    if (made.auto_clear_after_cb)
        memset(playing.buffers[playing.present], 0, sizeof playing.buffers[0]);
    finish(&playing);
    finish(&recording);
}

static esp_err_t take(struct i2s_channel_obj_t *channel, uint32_t milliseconds, uint32_t *buffer) {
    if (!channel->enabled)
        return ESP_ERR_INVALID_STATE;
    for (; !channel->queued && milliseconds >= AUDIO_TICK_MILLISECONDS && !stopped;
         milliseconds -= AUDIO_TICK_MILLISECONDS)
        step();
    if (!channel->queued)
        return ESP_ERR_TIMEOUT;
    *buffer = channel->queue[0];
    memmove(channel->queue, channel->queue + 1, --channel->queued * sizeof *channel->queue);
    return ESP_OK;
}

esp_err_t i2s_new_channel(const i2s_chan_config_t *config, i2s_chan_handle_t *tx, i2s_chan_handle_t *rx) {
    if (refuse || config->dma_frame_num > most || config->dma_desc_num < 2 || config->dma_desc_num > BUFFERS)
        return ESP_ERR_NO_MEM;
    leaked += playing.made + recording.made;
    made = *config;
    memset(&playing, 0, sizeof playing);
    memset(&recording, 0, sizeof recording);
    playing.made = recording.made = true;
    *tx = &playing;
    *rx = &recording;
    return ESP_OK;
}

esp_err_t i2s_channel_init_std_mode(i2s_chan_handle_t channel, const i2s_std_config_t *config) {
    channel->config = *config;
    return ESP_OK;
}

esp_err_t i2s_channel_enable(i2s_chan_handle_t channel) {
    /* Clocks come from the player. */
    if (channel == &recording && !playing.enabled)
        return ESP_ERR_INVALID_STATE;
    channel->enabled = true;
    return ESP_OK;
}

esp_err_t i2s_channel_disable(i2s_chan_handle_t channel) {
    channel->enabled = false;
    return ESP_OK;
}

esp_err_t i2s_del_channel(i2s_chan_handle_t channel) {
    if (channel->enabled)
        return ESP_ERR_INVALID_STATE;
    channel->made = false;
    return ESP_OK;
}

esp_err_t i2s_channel_read(i2s_chan_handle_t channel, void *target, size_t size, size_t *done, uint32_t milliseconds) {
    uint32_t buffer;
    esp_err_t result = take(channel, milliseconds, &buffer);

    *done = 0;
    if (result != ESP_OK)
        return result;
    memcpy(target, channel->buffers[buffer], size);
    *done = size;
    return ESP_OK;
}

esp_err_t i2s_channel_write(i2s_chan_handle_t channel, const void *source, size_t size, size_t *done,
                            uint32_t milliseconds) {
    uint32_t buffer;
    esp_err_t result = take(channel, milliseconds, &buffer);

    *done = 0;
    if (result != ESP_OK)
        return result;
    torn += buffer == channel->present;
    memcpy(channel->buffers[buffer], source, size);
    *done = size;
    return ESP_OK;
}

/* Plays a click in one tick and counts the ticks until it is heard; -1: never. Stalls the task for `stall` frames
 * before tick `when`. */
static int echo(uint32_t stall, uint32_t when) {
    int16_t microphone[PIPELINE_FRAME_MOST], speaker[PIPELINE_FRAME_MOST];
    int ticks, heard = -1;

    for (ticks = 0; ticks < 40; ticks++) {
        if ((uint32_t)ticks == when)
            for (uint32_t i = 0; i < stall; i++)
                step();
        if (!audio_i2s_read(microphone))
            return -1;
        if (heard < 0 && microphone[7] == 1234)
            heard = ticks - 20;
        memset(speaker, 0, sizeof speaker);
        if (ticks == 20)
            speaker[7] = 1234;
        audio_i2s_write(speaker);
    }
    return heard;
}

/* Turns the clocks, and says what they are from then on and how late an echo comes. */
static void turned(const char *name, uint32_t wanted) {
    uint32_t given = audio_i2s_turn(wanted);
    uint32_t rate = playing.config.clk_cfg.sample_rate_hz;

    printf(",\"%s\":{\"given\":%u,\"rate\":%u,\"mclk\":%u,\"frames\":%u,\"bits\":%d,\"same\":%d,\"echo\":%d}", name,
           given, rate, rate * playing.config.clk_cfg.mclk_multiple, made.dma_frame_num,
           playing.config.slot_cfg.data_bit_width, !memcmp(&playing.config, &recording.config, sizeof playing.config),
           echo(0, 0));
}

int main(void) {
    const struct audio_pins pins = {.unit = 0, .mclk = 4, .bclk = 5, .ws = 6, .dout = 7, .din = 15, .multiple = 256};
    int16_t frame[PIPELINE_FRAME_MOST];
    uint32_t stall, rest;

    printf("{\"without\":%d,\"free\":%u", audio_i2s_read(frame), audio_i2s_turn(AUDIO_RATE_MOST));
    refuse = true;
    printf(",\"refused\":%d", audio_i2s_open(&pins));
    refuse = false;
    printf(",\"opened\":%d", audio_i2s_open(&pins));
    printf(",\"twice\":%d", audio_i2s_open(&pins));
    printf(",\"rate\":%u,\"bits\":%d,\"multiple\":%u,\"bclk\":%d,\"din\":%d", playing.config.clk_cfg.sample_rate_hz,
           playing.config.slot_cfg.data_bit_width, playing.config.clk_cfg.mclk_multiple, playing.config.gpio_cfg.bclk,
           recording.config.gpio_cfg.din);
    printf(",\"same\":%d,\"promised\":%d,\"echo\":[",
           !memcmp(&playing.config, &recording.config, sizeof playing.config), AUDIO_ECHO_FRAMES);
    for (rest = 0; rest < 6; rest++) {
        for (stall = 0; stall < rest; stall++)
            step();
        audio_i2s_begin();
        printf("%s%d", rest ? "," : "", echo(0, 0));
    }
    printf("],\"stalled\":[");
    for (stall = 1; stall < 6; stall++)
        printf("%s%d", stall > 1 ? "," : "", echo(stall, 12));
    printf("],\"torn\":%u", torn);
    for (rest = 0; rest < 3; rest++)
        step();
    printf(",\"left\":%d", playing.buffers[0][7][0] || playing.buffers[1][7][0]);
    stopped = true;
    recording.queued = 0;
    for (rest = 0; rest < 8; rest++)
        printf("%s%d", rest ? "," : ",\"stopped\":[", audio_i2s_read(frame));
    stopped = false;
    audio_i2s_begin();
    printf("],\"again\":%d", echo(0, 0));
    turned("wide", AUDIO_RATE_MOST);
    turned("narrow", AUDIO_RATE);
    most = 80;
    turned("short", AUDIO_RATE_MOST);
    most = 0;
    printf(",\"none\":%u", audio_i2s_turn(AUDIO_RATE_MOST));
    printf(",\"deaf\":%d", audio_i2s_read(frame));
    most = PIPELINE_FRAME_MOST;
    turned("back", AUDIO_RATE_MOST);
    printf(",\"leaked\":%u}\n", leaked);
    return 0;
}
