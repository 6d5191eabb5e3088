/* Moddable SDK: what its renderer wants of a display with RGB565. */
#ifndef DECLARED_COMMODETTOPIXELSOUT_H
#define DECLARED_COMMODETTOPIXELSOUT_H

#include <stdint.h>

#define kCommodettoBitmapRGB565LE 7
#define kCommodettoBitmapRGB565BE 8
#define kCommodettoBitmapFormat kCommodettoBitmapRGB565LE

typedef int16_t CommodettoCoordinate;
typedef uint16_t CommodettoDimension;
typedef uint16_t CommodettoPixel;
typedef CommodettoPixel PocoPixel;
typedef struct {
    CommodettoCoordinate x;
    CommodettoCoordinate y;
    CommodettoDimension w;
    CommodettoDimension h;
} CommodettoRectangleRecord, *CommodettoRectangle;

typedef void (*PixelsOutBegin)(void *refcon, CommodettoCoordinate x, CommodettoCoordinate y, CommodettoDimension width,
                               CommodettoDimension height);
typedef void (*PixelsOutContinue)(void *refcon);
typedef void (*PixelsOutEnd)(void *refcon);
typedef void (*PixelsOutAdaptInvalid)(void *refcon, CommodettoRectangle area);
typedef void (*PocoRenderedPixelsReceiver)(PocoPixel *pixels, int octets, void *refcon);

typedef struct {
    PixelsOutBegin doBegin;
    PixelsOutContinue doContinue;
    PixelsOutEnd doEnd;
    PocoRenderedPixelsReceiver doSend;
    PixelsOutAdaptInvalid doAdaptInvalid;
} PixelsOutDispatchRecord, *PixelsOutDispatch;

#endif
