/*
 * The adaptive jitter buffer; see jitter.h. Time is counted in samples: timestamps on the sender's clock, now on the
 * ticks', which is the one that decides whether a packet is there in time; only differences matter, modulo 2^32.
 */
#include "jitter.h"

#include <string.h>

/* The newest packets, too late beyond the greatest delay for so many ticks, begin a new timeline: after a standstill of
 * the network they come all at once. */
#define LATE_RUN 10
/* Timestamps go on by no more from one packet of a timeline to the next. */
#define ONWARD_MOST (60 * 8000)
/* Ticks over which the least transit is taken; that of two such windows is in force. */
#define WINDOW 200
/* Ticks from one look for a shorter delay to the next. */
#define LOOK 32
/* With every tick a new packet weighs more by 1/1024: what was learned fades within 10 s or so. */
#define WEIGHT_STEP 10
#define WEIGHT_LEAST (1u << 14)
#define WEIGHT_MOST (1u << 18)
/* The delay is to hold all but one in 512 packets. */
#define QUANTILE 9
/* Samples within which what was held back comes. */
#define TALK_BEGINS (2 * PIPELINE_FRAME)
/* What the start is taken for: as if so many packets had needed its delay. */
#define START_PACKETS 1
/* The delay shrinks when this much can be gained. */
#define GAIN_LEAST 160
/* The same once the delay has stayed for so many ticks. */
#define GAIN_STEADY 56
#define STEADY 1000
/* Ticks for which it stays after it has grown. */
#define GROWN_PAUSE 500

/* Packets, as a power of two, over which lateness is averaged; quarters of the mean deviation beyond it that are held.
 */
#define MEAN_SHIFT 8
#define DEVIATIONS 15
/* What a hole counts, in ticks; with more than one of them at a time the delay is such that what lies behind a hole is
 * there when it begins. */
#define HOLE 300
#define JITTER_DELAY_HOLES 160
/* So many packets are judged by their spread. */
#define SPREAD_SEEN 128
/* The delay grows, before a packet is too late, when so much is wanting. */
#define GROW_LEAST 40
/* The delay shrinks in a pause when this much can be gained. */
#define SPARE_LEAST 40

#define INDEX(timestamp) ((timestamp) % JITTER_CODES)

static int32_t difference(uint32_t a, uint32_t b) {
    return (int32_t)(a - b);
}

static uint32_t least(uint32_t a, uint32_t b) {
    return difference(a, b) < 0 ? a : b;
}

void jitter_reset(struct jitter *jitter) {
    memset(jitter, 0, sizeof *jitter);
}

void jitter_restart(struct jitter *jitter) {
    jitter->restart = true;
}

/* The bits of `present` from a timestamp on, as many as lie in one word and are asked for. */
static uint32_t word_mask(uint32_t timestamp, uint32_t count, uint32_t *taken) {
    uint32_t bit = timestamp % 32;
    uint32_t take = count < 32 - bit ? count : 32 - bit;

    *taken = take;
    return (take == 32 ? UINT32_MAX : (1u << take) - 1) << bit;
}

static void set_present(struct jitter *jitter, uint32_t timestamp, uint32_t count) {
    uint32_t taken;

    if (timestamp % 32 != 0 && count > 0) {
        jitter->present[INDEX(timestamp) / 32] |= word_mask(timestamp, count, &taken);
        count -= taken;
        timestamp += taken;
    }
    /* Most are whole words. */
    for (; count >= 32; count -= 32, timestamp += 32)
        jitter->present[INDEX(timestamp) / 32] = UINT32_MAX;
    if (count > 0)
        jitter->present[INDEX(timestamp) / 32] |= (1u << count) - 1;
}

static void clear_present(struct jitter *jitter, uint32_t timestamp, uint32_t count) {
    uint32_t taken;

    for (; count > 0; count -= taken, timestamp += taken) {
        uint32_t mask = word_mask(timestamp, count, &taken);

        jitter->present[INDEX(timestamp) / 32] &= ~mask;
    }
}

