/*
 * The measure of all in the pipeline: a frame is what one tick takes and gives.
 */
#ifndef LINNET_FRAME_H
#define LINNET_FRAME_H

/* Samples in 10 ms at 8 kHz, and in 1 ms; codes, too. */
#define PIPELINE_FRAME 80
#define PIPELINE_MILLISECOND 8

/* Samples in 10 ms at the highest rate, 16 kHz. */
#define PIPELINE_FRAME_MOST 160

#endif
