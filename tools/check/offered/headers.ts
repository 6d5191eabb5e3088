/*
 * What `#include` finds in C that the Moddable SDK compiles for the ESP32-S3: Moddable SDK 8.2.3 over ESP-IDF v6.0. Names alone,
 * written down from the folders that the SDK's makefile for the ESP32 lists, each compiled by itself with that list and the SDK's
 * sdkconfig. Complete for the components named here, FreeRTOS, lwIP and the drivers of a phone; others are added when they are
 * needed: first see that they compile.
 */

/** What this file tells of. */
export const OFFERED_BY = "the include list of Moddable SDK 8.2.3 over ESP-IDF v6.0";

/** Headers by their folder under ESP-IDF's components, which the SDK's list names. */
export const REACHED: Readonly<Record<string, string>> = Object.freeze({
	"driver/i2c/include": `driver/i2c.h driver/i2c_types_legacy.h`,
	"esp_adc/include": `
		esp_adc/adc_cali.h esp_adc/adc_cali_scheme.h esp_adc/adc_continuous.h esp_adc/adc_filter.h esp_adc/adc_monitor.h
		esp_adc/adc_oneshot.h`,
	"esp_app_format/include": `esp_app_desc.h`,
	"esp_common/include": `
		esp_assert.h esp_attr.h esp_bit_defs.h esp_check.h esp_compiler.h esp_err.h esp_fault.h esp_idf_version.h
		esp_macros.h esp_types.h`,
	"esp_driver_gpio/include": `
		driver/dedic_gpio.h driver/gpio.h driver/gpio_etm.h driver/gpio_filter.h driver/lp_io.h driver/rtc_io.h`,
	"esp_driver_gptimer/include": `driver/gptimer.h driver/gptimer_etm.h driver/gptimer_types.h`,
	"esp_driver_i2c/include": `driver/i2c_master.h driver/i2c_slave.h driver/i2c_types.h`,
	"esp_driver_i2s/include": `
		driver/i2s_common.h driver/i2s_etm.h driver/i2s_pdm.h driver/i2s_std.h driver/i2s_tdm.h driver/i2s_types.h
		driver/lp_i2s.h driver/lp_i2s_pdm.h driver/lp_i2s_std.h driver/lp_i2s_vad.h`,
	"esp_driver_ledc/include": `driver/ledc.h driver/ledc_etm.h`,
	"esp_driver_rmt/include": `
		driver/rmt_common.h driver/rmt_encoder.h driver/rmt_rx.h driver/rmt_tx.h driver/rmt_types.h`,
	"esp_driver_spi/include": `
		driver/spi_common.h driver/spi_master.h driver/spi_slave.h driver/spi_slave_hd.h`,
	"esp_driver_uart/include": `
		driver/uart.h driver/uart_select.h driver/uart_wakeup.h driver/uhci.h driver/uhci_types.h`,
	"esp_eth/include": `
		esp_eth.h esp_eth_com.h esp_eth_driver.h esp_eth_mac.h esp_eth_mac_esp.h esp_eth_mac_openeth.h esp_eth_mac_spi.h
		esp_eth_netif_glue.h esp_eth_phy.h esp_eth_phy_802_3.h esp_eth_spec.h eth_phy_802_3_regs.h`,
	"esp_event/include": `esp_event.h esp_event_base.h esp_event_loop.h`,
	"esp_hw_support/include": `
		clk_ctrl_os.h dport_access.h esp_chip_info.h esp_clk_tree.h esp_clock_output.h esp_cpu.h esp_crc.h
		esp_intr_alloc.h esp_intr_types.h esp_mac.h esp_memory_utils.h esp_memprot_err.h esp_memprot_types.h esp_random.h
		esp_rtc_time.h esp_sleep.h esp_wake_stub.h hal/cpu_hal.h hal/cpu_ll.h hal/interrupt_controller_hal.h hal/soc_hal.h
		hal/soc_ll.h rtc_wdt.h soc/esp32c3/soc_memprot_types.h soc/esp32s2/memprot.h soc/esp32s2/soc_memprot_types.h
		soc/esp32s3/soc_memprot_types.h spinlock.h`,
	"esp_lcd/include": `
		esp_lcd_io_i2c.h esp_lcd_io_i80.h esp_lcd_io_parl.h esp_lcd_io_spi.h esp_lcd_panel_commands.h esp_lcd_panel_dev.h
		esp_lcd_panel_io.h esp_lcd_panel_ops.h esp_lcd_panel_ssd1306.h esp_lcd_panel_st7789.h esp_lcd_panel_vendor.h
		esp_lcd_types.h`,
	"esp_libc/platform_include": `
		assert.h endian.h esp_newlib.h net/if.h pthread.h semaphore.h signal.h stdatomic.h stdio.h stdio_ext.h sys/cdefs.h
		sys/errno.h sys/fcntl.h sys/ioctl.h sys/lock.h sys/poll.h sys/random.h sys/reent.h sys/select.h sys/termios.h
		sys/time.h sys/uio.h sys/un.h sys/unistd.h sys/utime.h time.h`,
	"esp_netif/include": `
		esp_netif.h esp_netif_br_glue.h esp_netif_defaults.h esp_netif_ip_addr.h esp_netif_net_stack.h esp_netif_ppp.h
		esp_netif_sntp.h esp_netif_types.h esp_vfs_l2tap.h lwip/esp_netif_net_stack.h lwip/esp_pbuf_ref.h`,
	"esp_partition/include": `esp_partition.h`,
	"esp_pm/include": `esp32c2/pm.h esp32c3/pm.h esp32c6/pm.h esp32s2/pm.h esp32s3/pm.h esp_pm.h`,
	"esp_ringbuf/include": `freertos/ringbuf.h`,
	"esp_rom/include": `
		esp_rom_crc.h esp_rom_efuse.h esp_rom_gpio.h esp_rom_lldesc.h esp_rom_md5.h esp_rom_multi_heap.h esp_rom_regi2c.h
		esp_rom_serial_output.h esp_rom_spiflash.h esp_rom_spiflash_defs.h esp_rom_sys.h esp_rom_tlsf.h esp_rom_uart.h
		esp_rom_usb_serial.h`,
	"esp_system/include": `
		esp_debug_helpers.h esp_expression_with_stack.h esp_freertos_hooks.h esp_ipc.h esp_ipc_isr.h esp_system.h
		esp_systick_etm.h esp_task.h esp_task_wdt.h esp_xt_wdt.h libunwind.h`,
	"esp_timer/include": `esp_timer.h`,
	"esp_wifi/include": `
		esp_mesh.h esp_mesh_internal.h esp_now.h esp_smartconfig.h esp_wifi.h esp_wifi_ap_get_sta_list.h
		esp_wifi_crypto_types.h esp_wifi_default.h esp_wifi_he.h esp_wifi_he_types.h esp_wifi_netif.h esp_wifi_types.h
		esp_wifi_types_generic.h local/esp_wifi_types_native.h smartconfig_ack.h`,
	"freertos/FreeRTOS-Kernel/include": `
		freertos/FreeRTOS.h freertos/StackMacros.h freertos/atomic.h freertos/deprecated_definitions.h
		freertos/event_groups.h freertos/list.h freertos/message_buffer.h freertos/mpu_prototypes.h
		freertos/mpu_wrappers.h freertos/portable.h freertos/projdefs.h freertos/queue.h freertos/semphr.h
		freertos/stack_macros.h freertos/stream_buffer.h freertos/task.h freertos/timers.h`,
	"freertos/FreeRTOS-Kernel/portable/xtensa/include": `
		freertos/portbenchmark.h freertos/portmacro.h freertos/xtensa_rtos.h`,
	"freertos/config/include": `freertos/FreeRTOSConfig.h`,
	"freertos/config/xtensa/include": `freertos/FreeRTOSConfig_arch.h`,
	"freertos/esp_additions/include": `
		freertos/freertos_debug.h freertos/idf_additions.h freertos/task_snapshot.h`,
	"hal/esp32s3/include": `
		hal/brownout_ll.h hal/cache_ll.h hal/cpu_utility_ll.h hal/crosscore_int_ll.h hal/efuse_hal.h hal/efuse_ll.h
		hal/memprot_ll.h hal/mmu_ll.h hal/regi2c_ctrl_ll.h hal/sar_ctrl_ll.h hal/sdmmc_ll.h hal/systimer_ll.h
		hal/trace_ll.h`,
	"hal/include": `
		hal/assist_debug_hal.h hal/brownout_hal.h hal/cache_hal.h hal/cache_types.h hal/color_hal.h hal/color_types.h
		hal/debug_probe_types.h hal/efuse_hal.h hal/emac_hal.h hal/eth_types.h hal/etm_hal.h hal/etm_periph.h
		hal/hal_utils.h hal/i3c_master_hal.h hal/i3c_master_types.h hal/interrupt_clic_ll.h hal/interrupt_intc_ll.h
		hal/interrupt_plic_ll.h hal/lp_core_types.h hal/memprot_types.h hal/mmu_hal.h hal/mmu_types.h
		hal/modem_clock_hal.h hal/modem_clock_types.h hal/psdet_types.h hal/sd_types.h hal/sdio_slave_hal.h
		hal/sdio_slave_types.h hal/sdmmc_hal.h hal/systimer_hal.h hal/systimer_types.h hal/vbat_hal.h`,
	"hal/platform_port/include": `
		hal/assert.h hal/check.h hal/config.h hal/log.h hal/misc.h hal/regi2c_ctrl.h`,
	"heap/include": `
		esp_heap_caps.h esp_heap_caps_init.h esp_heap_task_info.h esp_heap_trace.h heap_memory_layout.h multi_heap.h
		soc/soc_memory_layout.h`,
	"log/include": `
		esp_log.h esp_log_args.h esp_log_attr.h esp_log_buffer.h esp_log_color.h esp_log_config.h esp_log_format.h
		esp_log_level.h esp_log_timestamp.h esp_log_write.h inttypes_ext.h`,
	"lwip/include/apps": `
		dhcpserver/dhcpserver.h dhcpserver/dhcpserver_options.h esp_netdb.h esp_sntp.h ping/ping_sock.h`,
	"lwip/lwip/src/include": `
		compat/posix/arpa/inet.h compat/posix/net/if.h compat/posix/netdb.h compat/posix/sys/socket.h compat/stdc/errno.h
		lwip/altcp.h lwip/altcp_tcp.h lwip/altcp_tls.h lwip/api.h lwip/apps/altcp_proxyconnect.h
		lwip/apps/altcp_tls_mbedtls_opts.h lwip/apps/fs.h lwip/apps/http_client.h lwip/apps/httpd.h lwip/apps/httpd_opts.h
		lwip/apps/lwiperf.h lwip/apps/mdns.h lwip/apps/mdns_opts.h lwip/apps/mdns_priv.h lwip/apps/mqtt.h
		lwip/apps/mqtt_opts.h lwip/apps/mqtt_priv.h lwip/apps/netbiosns.h lwip/apps/netbiosns_opts.h lwip/apps/smtp.h
		lwip/apps/smtp_opts.h lwip/apps/snmp.h lwip/apps/snmp_core.h lwip/apps/snmp_mib2.h lwip/apps/snmp_opts.h
		lwip/apps/snmp_scalar.h lwip/apps/snmp_snmpv2_framework.h lwip/apps/snmp_snmpv2_usm.h lwip/apps/snmp_table.h
		lwip/apps/snmp_threadsync.h lwip/apps/snmpv3.h lwip/apps/sntp.h lwip/apps/sntp_opts.h lwip/apps/tftp_opts.h
		lwip/apps/tftp_server.h lwip/arch.h lwip/autoip.h lwip/debug.h lwip/def.h lwip/dhcp.h lwip/dhcp6.h lwip/dns.h
		lwip/err.h lwip/errno.h lwip/etharp.h lwip/ethip6.h lwip/icmp.h lwip/icmp6.h lwip/if_api.h lwip/igmp.h lwip/inet.h
		lwip/inet_chksum.h lwip/init.h lwip/ip.h lwip/ip4.h lwip/ip4_addr.h lwip/ip4_frag.h lwip/ip4_napt.h lwip/ip6.h
		lwip/ip6_addr.h lwip/ip6_frag.h lwip/ip6_zone.h lwip/ip_addr.h lwip/lwip_napt.h lwip/mem.h lwip/memp.h lwip/mld6.h
		lwip/nd6.h lwip/netbuf.h lwip/netdb.h lwip/netif.h lwip/netifapi.h lwip/opt.h lwip/pbuf.h lwip/prot/autoip.h
		lwip/priv/tcp_priv.h lwip/prot/dhcp.h lwip/prot/dhcp6.h lwip/prot/dns.h lwip/prot/etharp.h lwip/prot/ethernet.h lwip/prot/iana.h
		lwip/prot/icmp.h lwip/prot/icmp6.h lwip/prot/ieee.h lwip/prot/igmp.h lwip/prot/ip.h lwip/prot/ip4.h
		lwip/prot/ip6.h lwip/prot/mld6.h lwip/prot/nd6.h lwip/prot/tcp.h lwip/prot/udp.h lwip/raw.h lwip/sio.h lwip/snmp.h
		lwip/sockets.h lwip/stats.h lwip/sys.h lwip/tcp.h lwip/tcpbase.h lwip/tcpip.h lwip/timeouts.h lwip/udp.h
		netif/bridgeif.h netif/bridgeif_opts.h netif/etharp.h netif/ethernet.h netif/ieee802154.h netif/lowpan6.h
		netif/lowpan6_ble.h netif/lowpan6_common.h netif/lowpan6_opts.h netif/ppp/ccp.h netif/ppp/chap-md5.h
		netif/ppp/chap-new.h netif/ppp/chap_ms.h netif/ppp/eap.h netif/ppp/ecp.h netif/ppp/eui64.h netif/ppp/fsm.h
		netif/ppp/ipcp.h netif/ppp/ipv6cp.h netif/ppp/lcp.h netif/ppp/magic.h netif/ppp/mppe.h netif/ppp/polarssl/arc4.h
		netif/ppp/polarssl/des.h netif/ppp/polarssl/md4.h netif/ppp/polarssl/md5.h netif/ppp/polarssl/sha1.h
		netif/ppp/ppp.h netif/ppp/ppp_impl.h netif/ppp/ppp_opts.h netif/ppp/pppapi.h netif/ppp/pppcrypt.h
		netif/ppp/pppdebug.h netif/ppp/pppoe.h netif/ppp/pppol2tp.h netif/ppp/pppos.h netif/ppp/upap.h netif/ppp/vj.h
		netif/slipif.h netif/zepif.h`,
	"lwip/port/freertos/include": `arch/sys_arch.h`,
	"lwip/port/include": `
		arpa/inet.h debug/lwip_debug.h lwip_default_hooks.h lwipopts.h netdb.h netif/dhcp_state.h netinet/in.h
		netinet/tcp.h sntp/sntp_get_set_time.h sockets_ext.h`,
	"soc/include": `
		soc/chip_revision.h soc/debug_probe_periph.h soc/efuse_periph.h soc/emac_periph.h soc/gpio_periph.h
		soc/hwcrypto_periph.h soc/i3c_master_periph.h soc/lldesc.h soc/mpi_periph.h soc/power_supply_periph.h soc/regdma.h
		soc/rtc_cntl_periph.h soc/rtc_periph.h soc/sdio_slave_periph.h soc/sdmmc_periph.h soc/sens_periph.h
		soc/soc_caps_eval.h`,
	"spi_flash/include": `
		esp_flash_chips/spi_flash_defs.h esp_flash_chips/spi_flash_override.h esp_spi_flash_counters.h spi_flash_mmap.h`,
	"xtensa/include": `
		eri.h esp_cpu_utils.h xt_instr_macros.h xt_trax.h xt_utils.h xtensa-debug-module.h xtensa/core-macros.h
		xtensa/corebits.h xtensa/hal.h xtensa/semihosting.h xtensa/specreg.h xtensa/traxreg.h xtensa/xdm-regs.h
		xtensa/xt_perf_consts.h xtensa/xt_specreg.h xtensa/xtensa-libdb-macros.h xtensa/xtensa-versions.h
		xtensa/xtensa-xer.h xtensa/xtruntime-core-state.h xtensa/xtruntime-frames.h xtensa/xtruntime.h xtensa_api.h
		xtensa_config.h xtensa_context.h xtensa_timer.h`,
});

