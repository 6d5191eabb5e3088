/*
 * Floating point that compiled code calls and Debian's libgcc for the lx106 lacks, because that chip has it in its ROM.
 * IEEE 754 binary64, rounded to nearest even, with subnormals.
 */
#include <stdbool.h>
#include <stdint.h>

double __adddf3(double a, double b);
double __subdf3(double a, double b);
double __muldf3(double a, double b);
double __divdf3(double a, double b);
int32_t __fixdfsi(double value);
uint32_t __fixunsdfsi(double value);
double __floatsidf(int32_t value);
double __floatunsidf(uint32_t value);
double __extendsfdf2(float value);
float __truncdfsf2(double value);
double trunc(double value);
double floor(double value);
double ceil(double value);

#define SIGN 0x8000000000000000u
#define INFINITE 0x7FF0000000000000u
#define QUIET 0x0008000000000000u
#define BIAS 1023

/* Where the parts of a format lie: octets of the fraction's end, and the exponent that stands for infinity. */
struct format {
    int fraction;
    int infinite;
};

static const struct format binary32 = {23, 255};
static const struct format binary64 = {52, 2047};

union number {
    double value;
    uint64_t bits;
};

union single {
    float value;
    uint32_t bits;
};

static uint64_t bits_of(double value) {
    return (union number){.value = value}.bits;
}

static double number_of(uint64_t bits) {
    return (union number){.bits = bits}.value;
}

static int exponent_of(uint64_t bits) {
    int exponent = (int)(bits >> 52 & 2047);

    return exponent == 0 ? 1 : exponent;
}

/* The significand of a finite number with its leading place in bit 63, which only a subnormal leaves empty. */
static uint64_t significand_of(uint64_t bits) {
    uint64_t fraction = bits << 12 >> 1;

    return bits & INFINITE ? fraction | SIGN : fraction;
}

static bool is_nan(uint64_t bits) {
    return (bits & ~SIGN) > INFINITE;
}

static bool is_infinite(uint64_t bits) {
    return (bits & ~SIGN) == INFINITE;
}

/* Shifts right; what falls out leaves a trace in the last bit, which is all that rounding needs of it. */
static uint64_t shift(uint64_t value, int places) {
    if (places == 0)
        return value;
    if (places > 63)
        return value != 0;
    return value >> places | (value << (64 - places) != 0);
}

static uint64_t normalize(uint64_t significand, int *exponent) {
    int zeros = __builtin_clzll(significand);

    *exponent -= zeros;
    return significand << zeros;
}

/* A number of a format, without its sign, from a significand that counts from bit 63 and an exponent with its bias. */
static uint64_t pack(uint64_t significand, int exponent, const struct format *format) {
    int rest = 63 - format->fraction;

    if (significand == 0)
        return 0;
    significand = normalize(significand, &exponent);
    if (exponent >= format->infinite)
        return (uint64_t)format->infinite << format->fraction;
    if (exponent <= 0) {
        significand = shift(significand, 1 - exponent);
        exponent = 1;
    }

    uint64_t bits = ((uint64_t)(exponent - 1) << format->fraction) + (significand >> rest);
    uint64_t half = (uint64_t)1 << (rest - 1), lost = significand & (half * 2 - 1);

    return bits + (lost > half || (lost == half && (bits & 1)));
}

static double packed(uint64_t sign, uint64_t significand, int exponent) {
    return number_of(sign | pack(significand, exponent, &binary64));
}

/* What NaN and infinity give with anything in all four operations, where `invalid` says that infinities have no sum. */
static double propagate(uint64_t a, uint64_t b, bool invalid, double otherwise) {
    if (is_nan(a))
        return number_of(a | QUIET);
    if (is_nan(b))
        return number_of(b | QUIET);
    return invalid ? number_of(INFINITE | QUIET) : otherwise;
}

static double add(uint64_t a, uint64_t b) {
    if ((b & ~SIGN) > (a & ~SIGN)) {
        uint64_t larger = b;

        b = a;
        a = larger;
    }

    bool opposite = (a ^ b) & SIGN;

    if ((a & INFINITE) == INFINITE)
        return propagate(a, b, opposite && is_infinite(b), number_of(a));

    int exponent = exponent_of(a);
    uint64_t left = significand_of(a) >> 1, right = shift(significand_of(b) >> 1, exponent - exponent_of(b));

    if (opposite && left == right)
        return 0;
    return packed(a & SIGN, opposite ? left - right : left + right, exponent + 1);
}

double __adddf3(double a, double b) {
    return add(bits_of(a), bits_of(b));
}

double __subdf3(double a, double b) {
    return add(bits_of(a), is_nan(bits_of(b)) ? bits_of(b) : bits_of(b) ^ SIGN);
}

/* The upper half of a product, with the trace of the lower in its last bit. */
static uint64_t multiply(uint64_t a, uint64_t b) {
    uint64_t low = (uint64_t)(uint32_t)a * (uint32_t)b, high = (a >> 32) * (b >> 32);
    uint64_t one = (a >> 32) * (uint32_t)b, other = (b >> 32) * (uint32_t)a;
    uint64_t middle = (low >> 32) + (uint32_t)one + (uint32_t)other;

    high += (one >> 32) + (other >> 32) + (middle >> 32);
    return high | ((uint32_t)middle != 0 || (uint32_t)low != 0);
}

