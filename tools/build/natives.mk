# Makes the table of native functions of a program of ours, $(OUT)/natives_table.o, from the sources in $(BINDINGS) with $(CC) and
# $(OUR_FLAGS).

# Every `void xs_name(xsMachine *the)` and `void xs_name(void *data)` of the bindings, by name in order.
$(OUT)/natives_table.c: $(BINDINGS) $(OUT)/flags
	@mkdir -p $(@D)
	@{ echo '#include "host.h"'; \
	  cat $(BINDINGS) | sed -nE 's/^void (xs_[a-zA-Z0-9_]+)\((xsMachine|void) \*[a-z]+\) *\{.*/\1 \2/p' | LC_ALL=C sort >$@.names; \
	  sed -E 's/^(.*) (.*)$$/void \1(\2 *);/' $@.names; \
	  echo 'const HostNative host_natives[] = {'; \
	  sed -E 's/^(.*) xsMachine$$/    {"\1", \1, NULL},/; s/^(.*) void$$/    {"\1", NULL, \1},/' $@.names; \
	  echo '};'; \
	  echo 'const int host_native_count = sizeof(host_natives) / sizeof(host_natives[0]);'; } >$@

$(OUT)/natives_table.o: $(OUT)/natives_table.c
	@$(CC) $(OUR_FLAGS) -MMD -MP -c $< -o $@