/**
 * Headers in folders that the SDK's list lacks. They compile when they are named with the folder, as the SDK's own modules do:
 * "app_update/include/esp_ota_ops.h". The list has the folder of all components.
 */
export const REACHED_BY_FOLDER: Readonly<Record<string, string>> = Object.freeze({
	"app_update/include": `esp_ota_ops.h`,
	"bootloader_support/bootloader_flash/include": `
		bootloader_flash_config.h bootloader_flash_override.h flash_qio_mode.h`,
	"efuse/esp32s3/include": `esp_efuse_chip.h esp_efuse_rtc_calib.h`,
	"esp_coex/include": `esp_coex_i154.h esp_coexist.h`,
	"esp_driver_dma/include": `esp_async_memcpy.h esp_dma_utils.h`,
	"esp_driver_tsens/include": `driver/temperature_sensor.h`,
	"esp_driver_usb_serial_jtag/include": `driver/usb_serial_jtag.h`,
	"esp_gdbstub/include": `esp_gdbstub.h`,
	"esp_http_client/include": `esp_http_client.h`,
	"esp_hw_support/modem/include": `modem/modem_etm.h`,
	"esp_hw_support/port/esp32s3/include": `soc/rtc.h`,
	"esp_lcd/rgb/include": `esp_lcd_panel_rgb.h`,
	"esp_mm/include": `esp_cache.h esp_mmu_map.h`,
	"esp_phy/include": `esp_phy.h esp_phy_cert_test.h esp_phy_init.h`,
	"esp_psram/include": `esp_psram.h`,
	"esp_security/include": `
		esp_crypto_lock.h esp_crypto_periph_clk.h esp_dpa_protection.h esp_ds_err.h esp_key_mgr.h`,
	"esp_stdio/include": `esp_stdio.h esp_system_console.h`,
	"espcoredump/include": `esp_core_dump.h port/xtensa/esp_core_dump_summary_port.h`,
	"lwip/include": `lwip/netdb.h lwip/sockets.h`,
	"nvs_flash/include": `nvs.h nvs_bootloader.h nvs_flash.h`,
	"perfmon/include": `perfmon.h xtensa_perfmon_access.h xtensa_perfmon_apis.h xtensa_perfmon_masks.h`,
	"pthread/include": `esp_pthread.h`,
	"tcp_transport/include": `
		esp_transport.h esp_transport_socks_proxy.h esp_transport_tcp.h esp_transport_ws.h`,
	"vfs/include": `esp_vfs_common.h esp_vfs_eventfd.h`,
});

