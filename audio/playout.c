/*
 * The sound about the place of play; see playout.h.
 */
#include "playout.h"

#include <string.h>

void playout_move(int16_t *to, const int16_t *from, uint32_t count) {
    uint32_t distance = (uint32_t)(from - to);

    for (uint32_t piece; count > 0; count -= piece, to += piece, from += piece) {
        piece = count < distance ? count : distance;
        memcpy(to, from, piece * sizeof *to);
    }
}

int16_t *playout_frame(struct playout *playout, uint32_t ahead, uint32_t samples) {
    if (playout->at + (PIPELINE_FRAME + PLAYOUT_AHEAD) * samples > PLAYOUT_SAMPLES) {
        const int16_t *from = playout->sound + playout->at - playout->past;

        playout_move(playout->sound, from, playout->past + ahead);
        playout->at = playout->past;
    }
    return playout->sound + playout->at;
}

void playout_pass(struct playout *playout, uint32_t samples) {
    uint32_t past = playout->past + PIPELINE_FRAME * samples, most = PLAYOUT_PAST * samples;

    playout->at += (uint16_t)(PIPELINE_FRAME * samples);
    playout->past = (uint16_t)(past < most ? past : most);
}