/* If all samples of a frame are there, takes their bits out of `present`. A frame lies in three words or four. */
static bool take_whole(struct jitter *jitter, uint32_t timestamp) {
    uint32_t word = INDEX(timestamp) / 32, bit = timestamp % 32;
    uint32_t rest = PIPELINE_FRAME - 64 + bit;
    uint32_t first = UINT32_MAX << bit;
    uint32_t third = rest < 32 ? (1u << rest) - 1 : UINT32_MAX;
    uint32_t fourth = rest > 32 ? (1u << (rest - 32)) - 1 : 0;
    uint32_t *words = jitter->present;
    uint32_t next = (word + 1) % (JITTER_CODES / 32), after = (word + 2) % (JITTER_CODES / 32);
    uint32_t last = (word + 3) % (JITTER_CODES / 32);

    if (words[next] != UINT32_MAX || (words[word] & first) != first || (words[after] & third) != third ||
        (words[last] & fourth) != fourth)
        return false;
    words[word] &= ~first;
    words[next] = 0;
    words[after] &= ~third;
    if (fourth != 0)
        words[last] &= ~fourth;
    return true;
}

/* Takes the bits of a frame out of `present`; copies them to `have`. */
static __attribute__((noinline)) bool take(struct jitter *jitter, uint32_t timestamp, uint32_t have[3]) {
    bool any = false;

    have[0] = have[1] = have[2] = 0;
    for (uint32_t i = 0; i < PIPELINE_FRAME; i++, timestamp++) {
        uint32_t *word = &jitter->present[INDEX(timestamp) / 32];
        uint32_t bit = 1u << timestamp % 32;

        if (*word & bit) {
            have[i / 32] |= 1u << i % 32;
            *word &= ~bit;
            any = true;
        }
    }
    return any;
}

/* Notes the kind of codes that are to be stored. */
static void note_kind(struct jitter *jitter, uint32_t timestamp, uint32_t count, uint32_t kind) {
    uint32_t taken;

    if (kind != jitter->kind) {
        for (uint32_t bit = 0; bit < JITTER_KIND_BITS && !jitter->mixed; bit++)
            memset(jitter->kinds[bit], jitter->kind >> bit & 1 ? 0xFF : 0, sizeof jitter->kinds[bit]);
        jitter->mixed = true;
        jitter->mixed_until = jitter->newest;
        jitter->kind = (uint8_t)kind;
    }
    if (!jitter->mixed)
        return;
    for (; count > 0; count -= taken, timestamp += taken) {
        uint32_t mask = word_mask(timestamp, count, &taken);

        for (uint32_t bit = 0; bit < JITTER_KIND_BITS; bit++) {
            uint32_t *word = &jitter->kinds[bit][INDEX(timestamp) / 32];

            *word = kind >> bit & 1 ? *word | mask : *word & ~mask;
        }
    }
}

uint32_t jitter_run(const struct jitter *jitter, uint32_t at, uint32_t count, uint32_t *kind) {
    uint32_t run = 0;

    for (uint32_t first = 0; run < count; run++, at++) {
        uint32_t found = 0;

        for (uint32_t bit = 0; bit < JITTER_KIND_BITS; bit++)
            found |= (jitter->kinds[bit][INDEX(at) / 32] >> at % 32 & 1) << bit;
        if (run == 0)
            *kind = first = found;
        else if (found != first)
            break;
    }
    return run;
}

static void store(struct jitter *jitter, uint32_t timestamp, const uint8_t *codes, uint32_t count) {
    uint32_t index = INDEX(timestamp);
    uint32_t run = count < JITTER_CODES - index ? count : JITTER_CODES - index;

    memcpy(jitter->codes + index, codes, run);
    memcpy(jitter->codes, codes + run, count - run);
    if (index < PIPELINE_FRAME || run < count)
        memcpy(jitter->codes + JITTER_CODES, jitter->codes, PIPELINE_FRAME);
    set_present(jitter, timestamp, count);
}

