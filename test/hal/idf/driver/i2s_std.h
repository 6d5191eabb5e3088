/*
 * Stands in for ESP-IDF v6.0's header of that name, as far as the audio port uses it; dma.c is what works behind it.
 */
#ifndef LINNET_TEST_I2S_STD_H
#define LINNET_TEST_I2S_STD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int esp_err_t;
#define ESP_OK 0
#define ESP_ERR_NO_MEM 0x101
#define ESP_ERR_INVALID_STATE 0x103
#define ESP_ERR_TIMEOUT 0x107

typedef struct channel *i2s_chan_handle_t;
typedef int gpio_num_t;
typedef uint32_t i2s_mclk_multiple_t;
enum { I2S_ROLE_MASTER };
enum { I2S_DATA_BIT_WIDTH_16BIT = 16, I2S_SLOT_MODE_STEREO = 2, I2S_GPIO_UNUSED = -1 };

typedef struct {
    int id;
    int role;
    uint32_t dma_desc_num;
    uint32_t dma_frame_num;
    bool auto_clear_after_cb;
} i2s_chan_config_t;

typedef struct {
    struct {
        uint32_t sample_rate_hz;
        i2s_mclk_multiple_t mclk_multiple;
    } clk_cfg;
    struct {
        int data_bit_width;
        int slot_mode;
    } slot_cfg;
    struct {
        gpio_num_t mclk;
        gpio_num_t bclk;
        gpio_num_t ws;
        gpio_num_t dout;
        gpio_num_t din;
    } gpio_cfg;
} i2s_std_config_t;

#define I2S_CHANNEL_DEFAULT_CONFIG(number, side)                                                                       \
    { .id = number, .role = side, .dma_desc_num = 6, .dma_frame_num = 240, .auto_clear_after_cb = false }
#define I2S_STD_CLK_DEFAULT_CONFIG(rate)                                                                               \
    { .sample_rate_hz = rate, .mclk_multiple = 256 }
#define I2S_STD_PHILIPS_SLOT_DEFAULT_CONFIG(width, mode)                                                               \
    { .data_bit_width = width, .slot_mode = mode }

esp_err_t i2s_new_channel(const i2s_chan_config_t *config, i2s_chan_handle_t *tx, i2s_chan_handle_t *rx);
esp_err_t i2s_channel_init_std_mode(i2s_chan_handle_t channel, const i2s_std_config_t *config);
esp_err_t i2s_channel_enable(i2s_chan_handle_t channel);
esp_err_t i2s_channel_disable(i2s_chan_handle_t channel);
esp_err_t i2s_del_channel(i2s_chan_handle_t channel);
esp_err_t i2s_channel_read(i2s_chan_handle_t channel, void *target, size_t size, size_t *done, uint32_t milliseconds);
esp_err_t i2s_channel_write(i2s_chan_handle_t channel, const void *source, size_t size, size_t *done,
                            uint32_t milliseconds);

#endif
