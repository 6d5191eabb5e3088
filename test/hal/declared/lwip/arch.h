/* lwIP: its names of integers. */
#ifndef DECLARED_LWIP_ARCH_H
#define DECLARED_LWIP_ARCH_H

#include <stdint.h>

typedef uint8_t u8_t;
typedef int8_t s8_t;
typedef uint16_t u16_t;
typedef uint32_t u32_t;
typedef s8_t err_t;

#define ERR_OK 0
#define ERR_CONN (-11)
#define ERR_RST (-14)

#endif
