/* ESP-IDF: I2S. */
#ifndef DECLARED_DRIVER_I2S_STD_H
#define DECLARED_DRIVER_I2S_STD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "driver/gpio.h"
#include "esp_err.h"

typedef struct i2s_channel_obj_t *i2s_chan_handle_t;

typedef enum { I2S_ROLE_MASTER = 0 } i2s_role_t;
typedef enum { I2S_DATA_BIT_WIDTH_16BIT = 16 } i2s_data_bit_width_t;
typedef enum { I2S_SLOT_MODE_STEREO = 2 } i2s_slot_mode_t;
typedef enum { I2S_MCLK_MULTIPLE_256 = 256, I2S_MCLK_MULTIPLE_1152 = 1152 } i2s_mclk_multiple_t;

typedef struct {
    int id;
    i2s_role_t role;
    uint32_t dma_desc_num;
    uint32_t dma_frame_num;
    bool auto_clear_after_cb;
} i2s_chan_config_t;

typedef struct {
    uint32_t sample_rate_hz;
    i2s_mclk_multiple_t mclk_multiple;
} i2s_std_clk_config_t;

typedef struct {
    i2s_data_bit_width_t data_bit_width;
    i2s_slot_mode_t slot_mode;
} i2s_std_slot_config_t;

typedef struct {
    gpio_num_t mclk;
    gpio_num_t bclk;
    gpio_num_t ws;
    gpio_num_t dout;
    gpio_num_t din;
} i2s_std_gpio_config_t;

typedef struct {
    i2s_std_clk_config_t clk_cfg;
    i2s_std_slot_config_t slot_cfg;
    i2s_std_gpio_config_t gpio_cfg;
} i2s_std_config_t;

#define I2S_GPIO_UNUSED GPIO_NUM_NC
#define I2S_CHANNEL_DEFAULT_CONFIG(number, side)                                                                       \
    { .id = number, .role = side, .dma_desc_num = 6, .dma_frame_num = 240, .auto_clear_after_cb = false }
#define I2S_STD_CLK_DEFAULT_CONFIG(rate)                                                                               \
    { .sample_rate_hz = rate, .mclk_multiple = I2S_MCLK_MULTIPLE_256 }
#define I2S_STD_PHILIPS_SLOT_DEFAULT_CONFIG(width, mode)                                                               \
    { .data_bit_width = width, .slot_mode = mode }

esp_err_t i2s_new_channel(const i2s_chan_config_t *config, i2s_chan_handle_t *transmit, i2s_chan_handle_t *receive);
esp_err_t i2s_del_channel(i2s_chan_handle_t channel);
esp_err_t i2s_channel_init_std_mode(i2s_chan_handle_t channel, const i2s_std_config_t *config);
esp_err_t i2s_channel_enable(i2s_chan_handle_t channel);
esp_err_t i2s_channel_disable(i2s_chan_handle_t channel);
esp_err_t i2s_channel_read(i2s_chan_handle_t channel, void *target, size_t size, size_t *done, uint32_t milliseconds);
esp_err_t i2s_channel_write(i2s_chan_handle_t channel, const void *source, size_t size, size_t *done,
                            uint32_t milliseconds);

#endif