/* Begins a timeline: the packet will be played after the delay that is wanted. */
static void begin(struct jitter *jitter, uint32_t timestamp) {
    if (!jitter->started) {
        jitter->started = true;
        jitter->weight = WEIGHT_LEAST;
        jitter->wanted = JITTER_DELAY_START;
        jitter->total = START_PACKETS * WEIGHT_LEAST;
        jitter->lateness[JITTER_DELAY_START / PIPELINE_FRAME] = jitter->total;
    }
    memset(jitter->present, 0, sizeof jitter->present);
    jitter->ahead = 0;
    jitter->cursor = timestamp - jitter->wanted;
    jitter->heard = jitter->cursor;
    jitter->newest = timestamp;
    jitter->transit = jitter->transit_before = jitter->transit_window = jitter->now - timestamp;
    jitter->measured = true;
    jitter->mixed = false;
    jitter->jumped = false;
    jitter->restart = false;
    jitter->late_run = 0;
}

/* The delay has been changed. */
static void adapted(struct jitter *jitter) {
    jitter->adaptations++;
    jitter->steady = 0;
}

/* Leaves out sound whose turn would come later than the bound allows, as when a packet comes far sooner than all
 * before. */
static void keep_bound(struct jitter *jitter) {
    int32_t over = jitter_delay(jitter) - JITTER_DELAY_MOST;

    if (over <= 0)
        return;

    uint32_t to = jitter->cursor + (uint32_t)over;

    clear_present(jitter, jitter->cursor, over < JITTER_CODES ? (uint32_t)over : JITTER_CODES);
    jitter->ahead = 0;
    jitter->cursor = jitter->heard = to;
    jitter->leapt += (uint32_t)over;
    adapted(jitter);
}

/* All lateness so far was more, or less, than it seemed. */
static void learn_shift(struct jitter *jitter, int32_t samples) {
    if (jitter->seen > 0 && samples < JITTER_DELAY_MOST && samples > -JITTER_DELAY_MOST)
        jitter->mean += samples * 16;
}

/* Takes a packet's lateness into the means. */
static void learn(struct jitter *jitter, int32_t late) {
    if (jitter->seen < 1u << MEAN_SHIFT && ++jitter->seen >> (jitter->seen_shift + 1) != 0)
        jitter->seen_shift++;

    uint32_t shift = jitter->seen_shift;
    int32_t off = late * 16 - jitter->mean;

    jitter->mean += off >> shift;
    jitter->deviation += ((off < 0 ? -off : off) - jitter->deviation) >> shift;
}

/* Notes how late a packet is against the earliest ones, in samples. */
static uint32_t measure(struct jitter *jitter, uint32_t timestamp) {
    uint32_t transit = jitter->now - timestamp;

    jitter->transit_window = jitter->measured ? least(jitter->transit_window, transit) : transit;
    jitter->measured = true;
    if (difference(transit, jitter->transit) < 0) {
        learn_shift(jitter, difference(jitter->transit, transit));
        jitter->transit = transit;
    }

    /* In whole ticks, rounded up; 52429 / 2^22 is 1/80. */
    uint32_t late = transit - jitter->transit;
    uint32_t class = late >= JITTER_CLASSES * PIPELINE_FRAME ? JITTER_CLASSES : ((late + 79) * 52429u) >> 22;

    if (class >= JITTER_CLASSES)
        class = JITTER_CLASSES - 1;
    jitter->lateness[class] += jitter->weight;
    jitter->total += jitter->weight;
    learn(jitter, late < JITTER_DELAY_MOST ? (int32_t)late : JITTER_DELAY_MOST);
    return late;
}

/* Whether a packet is of the beginning of talk, which a sender that suppresses silence has held back until it was sure,
 * and sends at once: that it is late says nothing of the network. `first`: it is marked, and comes in silence. */
static bool begins_talk(struct jitter *jitter, bool first) {
    if (first) {
        jitter->talk = jitter->now;
        jitter->talk_begins = true;
    } else if (jitter->now - jitter->talk >= TALK_BEGINS) {
        jitter->talk_begins = false;
    }
    return jitter->talk_begins;
}

