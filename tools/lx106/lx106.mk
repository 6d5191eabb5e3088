# Builds the instrument that counts instructions: the phone for an emulated Xtensa core lx106 (the ESP8266's, the nearest to the
# ESP32-S3 that Debian has a compiler for: gcc-xtensa-lx106 and picolibc-xtensa-lx106-elf), with the floating point that the core lacks.
# XS from its npm package, what is portable of the host program, this folder below it, the audio engine. Run from the top level when a
# test or a bench asks for it:
#   make -f tools/lx106/lx106.mk
OUT := build/xtensa
XS := node_modules/@agoric/xsnap/moddable/xs
TOOLS := xtensa-lx106-elf-
LIBRARY := --specs=/usr/lib/xtensa-lx106-elf/picolibc.specs
CC := $(TOOLS)gcc $(LIBRARY)

ENGINE := $(filter-out %/xsSnapshot.c %/xsLockdown.c,$(wildcard $(XS)/sources/*.c))
PORTABLE := hal/control/control.c hal/control/port/control_host.c hal/journal/journal.c hal/journal/xs_journal.c \
	$(addprefix hal/host/,log.c machine.c main.c modules.c natives.c schedule.c system.c tcp.c timer.c)
OURS := $(PORTABLE) $(wildcard tools/lx106/*.c audio/*.c) audio/port/host_xs.c
BINDINGS := $(PORTABLE) $(wildcard tools/lx106/*.c) audio/xs_audio.c audio/port/host_xs.c
OBJECTS := $(ENGINE:$(XS)/sources/%.c=$(OUT)/xs/%.o) $(OURS:%.c=$(OUT)/%.o) $(OUT)/tools/lx106/start.o $(OUT)/natives_table.o

BOTH := -O2 -fno-common -ffunction-sections -fdata-sections -mlongcalls -mtext-section-literals -D_GNU_SOURCE \
	-DINCLUDE_XSPLATFORM '-DXSPLATFORM="xs_platform.h"' -DmxNoConsole=1 -DmxRun=1 -DmxParse=1 -DmxBoundsCheck=1 \
	-Itools/lx106 -I$(XS)/includes -I$(XS)/platforms
ENGINE_FLAGS := $(BOTH) -w -I$(XS)/sources
OUR_FLAGS := $(BOTH) -std=gnu11 -Wall -Wextra -Werror -Ihal/host -Ihal/abort -Ihal/control -Ihal/journal -Ihal/pictures -Iaudio -isystem $(XS)/includes
# These three look inside the engine, whose headers do not pass our warnings.
INSIDE := hal/host/machine.c hal/host/modules.c hal/host/natives.c
# natives.c has its own word in the messages of exceptions; printf has to know doubles.
LINK := $(LIBRARY) -DPICOLIBC_DOUBLE_PRINTF_SCANF -nostartfiles -Ttools/lx106/link.ld -Wl,--wrap=fxBufferFrameName \
	-Wl,--gc-sections -Wl,--no-warn-rwx-segments

SETTINGS := $(subst ','\'',$(ENGINE_FLAGS) $(OUR_FLAGS) $(LINK) $(BINDINGS))
$(shell mkdir -p $(OUT) && { printf '%s\n' '$(SETTINGS)' | cmp -s - $(OUT)/flags || printf '%s\n' '$(SETTINGS)' >$(OUT)/flags; })

.SUFFIXES:
.DELETE_ON_ERROR:
.PHONY: all
all: $(OUT)/linnet.elf

$(OUT)/linnet.elf: $(OBJECTS) tools/lx106/link.ld
	@echo "linking $@"
	@$(TOOLS)gcc $(LINK) $(OBJECTS) -Wl,--start-group -lm -lc -lgcc -Wl,--end-group -o $@

$(OUT)/xs/%.o: $(XS)/sources/%.c $(OUT)/flags
	@echo "compiling XS $(<F)"
	@mkdir -p $(@D)
	@$(CC) $(ENGINE_FLAGS) -MMD -MP -c $< -o $@

$(OUT)/%.o: %.c $(OUT)/flags
	@echo "compiling $<"
	@mkdir -p $(@D)
	@$(CC) $(OUR_FLAGS) $(if $(filter $<,$(INSIDE)),-isystem $(XS)/sources) -MMD -MP -c $< -o $@

$(OUT)/%.o: %.S $(OUT)/flags
	@echo "compiling $<"
	@mkdir -p $(@D)
	@$(CC) -mlongcalls -mtext-section-literals -c $< -o $@

include tools/build/natives.mk

-include $(OBJECTS:.o=.d)
