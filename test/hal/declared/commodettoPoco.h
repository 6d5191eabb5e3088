/* Moddable SDK: the part of its renderer that C draws with. */
#ifndef DECLARED_COMMODETTOPOCO_H
#define DECLARED_COMMODETTOPOCO_H

#include "commodettoPixelsOut.h"
#include "xsmc.h"

typedef int16_t PocoCoordinate;
typedef uint16_t PocoDimension;
typedef uint8_t PocoBitmapFormat;
typedef struct PocoRecord *Poco;
typedef struct {
    PocoDimension width;
    PocoDimension height;
    PocoBitmapFormat format;
    PocoPixel *pixels;
} PocoBitmapRecord, *PocoBitmap;

void PocoBitmapDraw(Poco poco, PocoBitmap bits, PocoCoordinate x, PocoCoordinate y, PocoDimension sx, PocoDimension sy,
                    PocoDimension sw, PocoDimension sh);

/* As the SDK's macro has the record of a renderer. */
#define xsmcGetHostDataPoco(slot) ((void *)xsmcGetHostData(slot))

#endif