/* Works out the delay that holds all but a few of the packets. */
static __attribute__((noinline)) void want(struct jitter *jitter) {
    uint32_t few = jitter->total >> QUANTILE, class = JITTER_CLASSES - 1;

    for (uint32_t sum = jitter->lateness[class]; sum <= few && class > 0; sum += jitter->lateness[class])
        class --;

    uint32_t wanted = class * PIPELINE_FRAME;
    /* What is spread evenly is known from its spread long before the latest of it has come. */
    int32_t spread = (jitter->mean + DEVIATIONS * jitter->deviation / 4) / 16;

    if (jitter->seen < SPREAD_SEEN && spread > (int32_t)wanted)
        wanted = (uint32_t)spread;
    uint32_t least_delay = jitter->holes > HOLE ? JITTER_DELAY_HOLES : JITTER_DELAY_LEAST;

    wanted = wanted < least_delay ? least_delay : wanted;
    jitter->wanted = (uint16_t)(wanted > JITTER_DELAY_MOST ? JITTER_DELAY_MOST : wanted);
}

/* Sets the cursor back by so many samples, or as many as the bound allows; returns how many. */
static uint32_t put_off(struct jitter *jitter, uint32_t samples) {
    int32_t room = JITTER_DELAY_MOST - jitter_delay(jitter);

    if (room <= 0)
        return 0;
    if (samples > (uint32_t)room)
        samples = (uint32_t)room;
    jitter->cursor -= samples;
    jitter->ahead = 0;
    adapted(jitter);
    jitter->pause = GROWN_PAUSE;
    return samples;
}

/* Sets the delay to what is wanted, before a packet that follows silence. */
static void set_anew(struct jitter *jitter, uint32_t timestamp) {
    uint32_t cursor = jitter->now - jitter->transit - jitter->wanted;

    if (difference(cursor, jitter->heard) < 0)
        cursor = jitter->heard;
    if (difference(cursor, timestamp) > 0)
        cursor = timestamp;
    if (cursor == jitter->cursor)
        return;
    jitter->cursor = cursor;
    jitter->ahead = 0;
    adapted(jitter);
}

/* The least transit has risen by so much: what was late against it was less so. */
static void forgive(struct jitter *jitter, uint32_t rise) {
    uint32_t classes = 0;

    learn_shift(jitter, -(int32_t)rise);
    for (; rise >= PIPELINE_FRAME && classes < JITTER_CLASSES - 1; rise -= PIPELINE_FRAME)
        classes++;
    if (classes == 0)
        return;
    for (uint32_t i = 0; i < JITTER_CLASSES; i++) {
        uint32_t weight = jitter->lateness[i];

        jitter->lateness[i] = 0;
        jitter->lateness[i > classes ? i - classes : 0] += weight;
    }
    want(jitter);
}

/* Whether a packet goes on where the one before was: sequence numbers and timestamps of one sender move the same way.
 */
static bool goes_on(const struct jitter *jitter, const struct jitter_packet *packet) {
    bool back = (int16_t)(packet->sequence - jitter->sequence) < 0;
    int32_t onward =
        back ? difference(jitter->timestamp, packet->timestamp) : difference(packet->timestamp, jitter->timestamp);

    return onward >= 0 && onward < ONWARD_MOST;
}

/* Finds the timeline of a packet, and begins another one where it is not the present one's; false when that is not
 * known yet. */
static bool place(struct jitter *jitter, const struct jitter_packet *packet) {
    uint32_t timestamp = packet->timestamp;
    int32_t lead = difference(timestamp, jitter->cursor);
    bool same =
        lead <= JITTER_CODES - (int32_t)packet->count && (lead >= -JITTER_DELAY_MOST || goes_on(jitter, packet));

    if (!jitter->started || jitter->restart) {
        begin(jitter, timestamp);
    } else if (!same || (packet->marker && lead < -JITTER_DELAY_MOST)) {
        /* Another timeline, if the sender says so or the next packet follows this one. */
        if (!packet->marker && !(jitter->jumped && timestamp == jitter->jump)) {
            jitter->jumped = true;
            jitter->jump = timestamp + packet->count;
            return false;
        }
        begin(jitter, timestamp);
    }
    jitter->jumped = false;
    jitter->sequence = packet->sequence;
    jitter->timestamp = timestamp;
    return true;
}

