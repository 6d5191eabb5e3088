/* Of XS's C interface what the ports of the control channel and of displays use; who includes it says what it does. */
#ifndef XSMC_H
#define XSMC_H

#include <stdbool.h>
#include <stdint.h>

typedef struct xsMachine xsMachine;
typedef struct {
    int value;
} xsSlot;
typedef unsigned int xsUnsignedValue;
typedef int xsIntegerValue;

extern xsSlot xsGlobal, xsThis, xsResult;
xsSlot *xs_argument(int index);
void xs_call(xsSlot *function, xsSlot *argument);
void xs_unknown_error(const char *text) __attribute__((noreturn));
void xs_set_host_data(void *data);
void *xs_host_data(void);
void xs_buffer(void **data, xsUnsignedValue *size);
void xs_set_integer(int value);

#define xsArg(index) (*xs_argument(index))
#define xsCallFunction0(function, self) ((void)(self), (void)the, xs_call(&(function), 0))
#define xsCallFunction1(function, self, argument) ((void)(self), (void)the, xs_call(&(function), &(argument)))
#define xsUnknownError(text) ((void)the, xs_unknown_error(text))
#define xsRangeError(text) ((void)the, xs_unknown_error(text))
#define xsmcToInteger(slot) ((void)the, (slot).value)
#define xsmcSetInteger(slot, value) ((void)the, (void)(slot), xs_set_integer(value))
#define xsmcSetHostData(slot, data) ((void)the, (void)(slot), xs_set_host_data(data))
#define xsmcGetHostData(slot) ((void)the, (void)(slot), xs_host_data())
#define xsmcGetBufferReadable(slot, data, size) ((void)(slot), xs_buffer(data, size))

#endif
