/* What the SDK's renderer wants of a display. */
#ifndef COMMODETTO_PIXELS_OUT_H
#define COMMODETTO_PIXELS_OUT_H

#include <stdint.h>

#define kCommodettoBitmapRGB565LE 7
#define kCommodettoBitmapFormat kCommodettoBitmapRGB565LE

typedef int16_t CommodettoCoordinate;
typedef uint16_t CommodettoDimension;
typedef uint16_t PocoPixel;
typedef struct {
    int unused;
} * CommodettoRectangle;

typedef struct {
    void (*doBegin)(void *, CommodettoCoordinate, CommodettoCoordinate, CommodettoDimension, CommodettoDimension);
    void (*doContinue)(void *);
    void (*doEnd)(void *);
    void (*doSend)(PocoPixel *pixels, int octets, void *refcon);
    void (*doAdaptInvalid)(void *, CommodettoRectangle);
} PixelsOutDispatchRecord, *PixelsOutDispatch;

#endif