enum jitter_put jitter_put(struct jitter *jitter, const struct jitter_packet *packet, bool silent) {
    const uint8_t *codes = packet->codes;
    uint32_t timestamp = packet->timestamp, count = packet->count;

    if (!place(jitter, packet))
        return JITTER_OUTSIDE;
    if (!begins_talk(jitter, packet->marker && silent) && measure(jitter, timestamp) > jitter->wanted)
        want(jitter);
    keep_bound(jitter);
    if (silent && difference(jitter->newest, jitter->cursor) <= 0)
        set_anew(jitter, timestamp);

    int32_t lead = difference(timestamp, jitter->cursor);

    /* The time of what was not played yet can be put off; a straggler, whose successors were, merely teaches. */
    if (lead < 0 && difference(timestamp, jitter->heard) >= 0)
        lead += (int32_t)put_off(jitter, (uint32_t)-lead);

    /* What was made of in its stead is played. */
    if (lead >= 0 && lead + (int32_t)count <= jitter->ahead)
        return JITTER_LATE;

    bool newer = difference(timestamp, jitter->newest) >= 0;

    if (lead + (int32_t)count <= 0) {
        /* If the bound is reached and it stays so, the way has become that much longer or the sender's clock was set.
         */
        if (newer && jitter->late_run == 0)
            jitter->late_run = 1;
        if (!newer || jitter->late_run < LATE_RUN)
            return JITTER_LATE;
        forgive(jitter, jitter->now - timestamp - jitter->transit);
        begin(jitter, timestamp);
        lead = difference(timestamp, jitter->cursor);
    }
    if (newer) {
        jitter->newest = timestamp + count;
        jitter->late_run = 0;
    }
    if (lead < 0) {
        codes += -lead;
        count -= (uint32_t)-lead;
        timestamp = jitter->cursor;
    }
    note_kind(jitter, timestamp, count, packet->kind);
    store(jitter, timestamp, codes, count);
    return JITTER_STORED;
}

/* Forgets the least transit of long ago; when it rises, what was late against it was less so. */
static __attribute__((noinline)) void close_window(struct jitter *jitter) {
    jitter->ticks = 0;
    if (!jitter->measured)
        return;

    uint32_t transit = least(jitter->transit_before, jitter->transit_window);
    uint32_t rise = transit - jitter->transit;

    forgive(jitter, rise);
    jitter->transit = transit;
    jitter->transit_before = jitter->transit_window;
    jitter->measured = false;
}

/* Makes packets to come weigh more, and all less when the numbers grow too large. */
static void age(struct jitter *jitter) {
    jitter->weight += jitter->weight >> WEIGHT_STEP;
    if (jitter->weight < WEIGHT_MOST)
        return;
    jitter->weight /= WEIGHT_MOST / WEIGHT_LEAST;
    jitter->total = 0;
    for (uint32_t i = 0; i < JITTER_CLASSES; i++) {
        jitter->lateness[i] /= WEIGHT_MOST / WEIGHT_LEAST;
        jitter->total += jitter->lateness[i];
    }
}

/* What there is of a frame that is not whole. */
static __attribute__((noinline)) enum jitter_frame get_rest(struct jitter *jitter, uint32_t now, uint32_t have[3]) {
    if (jitter->heard == now && difference(jitter->newest, jitter->cursor) > 0 && jitter->holes < 5 * HOLE)
        jitter->holes += HOLE;
    if (!take(jitter, now, have))
        return JITTER_MISSING;
    jitter->heard = jitter->cursor;
    while (!(have[(jitter->heard - now - 1) / 32] >> (jitter->heard - now - 1) % 32 & 1))
        jitter->heard--;
    return JITTER_PARTIAL;
}

