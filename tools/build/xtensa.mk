# Builds the phone for an emulated Xtensa, of Debian's gcc-xtensa-lx106 and picolibc-xtensa-lx106-elf: XS from its npm package, what is
# portable of the host program, hal/xtensa below it, the audio pipeline. Run by tools/run.mjs from the top level:
#   make -f tools/build/xtensa.mk
OUT := build/xtensa
XS := node_modules/@agoric/xsnap/moddable/xs
TOOLS := xtensa-lx106-elf-
LIBRARY := --specs=/usr/lib/xtensa-lx106-elf/picolibc.specs
CC := $(TOOLS)gcc $(LIBRARY)

ENGINE := $(filter-out %/xsSnapshot.c %/xsLockdown.c,$(wildcard $(XS)/sources/*.c))
PORTABLE := hal/control/control.c hal/control/port/control_host.c \
	$(addprefix hal/host/,log.c machine.c main.c modules.c natives.c schedule.c system.c tcp.c timer.c)
OURS := $(PORTABLE) $(wildcard hal/xtensa/*.c audio/*.c) audio/port/xtensa.c audio/port/host_xs.c
BINDINGS := $(PORTABLE) $(wildcard hal/xtensa/*.c) audio/xs_audio.c audio/port/host_xs.c
OBJECTS := $(ENGINE:$(XS)/sources/%.c=$(OUT)/xs/%.o) $(OURS:%.c=$(OUT)/%.o) $(OUT)/hal/xtensa/start.o $(OUT)/natives_table.o

BOTH := -O2 -fno-common -ffunction-sections -fdata-sections -mlongcalls -mtext-section-literals -D_GNU_SOURCE \
	-DINCLUDE_XSPLATFORM '-DXSPLATFORM="xs_platform.h"' -DmxNoConsole=1 -DmxRun=1 -DmxParse=1 -DmxBoundsCheck=1 \
	-Ihal/xtensa -I$(XS)/includes -I$(XS)/platforms
ENGINE_FLAGS := $(BOTH) -w -I$(XS)/sources
OUR_FLAGS := $(BOTH) -std=gnu11 -Wall -Wextra -Werror -Ihal/host -Ihal/abort -Ihal/control -Iaudio -isystem $(XS)/includes
# These three look inside the engine, whose headers do not pass our warnings.
INSIDE := hal/host/machine.c hal/host/modules.c hal/host/natives.c
# natives.c has its own word in the messages of exceptions; printf has to know doubles.
LINK := $(LIBRARY) -DPICOLIBC_DOUBLE_PRINTF_SCANF -nostartfiles -Thal/xtensa/link.ld -Wl,--wrap=fxBufferFrameName \
	-Wl,--gc-sections -Wl,--no-warn-rwx-segments

SETTINGS := $(subst ','\'',$(ENGINE_FLAGS) $(OUR_FLAGS) $(LINK) $(BINDINGS))
$(shell mkdir -p $(OUT) && { printf '%s\n' '$(SETTINGS)' | cmp -s - $(OUT)/flags || printf '%s\n' '$(SETTINGS)' >$(OUT)/flags; })

.SUFFIXES:
.DELETE_ON_ERROR:
.PHONY: all
all: $(OUT)/linnet.elf

$(OUT)/linnet.elf: $(OBJECTS) hal/xtensa/link.ld
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
