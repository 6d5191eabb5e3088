/* SpeexDSP asks for its headers in a folder of this name; the build of the image names the folder within. */
#include <speex_preprocess.h>