enum jitter_frame jitter_get(struct jitter *jitter, uint32_t have[3]) {
    if (!jitter->started)
        return JITTER_WAITING;
    if (++jitter->ticks % LOOK == 0)
        want(jitter);
    if (jitter->ticks >= WINDOW)
        close_window(jitter);
    age(jitter);
    if (jitter->pause > 0)
        jitter->pause--;
    if (jitter->steady < STEADY)
        jitter->steady++;
    if (jitter->late_run > 0 && jitter->late_run < LATE_RUN)
        jitter->late_run++;

    uint32_t now = jitter->cursor;

    jitter->cursor += PIPELINE_FRAME;
    jitter->now += PIPELINE_FRAME;
    jitter->ahead = (uint16_t)(jitter->ahead > PIPELINE_FRAME ? jitter->ahead - PIPELINE_FRAME : 0);
    if (jitter->mixed && difference(now, jitter->mixed_until) >= 0)
        jitter->mixed = false;
    if (jitter->holes > 0)
        jitter->holes--;
    if (take_whole(jitter, now)) {
        jitter->heard = jitter->cursor;
        return JITTER_WHOLE;
    }
    return get_rest(jitter, now, have);
}

int32_t jitter_change(const struct jitter *jitter) {
    int32_t excess = jitter_delay(jitter) - jitter->wanted;

    if (excess < 0)
        return excess <= -GROW_LEAST ? -excess : 0;
    if (jitter->steady == STEADY && jitter->pause == 0 && excess >= GAIN_STEADY)
        return -excess;
    return jitter->pause == 0 && excess >= GAIN_LEAST ? -excess : 0;
}

uint32_t jitter_spare(const struct jitter *jitter) {
    int32_t excess = jitter_delay(jitter) - jitter->wanted;

    return excess >= SPARE_LEAST ? (uint32_t)excess : 0;
}

/* How many codes from a timestamp on are there, or are not, without a change, counted as far as `most`. */
static uint32_t run_of(const struct jitter *jitter, uint32_t at, uint32_t most, bool there) {
    uint32_t count = 0;

    while (count < most) {
        uint32_t bit = at % 32, word = jitter->present[INDEX(at) / 32] >> bit, rest = 32 - bit;

        if (there)
            word = ~word;
        if (word != 0) {
            uint32_t run = (uint32_t)__builtin_ctz(word);

            if (run < rest) {
                count += run;
                break;
            }
        }
        count += rest;
        at += rest;
    }
    return count < most ? count : most;
}

bool jitter_look(struct jitter *jitter, uint32_t most) {
    uint32_t more =
        most > jitter->ahead ? run_of(jitter, jitter->cursor + jitter->ahead, most - jitter->ahead, true) : 0;

    jitter->ahead += (uint16_t)more;
    return more > 0;
}

uint32_t jitter_gap(const struct jitter *jitter, uint32_t most, uint32_t enough, uint32_t *behind) {
    uint32_t gap = run_of(jitter, jitter->cursor, most + 1, false);

    *behind = run_of(jitter, jitter->cursor + gap, enough, true);
    return *behind > 0 ? gap : UINT32_MAX;
}

void jitter_made(struct jitter *jitter, uint32_t count) {
    jitter->ahead = (uint16_t)(count - PIPELINE_FRAME);
    jitter->heard = jitter->cursor + jitter->ahead;
}

void jitter_skip(struct jitter *jitter, uint32_t count) {
    clear_present(jitter, jitter->cursor, count);
    jitter->cursor += count;
    jitter->heard = jitter->cursor;
    jitter->ahead = (uint16_t)(jitter->ahead > count ? jitter->ahead - count : 0);
    adapted(jitter);
}

void jitter_repeat(struct jitter *jitter, uint32_t count) {
    jitter->cursor -= count;
    jitter->ahead += (uint16_t)count;
    set_present(jitter, jitter->cursor, count);
    adapted(jitter);
    jitter_pause(jitter, GROWN_PAUSE);
}

void jitter_pause(struct jitter *jitter, uint32_t ticks) {
    jitter->pause = (uint16_t)ticks;
}
