/*
 * Voice switching; see duplex.h. What is played is known some ticks before the room gives it back: the microphone is
 * always turned down in time.
 */
#include "duplex.h"
#include "gain.h"

#define DB(value) ((int32_t)((value)*42.52))

/* Nothing fainter than this, of full scale, is talk: mean magnitudes of 16 and of 24. */
#define MIC_LEAST (4 * 256)
#define PLAY_LEAST (4 * 256 + 150)
/* So much above its background is talk. */
#define MARGIN DB(8)
/* So much above the echo that is expected at most, for so many ticks, the user takes the line from the far end. */
#define LOUDER DB(7)
#define LOUDER_TICKS 3
/* Backgrounds are followed down by a quarter of the way, and up by 5 dB a second. */
#define FLOOR_RISE 2
/* Reverberation: 60 dB in 300 ms. */
#define ROOM_FALL DB(2)
/* Ticks from the loudspeaker to the echo at most; it is held for one to two times as long. */
#define ROOM_HOLD 8
/* The coupling at first, its bounds, and how it follows what is measured: down by 0.05 dB a tick, up by 0.2. What is
 * measured is the most that the echo has: while the far end alone talks it is near that now and then. */
#define COUPLING_FIRST DB(6)
#define COUPLING_LEAST DB(-40)
#define COUPLING_MOST DB(20)
#define COUPLING_FALL 2
#define COUPLING_RISE 8
/* Ticks after talk: the room's last echo is over, and a word's pause does not give the line away. */
#define HOLD_HEARS 25
#define HOLD_TALKS 20
/* -45 dB and -15 dB. A way is opened within two ticks, and closed within one. */
#define CLOSED 23
#define LOWERED 728
#define OPENS (GAIN_UNITY / 2)

void duplex_reset(struct duplex *duplex) {
    *duplex = (struct duplex){.coupling = COUPLING_FIRST};
    duplex_begin(duplex);
}

void duplex_begin(struct duplex *duplex) {
    duplex->state = DUPLEX_IDLE;
    duplex->hold = duplex->louder = 0;
    duplex->room = duplex->loudest = duplex->loudest_before = 0;
    duplex->room_ticks = 0;
    duplex->mic_gain = duplex->play_gain = GAIN_UNITY;
}

/* Level of a frame: of every second sample, which tells enough. */
static int32_t level(const int16_t *samples, uint32_t count) {
    uint32_t sum = count;

    for (uint32_t i = 0; i < count; i += 2)
        sum += (uint32_t)(samples[i] < 0 ? -samples[i] : samples[i]) * 2;
    /* There is a frame. NOLINTNEXTLINE(clang-analyzer-core.DivideZero) */
    sum /= count;

    uint32_t zeros = (uint32_t)__builtin_clz(sum | 1);

    return (int32_t)((31 - zeros) * 256 + (sum << zeros >> 23 & 255));
}

static void follow(int32_t *floor, int32_t now, bool begun) {
    if (!begun || now < *floor)
        *floor += begun ? (now - *floor) / 4 : now - *floor;
    else
        *floor += FLOOR_RISE;
}

/* Brings a gain nearer to what it is to be, and applies it. */
static void turn(int32_t *gain, int32_t to, int16_t *samples, uint32_t count) {
    int32_t from = *gain;

    if (to > from + OPENS)
        to = from + OPENS;
    if (from != GAIN_UNITY || to != GAIN_UNITY)
        gain_apply(samples, count, from, to);
    *gain = to;
}

/* How strong the echo is: learned while the far end has the line, as the user is silent for most of that. */
static void learn(struct duplex *duplex, int32_t heard) {
    int32_t coupling = heard - duplex->room;

    duplex->coupling += coupling < duplex->coupling ? -COUPLING_FALL : COUPLING_RISE;
    if (duplex->coupling < COUPLING_LEAST)
        duplex->coupling = COUPLING_LEAST;
    if (duplex->coupling > COUPLING_MOST)
        duplex->coupling = COUPLING_MOST;
}

void duplex_send(struct duplex *duplex, int16_t *mic, uint32_t count) {
    int32_t heard = level(mic, count), echo = duplex->room + duplex->coupling;
    bool voice = heard > MIC_LEAST && heard > duplex->mic_floor + MARGIN;

    follow(&duplex->mic_floor, heard, duplex->begun);
    duplex->begun = true;
    duplex->louder = (uint8_t)(voice && heard > echo + LOUDER ? duplex->louder + (duplex->louder < LOUDER_TICKS) : 0);
    switch (duplex->state) {
    case DUPLEX_HEARS:
        if (duplex->louder >= LOUDER_TICKS) {
            duplex->state = DUPLEX_TALKS;
            duplex->hold = HOLD_TALKS;
        } else if (duplex->room > PLAY_LEAST) {
            learn(duplex, heard);
        }
        break;
    case DUPLEX_IDLE:
        if (duplex->louder > 0) {
            duplex->state = DUPLEX_TALKS;
            duplex->hold = HOLD_TALKS;
        }
        break;
    default:
        if (duplex->louder > 0)
            duplex->hold = HOLD_TALKS;
        break;
    }
    turn(&duplex->mic_gain, duplex->state == DUPLEX_HEARS ? CLOSED : GAIN_UNITY, mic, count);
}

/* The room has the loudest of what may not have come yet, or what is left of something louder. */
static void remember(struct duplex *duplex, int32_t played) {
    if (played > duplex->loudest)
        duplex->loudest = played;

    int32_t coming = duplex->loudest > duplex->loudest_before ? duplex->loudest : duplex->loudest_before;

    duplex->room = coming > duplex->room - ROOM_FALL ? coming : duplex->room - ROOM_FALL;
    if (++duplex->room_ticks < ROOM_HOLD)
        return;
    duplex->room_ticks = 0;
    duplex->loudest_before = duplex->loudest;
    duplex->loudest = 0;
}

void duplex_play(struct duplex *duplex, int16_t *speaker, uint32_t count) {
    int32_t played = level(speaker, count);
    bool voice = played > PLAY_LEAST && played > duplex->play_floor + MARGIN;

    follow(&duplex->play_floor, played, duplex->begun);
    turn(&duplex->play_gain, duplex->state == DUPLEX_TALKS ? LOWERED : GAIN_UNITY, speaker, count);
    if (duplex->state == DUPLEX_TALKS)
        played -= DB(15);
    remember(duplex, played);
    if (duplex->hold > 0)
        duplex->hold--;
    if (voice && duplex->state != DUPLEX_TALKS) {
        duplex->state = DUPLEX_HEARS;
        duplex->hold = HOLD_HEARS;
    } else if (duplex->hold == 0) {
        duplex->state = DUPLEX_IDLE;
    }
}
