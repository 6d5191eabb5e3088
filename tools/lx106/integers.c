/*
 * Arithmetic that compiled code calls and Debian's libgcc for the lx106 lacks, because that chip has it in its ROM.
 */
#include <stddef.h>
#include <stdint.h>

uint32_t __udivsi3(uint32_t dividend, uint32_t divisor);
uint32_t __umodsi3(uint32_t dividend, uint32_t divisor);
int32_t __divsi3(int32_t dividend, int32_t divisor);
int32_t __modsi3(int32_t dividend, int32_t divisor);
int64_t __muldi3(int64_t a, int64_t b);
uint64_t __umulsidi3(uint32_t a, uint32_t b);

/* A bit a round, beginning at the divisor's place below the dividend's first bit. */
static uint32_t divide(uint32_t dividend, uint32_t divisor, uint32_t *rest) {
    uint32_t quotient = 0;

    if (divisor > dividend) {
        *rest = dividend;
        return 0;
    }

    int32_t shift = divisor == 0 ? 0 : __builtin_clz(divisor) - __builtin_clz(dividend);

    for (divisor <<= shift; shift >= 0; shift--, divisor >>= 1) {
        quotient <<= 1;
        if (dividend >= divisor) {
            dividend -= divisor;
            quotient |= 1;
        }
    }
    *rest = dividend;
    return quotient;
}

uint32_t __udivsi3(uint32_t dividend, uint32_t divisor) {
    uint32_t rest;

    return divide(dividend, divisor, &rest);
}

uint32_t __umodsi3(uint32_t dividend, uint32_t divisor) {
    uint32_t rest;

    divide(dividend, divisor, &rest);
    return rest;
}

static uint32_t magnitude(int32_t value) {
    return value < 0 ? -(uint32_t)value : (uint32_t)value;
}

int32_t __divsi3(int32_t dividend, int32_t divisor) {
    uint32_t rest, quotient = divide(magnitude(dividend), magnitude(divisor), &rest);

    return (int32_t)((dividend ^ divisor) < 0 ? -quotient : quotient);
}

int32_t __modsi3(int32_t dividend, int32_t divisor) {
    uint32_t rest;

    divide(magnitude(dividend), magnitude(divisor), &rest);
    return (int32_t)(dividend < 0 ? -rest : rest);
}

uint64_t __umulsidi3(uint32_t a, uint32_t b) {
    uint32_t low = (a & 0xFFFF) * (b & 0xFFFF);
    uint32_t middle = (a >> 16) * (b & 0xFFFF) + (low >> 16);
    uint32_t more = (a & 0xFFFF) * (b >> 16) + (middle & 0xFFFF);
    uint32_t high = (a >> 16) * (b >> 16) + (middle >> 16) + (more >> 16);
    union {
        uint32_t half[2];
        uint64_t whole;
    } product = {{(more << 16) | (low & 0xFFFF), high}};

    return product.whole;
}

int64_t __muldi3(int64_t a, int64_t b) {
    union {
        uint32_t half[2];
        int64_t whole;
    } left = {.whole = a}, right = {.whole = b}, product;

    product.whole = (int64_t)__umulsidi3(left.half[0], right.half[0]);
    product.half[1] += left.half[0] * right.half[1] + left.half[1] * right.half[0];
    return product.whole;
}

/* Of the 64-bit divisions libgcc has the remainder of signed ones and what all of them come down to. */
uint64_t __udivmoddi4(uint64_t dividend, uint64_t divisor, uint64_t *rest);
uint64_t __udivdi3(uint64_t dividend, uint64_t divisor);
uint64_t __umoddi3(uint64_t dividend, uint64_t divisor);
int64_t __divdi3(int64_t dividend, int64_t divisor);

uint64_t __udivdi3(uint64_t dividend, uint64_t divisor) {
    return __udivmoddi4(dividend, divisor, NULL);
}

uint64_t __umoddi3(uint64_t dividend, uint64_t divisor) {
    uint64_t rest;

    __udivmoddi4(dividend, divisor, &rest);
    return rest;
}

int64_t __divdi3(int64_t dividend, int64_t divisor) {
    uint64_t left = dividend < 0 ? -(uint64_t)dividend : (uint64_t)dividend;
    uint64_t right = divisor < 0 ? -(uint64_t)divisor : (uint64_t)divisor;
    uint64_t quotient = __udivmoddi4(left, right, NULL);

    return (int64_t)((dividend ^ divisor) < 0 ? -quotient : quotient);
}
