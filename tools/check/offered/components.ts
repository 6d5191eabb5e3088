/*
 * What a manifest's `dependency` can name: components of ESP-IDF v6.0, and those of Espressif's registry that boards use, with what
 * their headers need. mcconfig puts `include` of each component, and what its `includes` lists, into the include path; what a
 * component itself depends on is fetched and linked, and left out there.
 */

/** Version of ESP-IDF that the names are of. */
export const COMPONENTS_OF = "ESP-IDF v6.0";

/** Components for `{ "idf": NAME }`. */
export const COMPONENTS = `
	app_trace app_update bootloader bootloader_support bt cmock console cxx driver efuse esp-tls esp_adc esp_app_format
	esp_blockdev esp_bootloader_format esp_coex esp_common esp_driver_ana_cmpr esp_driver_bitscrambler esp_driver_cam
	esp_driver_dac esp_driver_dma esp_driver_gpio esp_driver_gptimer esp_driver_i2c esp_driver_i2s esp_driver_i3c
	esp_driver_isp esp_driver_jpeg esp_driver_ledc esp_driver_mcpwm esp_driver_parlio esp_driver_pcnt esp_driver_ppa
	esp_driver_rmt esp_driver_sd_intf esp_driver_sdio esp_driver_sdm esp_driver_sdmmc esp_driver_sdspi esp_driver_spi
	esp_driver_touch_sens esp_driver_tsens esp_driver_twai esp_driver_uart esp_driver_usb_serial_jtag esp_eth esp_event
	esp_gdbstub esp_hal_ana_cmpr esp_hal_ana_conv esp_hal_cam esp_hal_clock esp_hal_dma esp_hal_gpio esp_hal_gpspi
	esp_hal_i2c esp_hal_i2s esp_hal_ieee802154 esp_hal_jpeg esp_hal_lcd esp_hal_ledc esp_hal_mcpwm esp_hal_mspi
	esp_hal_parlio esp_hal_pcnt esp_hal_pmu esp_hal_ppa esp_hal_rmt esp_hal_rtc_timer esp_hal_security esp_hal_timg
	esp_hal_touch_sens esp_hal_twai esp_hal_uart esp_hal_usb esp_hal_wdt esp_hid esp_http_client esp_http_server
	esp_https_ota esp_https_server esp_hw_support esp_lcd esp_libc esp_local_ctrl esp_mm esp_netif esp_netif_stack
	esp_partition esp_phy esp_pm esp_psram esp_ringbuf esp_rom esp_security esp_stdio esp_system esp_tee esp_timer
	esp_trace esp_usb_cdc_rom_console esp_wifi espcoredump esptool_py fatfs freertos hal heap http_parser idf_test
	ieee802154 linux log lwip mbedtls mqtt nvs_flash nvs_sec_provider openthread partition_table perfmon protobuf-c
	protocomm pthread riscv rt sdmmc soc spi_flash spiffs tcp_transport ulp unity vfs wear_levelling wpa_supplicant
	xtensa`;

export interface RegistryComponent {
	/** Version that the rest holds for. */
	readonly version: string;
	/** Headers by folder of the component, each with those of other components that it includes. */
	readonly headers: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
	/** Components that are fetched with it. */
	readonly brings: readonly string[];
}

/** Components for `{ "namespace": ..., "name": ... }`, by 'namespace/name'. */
export const REGISTRY: Readonly<Record<string, RegistryComponent>> = Object.freeze({
	"espressif/w5500": {
		version: "2.0.0",
		headers: {
			include: { "esp_eth_mac_w5500.h": ["wiznet_mac_common.h"], "esp_eth_phy_w5500.h": [] },
		},
		brings: ["espressif/wiznet_common"],
	},
	"espressif/wiznet_common": {
		version: "1.0.0",
		headers: {
			include: { "wiznet_mac_common.h": ["wiznet_spi.h"], "wiznet_phy_common.h": [], "wiznet_spi.h": [] },
		},
		brings: [],
	},
});

export interface Repository {
	readonly tag: string;
	/** Files that ours include, by folder. */
	readonly files: Readonly<Record<string, string>>;
}

/** Repositories that a manifest includes by `git`. */
export const REPOSITORIES: Readonly<Record<string, Repository>> = Object.freeze({
	"https://github.com/xiph/speexdsp.git": {
		tag: "SpeexDSP-1.2.1",
		files: {
			"include/speex": `
				speex_echo.h speex_jitter.h speex_preprocess.h speex_resampler.h speexdsp_types.h`,
			libspeexdsp: `
				_kiss_fft_guts.h arch.h buffer.c fftwrap.c fftwrap.h filterbank.c filterbank.h fixed_generic.h jitter.c kiss_fft.c
				kiss_fft.h kiss_fftr.c kiss_fftr.h math_approx.h mdf.c os_support.h preprocess.c pseudofloat.h resample.c scal.c
				smallft.c smallft.h vorbis_psy.h`,
		},
	},
});