/** Headers that no spelling reaches: what they include themselves is in no folder of the list. */
export const UNREACHABLE: Readonly<Record<string, string>> = Object.freeze({
	"bootloader_support/bootloader_flash/include/bootloader_flash.h": "hal/spi_flash_hal.h",
	"efuse/esp32s3/include/esp_efuse_table.h": "esp_efuse.h",
	"efuse/include/esp_efuse.h": "esp_efuse_chip.h",
	"esp_driver_tsens/include/driver/temperature_sensor_etm.h": "driver/temperature_sensor.h",
	"esp_driver_uart/include/driver/uart_vfs.h": "esp_vfs_common.h",
	"esp_driver_usb_serial_jtag/include/driver/usb_serial_jtag_select.h": "driver/usb_serial_jtag.h",
	"esp_driver_usb_serial_jtag/include/driver/usb_serial_jtag_vfs.h": "esp_vfs.h",
	"esp_http_server/include/esp_http_server.h": "http_parser.h",
	"esp_https_ota/include/esp_https_ota.h": "esp_http_client.h",
	"esp_https_server/include/esp_https_server.h": "esp_http_server.h",
	"esp_hw_support/include/esp_memprot.h": "soc_memprot_types.h",
	"esp_rom/include/miniz.h": "esp_rom_caps.h",
	"esp_security/include/esp_ds.h": "hal/hmac_types.h",
	"esp_security/include/esp_hmac.h": "hal/hmac_types.h",
	"spi_flash/include/esp_flash.h": "hal/spi_flash_types.h",
	"tcp_transport/include/esp_transport_ssl.h": "esp_tls.h",
	"vfs/include/esp_vfs.h": "sys/dirent.h",
	"vfs/include/esp_vfs_dev.h": "sys/dirent.h",
	"vfs/include/esp_vfs_null.h": "sys/dirent.h",
	"vfs/include/esp_vfs_ops.h": "sys/dirent.h",
	"vfs/include/esp_vfs_semihost.h": "sys/dirent.h",
});

