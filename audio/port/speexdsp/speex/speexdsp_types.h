/* SpeexDSP asks for its headers in a folder of this name; the build of the image names the folder within. */
#include <speexdsp_types.h>