double __muldf3(double first, double second) {
    uint64_t a = bits_of(first), b = bits_of(second), sign = (a ^ b) & SIGN;
    uint64_t left = significand_of(a), right = significand_of(b);
    int exponent = exponent_of(a) + exponent_of(b) - BIAS + 1;

    if ((a & INFINITE) == INFINITE || (b & INFINITE) == INFINITE)
        return propagate(a, b, (a & ~SIGN) == 0 || (b & ~SIGN) == 0, number_of(sign | INFINITE));
    if (left == 0 || right == 0)
        return number_of(sign);
    left = normalize(left, &exponent);
    right = normalize(right, &exponent);
    return packed(sign, multiply(left, right), exponent);
}

double __divdf3(double first, double second) {
    uint64_t a = bits_of(first), b = bits_of(second), sign = (a ^ b) & SIGN;
    uint64_t rest = significand_of(a), divisor = significand_of(b), quotient = 0;
    int exponent = BIAS, divided = 0;

    if ((a & INFINITE) == INFINITE)
        return propagate(a, b, is_infinite(b), number_of(sign | INFINITE));
    if ((b & INFINITE) == INFINITE)
        return propagate(a, b, false, number_of(sign));
    if (divisor == 0)
        return number_of(rest == 0 ? INFINITE | QUIET : sign | INFINITE);
    if (rest == 0)
        return number_of(sign);
    exponent += exponent_of(a) - exponent_of(b);
    rest = normalize(rest, &exponent) >> 11;
    divisor = normalize(divisor, &divided) >> 11;
    exponent -= divided;
    if (rest < divisor) {
        rest <<= 1;
        exponent--;
    }
    /* The first place is a one: two more than the fraction needs, and then the trace of what is left. */
    for (int place = 0; place < 55; place++, rest <<= 1) {
        quotient <<= 1;
        if (rest >= divisor) {
            rest -= divisor;
            quotient |= 1;
        }
    }
    return packed(sign, quotient << 9 | (rest != 0), exponent);
}

/* The whole part of a number's magnitude, as much of it as 32 bits hold; `fits` says whether that is all. */
static uint32_t whole(uint64_t bits, bool *fits) {
    int exponent = exponent_of(bits) - BIAS;

    *fits = exponent < 32;
    if (exponent < 0)
        return 0;
    return *fits ? (uint32_t)(significand_of(bits) >> (63 - exponent)) : UINT32_MAX;
}

int32_t __fixdfsi(double value) {
    uint64_t bits = bits_of(value);
    bool fits;
    uint32_t magnitude = whole(bits, &fits);

    if (is_nan(bits))
        return 0;
    if (bits & SIGN)
        return magnitude > (uint32_t)INT32_MAX ? INT32_MIN : -(int32_t)magnitude;
    return magnitude > (uint32_t)INT32_MAX ? INT32_MAX : (int32_t)magnitude;
}

uint32_t __fixunsdfsi(double value) {
    uint64_t bits = bits_of(value);
    bool fits;
    uint32_t magnitude = whole(bits, &fits);

    return (bits & SIGN) && fits ? -magnitude : magnitude;
}

double __floatunsidf(uint32_t value) {
    return packed(0, (uint64_t)value << 32, BIAS + 31);
}

double __floatsidf(int32_t value) {
    uint32_t magnitude = value < 0 ? -(uint32_t)value : (uint32_t)value;

    return packed(value < 0 ? SIGN : 0, (uint64_t)magnitude << 32, BIAS + 31);
}

double __extendsfdf2(float value) {
    uint32_t bits = (union single){.value = value}.bits, exponent = bits >> 23 & 255, fraction = bits & 0x7FFFFF;
    uint64_t sign = (uint64_t)(bits >> 31) << 63;

    if (exponent == 255)
        return number_of(sign | INFINITE | (uint64_t)fraction << 29 | (fraction ? QUIET : 0));
    if (exponent != 0)
        fraction |= 0x800000;
    return packed(sign, (uint64_t)fraction << 40, (exponent ? (int)exponent : 1) + BIAS - 127);
}

float __truncdfsf2(double value) {
    uint64_t bits = bits_of(value);
    uint32_t sign = (uint32_t)(bits >> 63) << 31, single;

    if (is_nan(bits))
        single = 0x7FC00000 | ((uint32_t)(bits >> 29) & 0x7FFFFF);
    else if (is_infinite(bits))
        single = 0x7F800000;
    else
        single = (uint32_t)pack(significand_of(bits), exponent_of(bits) - BIAS + 127, &binary32);
    return (union single){.bits = sign | single}.value;
}

/*
 * These stand before those of picolibc 1.8, where floor and ceil compare signed what is unsigned (floor(-2147483647.5))
 * and trunc cuts off too much of large numbers.
 */

/* The places behind the point. */
static uint64_t fraction_of(uint64_t bits) {
    int exponent = exponent_of(bits) - BIAS;

    if (exponent < 0)
        return ~SIGN;
    return exponent >= 52 ? 0 : ((uint64_t)1 << (52 - exponent)) - 1;
}

double trunc(double value) {
    return number_of(bits_of(value) & ~fraction_of(bits_of(value)));
}

double floor(double value) {
    uint64_t bits = bits_of(value), fraction = fraction_of(bits);

    if (!(bits & SIGN) || !(bits & fraction))
        return number_of(bits & ~fraction);
    return fraction == ~SIGN ? -1 : number_of((bits + fraction) & ~fraction);
}

double ceil(double value) {
    return number_of(bits_of(floor(number_of(bits_of(value) ^ SIGN))) ^ SIGN);
}