/** Headers of the engine, of the SDK's modules for input and output, and those that a build makes. */
export const OF_SDK = `
	xs.h xsmc.h xsHost.h xsHosts.h xsPlatform.h xsCommon.h xsAll.h mc.defines.h mc.format.h mc.rotation.h mc.xs.h
	sdkconfig.h builtinCommon.h commodettoPixelsOut.h`;

/** Headers of C and POSIX that the compiler brings and ESP-IDF fills. */
export const OF_COMPILER = `
		assert.h complex.h ctype.h errno.h fcntl.h fenv.h float.h inttypes.h iso646.h limits.h locale.h malloc.h math.h setjmp.h
		signal.h stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h stdnoreturn.h string.h strings.h
		sys/cdefs.h sys/errno.h sys/fcntl.h sys/lock.h sys/param.h sys/queue.h sys/reent.h sys/select.h sys/stat.h sys/time.h
		sys/times.h sys/types.h sys/unistd.h time.h unistd.h utime.h wchar.h wctype.h`;

/**
 * Functions that ESP-IDF has only as inline wrappers in lwip/include, which is not in the SDK's list; an undeclared function is
 * no error there, so that such a call fails at the link at the earliest. By what is there instead.
 */
export const WRAPPED: Readonly<Record<string, string>> = Object.freeze({
	accept: "lwip_accept",
	bind: "lwip_bind",
	closesocket: "lwip_close",
	connect: "lwip_connect",
	freeaddrinfo: "lwip_freeaddrinfo",
	getaddrinfo: "lwip_getaddrinfo",
	gethostbyname: "lwip_gethostbyname",
	gethostbyname_r: "lwip_gethostbyname_r",
	getpeername: "lwip_getpeername",
	getsockname: "lwip_getsockname",
	getsockopt: "lwip_getsockopt",
	listen: "lwip_listen",
	recv: "lwip_recv",
	recvfrom: "lwip_recvfrom",
	recvmsg: "lwip_recvmsg",
	send: "lwip_send",
	sendmsg: "lwip_sendmsg",
	sendto: "lwip_sendto",
	setsockopt: "lwip_setsockopt",
	shutdown: "lwip_shutdown",
	socket: "lwip_socket",
});

/** Headers that declare these wrappers, in the spelling that reaches them. */
export const WRAPPERS: readonly string[] = Object.freeze(["lwip/include/lwip/sockets.h", "lwip/include/lwip/netdb.h"]);
