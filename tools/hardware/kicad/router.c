/*
 * Draws the tracks of a board of two signal layers: nets are searched one by one on a grid (A*), may cross each other
 * at first at a price, and those that do are searched again, dearer each time, until none does (negotiated congestion,
 * McMurchie and Ebeling 1995). Run by ../make.ts; layout.py writes what it reads and reads what it writes.
 *
 *   router < FOUND > TRACKS
 *
 * Lengths are micrometres, nets numbers from 1, layers 1 for the front, 2 for the back, 3 for both; what is 0 or 1 says
 * whether. In:
 *   board WIDTH HEIGHT STEP CLEARANCE EDGE VIA DRILL HOLES NARROW WIDE NECK
 *       HOLES: from hole to hole; NECK: how far from its pads a wide track may be narrow
 *   net NET WIDE PLANE                        PLANE: each pad is led to a via, and so to an inner layer
 *   shape LAYERS NET NO-VIA COUNT X Y ...     copper that stays; net 0: of none
 *   hole X Y RADIUS BARE                      BARE: without copper
 *   keep LAYERS COUNT X Y ...                 where no track may be
 *   pad NET GROUP LAYERS COUNT X Y ...        to be connected; those of a group (0: of the plane) are already
 * Out, layers 0 and 1:
 *   track NET LAYER WIDTH X Y X Y
 *   via NET X Y
 *   open NET
 * and on the error output a line for each round.
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LAYERS = 2, CLASSES = 3, NETS = 1024, POINTS = 4096, ROUNDS = 120, STRAIGHT = 10, SLANT = 14, VIA_COST = 140 };
/* What a cell is asked for: the middle of a narrow track, of a wide one, of a via. */
enum { NARROW, WIDE, VIA };
static const uint16_t ALL = 0xFFFF;

static int width, height, step, clearance, edge, via_size, drill, holes, track_width[2], neck;
static int columns, rows, cells;
/* The net whose copper keeps all others from a cell; 0: free, ALL: kept from every net. */
static uint16_t *fixed[CLASSES][LAYERS];
/* How many stamps of searched tracks keep others from a cell. */
static uint16_t *taken[CLASSES][LAYERS];
static uint16_t *history[LAYERS];
static bool is_wide[NETS], is_plane[NETS];
/* Where the net that is being searched has a via so near that there is no room for another hole. */
static uint16_t *own_holes;

struct pad {
    int net, group, layers, count;
    double *points;
    int x, y;
};
static struct pad *pads;
static int pad_count;

/* A node of a path: cell, layer, and what is there. */
struct node {
    int cell;
    uint8_t layer, kind;
};
struct path {
    struct node *nodes;
    int count, room;
    bool open;
};
static struct path paths[NETS];
static int net_count;

static void *need(void *memory) {
    if (memory == NULL) {
        fprintf(stderr, "no memory\n");
        exit(1);
    }
    return memory;
}

static double to_segment(double x, double y, double ax, double ay, double bx, double by) {
    double dx = bx - ax, dy = by - ay, length = dx * dx + dy * dy;
    double t = length > 0 ? ((x - ax) * dx + (y - ay) * dy) / length : 0;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return hypot(x - ax - t * dx, y - ay - t * dy);
}

/* The distance of a spot to a polygon, 0 inside. */
static double to_polygon(double x, double y, const double *points, int count) {
    bool inside = false;
    double least = 1e9;
    for (int i = 0, j = count - 1; i < count; j = i++) {
        double ax = points[2 * j], ay = points[2 * j + 1], bx = points[2 * i], by = points[2 * i + 1];
        if ((ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax)
            inside = !inside;
        double d = to_segment(x, y, ax, ay, bx, by);
        if (d < least)
            least = d;
    }
    return inside ? 0 : least;
}

static int clamp(int value, int high) {
    return value < 0 ? 0 : value > high ? high : value;
}

/* Keeps all nets but one from the cells within a distance of a polygon. */
static void keep(uint16_t *map, int net, const double *points, int count, double reach) {
    double low_x = 1e9, low_y = 1e9, high_x = -1e9, high_y = -1e9;
    for (int i = 0; i < count; i++) {
        low_x = fmin(low_x, points[2 * i]), high_x = fmax(high_x, points[2 * i]);
        low_y = fmin(low_y, points[2 * i + 1]), high_y = fmax(high_y, points[2 * i + 1]);
    }
    int left = clamp((int)((low_x - reach) / step), columns - 1),
        right = clamp((int)((high_x + reach) / step) + 1, columns - 1);
    int top = clamp((int)((low_y - reach) / step), rows - 1),
        bottom = clamp((int)((high_y + reach) / step) + 1, rows - 1);
    for (int row = top; row <= bottom; row++)
        for (int column = left; column <= right; column++) {
            uint16_t *cell = &map[row * columns + column];
            if (*cell == ALL || *cell == net)
                continue;
            if (to_polygon(column * step, row * step, points, count) < reach)
                *cell = *cell == 0 ? (uint16_t)net : ALL;
        }
}

static double reach_of(int use) {
    return use == VIA ? via_size / 2.0 : track_width[use] / 2.0;
}

/* Adds a disc around a cell, or takes it away. */
static void disc(uint16_t *map, int cell, double radius, int by) {
    int reach = (int)(radius / step), row = cell / columns, column = cell % columns;
    for (int dy = -reach; dy <= reach; dy++) {
        if (row + dy < 0 || row + dy >= rows)
            continue;
        double left = radius * radius - (double)dy * dy * step * step;
        int span = (int)(sqrt(left < 0 ? 0 : left) / step - 1e-9);
        for (int dx = -span; dx <= span; dx++)
            if (column + dx >= 0 && column + dx < columns)
                map[(row + dy) * columns + column + dx] += (uint16_t)by;
    }
}

static void stamp(const struct path *path, int by) {
    for (int i = 0; i < path->count; i++) {
        const struct node *node = &path->nodes[i];
        for (int use = 0; use < CLASSES; use++)
            for (int layer = 0; layer < LAYERS; layer++)
                if (node->kind == VIA || node->layer == layer)
                    disc(taken[use][layer], node->cell, reach_of(use) + clearance + reach_of(node->kind), by);
    }
}

static bool clashes(const struct node *node) {
    if (node->kind == VIA)
        return taken[VIA][0][node->cell] > 0 || taken[VIA][1][node->cell] > 0;
    return taken[node->kind][node->layer][node->cell] > 0;
}

static void append(struct path *path, int cell, int layer, int kind) {
    if (path->count == path->room) {
        path->room = path->room * 2 + 256;
        path->nodes = need(realloc(path->nodes, (size_t)path->room * sizeof *path->nodes));
    }
    path->nodes[path->count++] = (struct node){cell, (uint8_t)layer, (uint8_t)kind};
}

/* The search: what each cell of each layer costs so far, in which search, and from where it was reached (0-7 direction,
 * 8 the other layer, 9 start). */
static int32_t *cost[LAYERS];
static uint32_t *seen[LAYERS], search_number;
static uint8_t *from[LAYERS];
static uint8_t *near_pad;

struct entry {
    int32_t rank, cost;
    int32_t cell;
    int32_t layer;
};
static struct entry *heap;
static int heap_count, heap_room;

static void push(struct entry entry) {
    if (heap_count == heap_room) {
        heap_room = heap_room * 2 + 65536;
        heap = need(realloc(heap, (size_t)heap_room * sizeof *heap));
    }
    int i = heap_count++;
    while (i > 0 && heap[(i - 1) / 2].rank > entry.rank) {
        heap[i] = heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    heap[i] = entry;
}

static struct entry pop(void) {
    struct entry top = heap[0], last = heap[--heap_count];
    int i = 0;
    for (;;) {
        int child = 2 * i + 1;
        if (child >= heap_count)
            break;
        if (child + 1 < heap_count && heap[child + 1].rank < heap[child].rank)
            child++;
        if (heap[child].rank >= last.rank)
            break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = last;
    return top;
}

static const int DX[8] = {1, 1, 0, -1, -1, -1, 0, 1}, DY[8] = {0, 1, 1, 1, 0, -1, -1, -1};

static int kind_of(int net, int cell) {
    return is_wide[net] && !near_pad[cell] ? WIDE : NARROW;
}

static bool kept(int use, int layer, int cell, int net) {
    uint16_t owner = fixed[use][layer][cell];
    return owner != 0 && owner != net;
}

static int low_x, low_y, high_x, high_y;

static int32_t left_to_go(int cell) {
    int x = cell % columns, y = cell / columns;
    int dx = x < low_x    ? low_x - x
             : x > high_x ? x - high_x
                          : 0,
        dy = y < low_y    ? low_y - y
             : y > high_y ? y - high_y
                          : 0;
    int32_t least = dx > dy ? STRAIGHT * dx + (SLANT - STRAIGHT) * dy : STRAIGHT * dy + (SLANT - STRAIGHT) * dx;
    /* A quarter more than the least: a search ends sooner, and what it finds is nearly the shortest. */
    return least + least / 4;
}

static void reach(int layer, int cell, int32_t spent, int way) {
    if (seen[layer][cell] == search_number && cost[layer][cell] <= spent)
        return;
    seen[layer][cell] = search_number;
    cost[layer][cell] = spent;
    from[layer][cell] = (uint8_t)way;
    push((struct entry){spent + left_to_go(cell), spent, cell, layer});
}

typedef void visit(int cell, int layer);

/* Calls for each cell under a pad, well inside where it can be. */
static int under(const struct pad *pad, visit *call) {
    double ax = 1e9, ay = 1e9, bx = -1e9, by = -1e9;
    for (int i = 0; i < pad->count; i++) {
        ax = fmin(ax, pad->points[2 * i]), bx = fmax(bx, pad->points[2 * i]);
        ay = fmin(ay, pad->points[2 * i + 1]), by = fmax(by, pad->points[2 * i + 1]);
    }
    int found = 0;
    for (int row = clamp((int)(ay / step), rows - 1); row <= clamp((int)(by / step) + 1, rows - 1); row++)
        for (int column = clamp((int)(ax / step), columns - 1); column <= clamp((int)(bx / step) + 1, columns - 1);
             column++)
            if (to_polygon(column * step, row * step, pad->points, pad->count) == 0)
                for (int layer = 0; layer < LAYERS; layer++)
                    if (pad->layers >> layer & 1) {
                        found++;
                        if (call != NULL)
                            call(row * columns + column, layer);
                    }
    return found;
}

static uint8_t *goal[LAYERS];
static void set_goal(int cell, int layer) {
    goal[layer][cell] = 1;
}
static void clear_goal(int cell, int layer) {
    goal[layer][cell] = 0;
}
static void begin_at(int cell, int layer) {
    reach(layer, cell, 0, 9);
}

static void mark_near(const struct pad *pad, uint8_t value) {
    int distance = neck / step, x = pad->x / step, y = pad->y / step;
    for (int row = clamp(y - distance, rows - 1); row <= clamp(y + distance, rows - 1); row++)
        for (int column = clamp(x - distance, columns - 1); column <= clamp(x + distance, columns - 1); column++)
            near_pad[row * columns + column] = value;
}

/* Leads what is connected of a net to one more pad. */
static bool lead(int net, struct path *path, const bool *connected, int first, int last, const struct pad *target,
                 int32_t price) {
    search_number++;
    heap_count = 0;
    low_x = low_y = 1 << 30, high_x = high_y = -1;
    for (int i = 0; i < target->count; i++) {
        int x = (int)(target->points[2 * i] / step), y = (int)(target->points[2 * i + 1] / step);
        low_x = x < low_x ? x : low_x, low_y = y < low_y ? y : low_y, high_x = x + 1 > high_x ? x + 1 : high_x,
        high_y = y + 1 > high_y ? y + 1 : high_y;
    }
    if (is_plane[net]) {
        low_x = low_y = 0, high_x = columns, high_y = rows;
        under(target, begin_at);
    } else {
        under(target, set_goal);
        for (int i = first; i < last; i++)
            if (connected[i - first])
                under(&pads[i], begin_at);
        for (int i = 0; i < path->count; i++)
            for (int layer = 0; layer < LAYERS; layer++)
                if (path->nodes[i].kind == VIA || path->nodes[i].layer == layer)
                    reach(layer, path->nodes[i].cell, 0, 9);
    }
    bool found = false;
    struct entry now = {0};
    while (heap_count > 0) {
        now = pop();
        if (now.cost > cost[now.layer][now.cell])
            continue;
        if (is_plane[net] ? from[now.layer][now.cell] == 8 : goal[now.layer][now.cell]) {
            found = true;
            break;
        }
        int row = now.cell / columns, column = now.cell % columns, way = from[now.layer][now.cell];
        for (int d = 0; d < 8; d++) {
            int x = column + DX[d], y = row + DY[d];
            if (x < 0 || y < 0 || x >= columns || y >= rows)
                continue;
            int cell = y * columns + x, kind = kind_of(net, cell);
            if (kept(kind, now.layer, cell, net))
                continue;
            int32_t more = (d & 1 ? SLANT : STRAIGHT);
            /* The front prefers to go across, the back up and down. */
            if (!(d & 1) && (now.layer == 0) != (DX[d] != 0))
                more += 4;
            if (way < 8 && way != d)
                more += 2;
            more += history[now.layer][cell];
            if (taken[kind][now.layer][cell] > 0)
                more += price;
            reach(now.layer, cell, now.cost + more, d);
        }
        if (way == 8 || own_holes[now.cell] > 0 || kept(VIA, 0, now.cell, net) || kept(VIA, 1, now.cell, net))
            continue;
        int other = 1 - now.layer;
        if (kept(kind_of(net, now.cell), other, now.cell, net))
            continue;
        int32_t more = VIA_COST + history[0][now.cell] + history[1][now.cell];
        if (taken[VIA][0][now.cell] > 0 || taken[VIA][1][now.cell] > 0)
            more += 4 * price;
        reach(other, now.cell, now.cost + more, 8);
    }
    if (!is_plane[net])
        under(target, clear_goal);
    if (!found)
        return false;
    int cell = now.cell, layer = now.layer;
    for (;;) {
        int way = from[layer][cell];
        append(path, cell, layer, kind_of(net, cell));
        if (way == 9)
            break;
        if (way == 8) {
            append(path, cell, layer, VIA);
            layer = 1 - layer;
        } else
            cell -= DY[way] * columns + DX[way];
    }
    /* The end of a branch, so that what is drawn does not run on into the next. */
    append(path, -1, 0, NARROW);
    return true;
}

static void draw(int net, int32_t price) {
    struct path *path = &paths[net];
    path->count = 0;
    path->open = false;
    int first = 0;
    while (first < pad_count && pads[first].net != net)
        first++;
    int last = first;
    while (last < pad_count && pads[last].net == net)
        last++;
    int count = last - first;
    if (count < 2)
        return;
    bool *connected = need(calloc((size_t)count, sizeof *connected));
    for (int i = first; i < last; i++) {
        connected[i - first] = is_plane[net] ? pads[i].group == 0 : pads[i].group == pads[first].group;
        if (is_wide[net])
            mark_near(&pads[i], 1);
    }
    for (;;) {
        int best = -1;
        double least = 1e18;
        for (int i = 0; i < count; i++)
            for (int j = 0; j < count && !connected[i]; j++) {
                double d = hypot(pads[first + i].x - pads[first + j].x, pads[first + i].y - pads[first + j].y);
                if (is_plane[net])
                    best = i;
                else if (connected[j] && d < least)
                    least = d, best = i;
            }
        if (best < 0)
            break;
        struct path clean = *path;
        /* Ends of branches are no places to begin at. */
        int kept_count = 0;
        clean.nodes = need(malloc((size_t)(path->count + 1) * sizeof *clean.nodes));
        for (int i = 0; i < path->count; i++)
            if (path->nodes[i].cell >= 0)
                clean.nodes[kept_count++] = path->nodes[i];
        clean.count = kept_count, clean.room = path->count + 1;
        int before = clean.count;
        bool ok = lead(net, &clean, connected, first, last, &pads[first + best], price);
        if (!ok)
            path->open = true;
        for (int i = before; i < clean.count; i++) {
            append(path, clean.nodes[i].cell, clean.nodes[i].layer, clean.nodes[i].kind);
            if (clean.nodes[i].kind == VIA && clean.nodes[i].cell >= 0)
                disc(own_holes, clean.nodes[i].cell, drill + holes, 1);
        }
        free(clean.nodes);
        for (int i = 0; i < count; i++)
            if (pads[first + i].group == pads[first + best].group)
                connected[i] = true;
    }
    for (int i = 0; i < path->count; i++)
        if (path->nodes[i].kind == VIA)
            disc(own_holes, path->nodes[i].cell, drill + holes, -1);
    if (is_wide[net])
        for (int i = first; i < last; i++)
            mark_near(&pads[i], 0);
    free(connected);
}

static void lift(int net, int by) {
    struct path clean = paths[net];
    int count = 0;
    clean.nodes = need(malloc((size_t)(paths[net].count + 1) * sizeof *clean.nodes));
    for (int i = 0; i < paths[net].count; i++)
        if (paths[net].nodes[i].cell >= 0)
            clean.nodes[count++] = paths[net].nodes[i];
    clean.count = count;
    stamp(&clean, by);
    free(clean.nodes);
}

/* Makes what is narrow of a net wide where there is room. */
static void widen(int net) {
    lift(net, -1);
    for (int i = 0; i < paths[net].count; i++) {
        struct node *node = &paths[net].nodes[i];
        if (node->cell >= 0 && node->kind == NARROW && !kept(WIDE, node->layer, node->cell, net) &&
            taken[WIDE][node->layer][node->cell] == 0)
            node->kind = WIDE;
    }
    lift(net, 1);
}

static void print(int net) {
    const struct path *path = &paths[net];
    /* A track ends where a branch leaves it: KiCad wants ends on ends. */
    for (int i = 0; i + 1 < path->count; i++)
        if (path->nodes[i + 1].cell < 0)
            set_goal(path->nodes[i].cell, path->nodes[i].layer);
    for (int i = 0; i < path->count; i++) {
        const struct node *a = &path->nodes[i];
        if (a->cell < 0)
            continue;
        if (a->kind == VIA) {
            printf("via %d %d %d\n", net, a->cell % columns * step, a->cell / columns * step);
            continue;
        }
        /* As far as it goes straight on at one width; the narrower of two nodes counts. */
        int j = i, move = 0, size = 0;
        while (j + 1 < path->count && path->nodes[j + 1].cell >= 0 && path->nodes[j + 1].kind != VIA &&
               path->nodes[j + 1].layer == a->layer) {
            int next = path->nodes[j + 1].cell - path->nodes[j].cell;
            int wide = path->nodes[j].kind == WIDE && path->nodes[j + 1].kind == WIDE ? WIDE : NARROW;
            if (j > i && (next != move || wide != size || goal[a->layer][path->nodes[j].cell]))
                break;
            move = next, size = wide;
            j++;
        }
        if (j == i)
            continue;
        int b = path->nodes[j].cell;
        printf("track %d %d %d %d %d %d %d\n", net, a->layer, track_width[size], a->cell % columns * step,
               a->cell / columns * step, b % columns * step, b / columns * step);
        i = j - 1;
    }
    for (int i = 0; i + 1 < path->count; i++)
        if (path->nodes[i + 1].cell < 0)
            clear_goal(path->nodes[i].cell, path->nodes[i].layer);
    if (path->open)
        printf("open %d\n", net);
}

static int by_net(const void *a, const void *b) {
    const struct pad *p = a, *q = b;
    return p->net != q->net ? p->net - q->net : p->group - q->group;
}

/* The next word of what is there; false at the end, and for a word that is too long. */
static bool read_word(char word[static 32]) {
    int letter = getchar(), count = 0;
    while (letter == ' ' || letter == '\n')
        letter = getchar();
    for (; letter != ' ' && letter != '\n' && letter != EOF; letter = getchar()) {
        if (count == 31)
            return false;
        word[count++] = (char)letter;
    }
    word[count] = '\0';
    return count > 0;
}

static bool read_lengths(double *values, int count) {
    char word[32], *end = word;
    for (int i = 0; i < count; i++) {
        if (!read_word(word))
            return false;
        values[i] = strtod(word, &end);
        if (*end != '\0' || !(fabs(values[i]) < 1e7))
            return false;
    }
    return true;
}

static bool read_numbers(int *values, int count) {
    for (int i = 0; i < count; i++) {
        double value = 0;
        if (!read_lengths(&value, 1) || value != floor(value))
            return false;
        values[i] = (int)value;
    }
    return true;
}

static double *read_points(int *count) {
    if (!read_numbers(count, 1) || *count < 1 || *count > POINTS) {
        fprintf(stderr, "a polygon has 1 to %d corners\n", POINTS);
        exit(1);
    }
    double *points = need(calloc((size_t)*count * 2, sizeof *points));
    if (!read_lengths(points, *count * 2)) {
        fprintf(stderr, "a corner is missing\n");
        exit(1);
    }
    return points;
}

static bool read_all(void) {
    char word[32];
    while (read_word(word)) {
        if (strcmp(word, "board") == 0) {
            int told[11];
            if (cells > 0 || !read_numbers(told, 11))
                return false;
            width = told[0], height = told[1], step = told[2], clearance = told[3], edge = told[4];
            via_size = told[5], drill = told[6], holes = told[7], track_width[0] = told[8], track_width[1] = told[9];
            neck = told[10];
            if (width < 1 || height < 1 || step < 1 || width / step > 10000 || height / step > 10000)
                return false;
            columns = width / step + 1, rows = height / step + 1, cells = columns * rows;
            own_holes = need(calloc((size_t)cells, sizeof(uint16_t)));
            near_pad = need(calloc((size_t)cells, 1));
            for (int layer = 0; layer < LAYERS; layer++) {
                for (int use = 0; use < CLASSES; use++) {
                    fixed[use][layer] = need(calloc((size_t)cells, sizeof(uint16_t)));
                    taken[use][layer] = need(calloc((size_t)cells, sizeof(uint16_t)));
                    int margin = (int)ceil((edge + reach_of(use)) / step);
                    for (int cell = 0; cell < cells; cell++) {
                        int x = cell % columns, y = cell / columns;
                        if (x < margin || y < margin || x >= columns - margin || y >= rows - margin)
                            fixed[use][layer][cell] = ALL;
                    }
                }
                history[layer] = need(calloc((size_t)cells, sizeof(uint16_t)));
                cost[layer] = need(calloc((size_t)cells, sizeof(int32_t)));
                seen[layer] = need(calloc((size_t)cells, sizeof(uint32_t)));
                from[layer] = need(calloc((size_t)cells, 1));
                goal[layer] = need(calloc((size_t)cells, 1));
            }
        } else if (strcmp(word, "net") == 0) {
            int told[3];
            if (!read_numbers(told, 3) || told[0] < 1 || told[0] >= NETS)
                return false;
            int net = told[0];
            is_wide[net] = told[1] != 0;
            is_plane[net] = told[2] != 0;
            if (net > net_count)
                net_count = net;
        } else if (strcmp(word, "shape") == 0) {
            int told[3], count;
            if (!read_numbers(told, 3) || told[1] < 0 || told[1] >= NETS)
                return false;
            int layers = told[0], net = told[1], no_via = told[2];
            double *points = read_points(&count);
            int owner = net == 0 ? ALL : net;
            for (int layer = 0; layer < LAYERS; layer++)
                for (int use = 0; use < CLASSES && (layers >> layer & 1); use++)
                    keep(fixed[use][layer], owner, points, count, reach_of(use) + clearance);
            if (no_via)
                keep(fixed[VIA][0], ALL, points, count, reach_of(VIA) + 50);
            free(points);
        } else if (strcmp(word, "hole") == 0) {
            double spot[4];
            if (!read_lengths(spot, 4))
                return false;
            double radius = spot[2];
            bool bare = spot[3] > 0;
            keep(fixed[VIA][0], ALL, spot, 1, radius + drill / 2.0 + holes);
            for (int layer = 0; layer < LAYERS && bare; layer++)
                for (int use = 0; use < CLASSES; use++)
                    keep(fixed[use][layer], ALL, spot, 1, radius + holes + reach_of(use));
        } else if (strcmp(word, "keep") == 0) {
            int layers, count;
            if (!read_numbers(&layers, 1))
                return false;
            double *points = read_points(&count);
            for (int layer = 0; layer < LAYERS; layer++)
                for (int use = 0; use < CLASSES && (layers >> layer & 1); use++)
                    keep(fixed[use][layer], ALL, points, count, reach_of(use) + 10);
            free(points);
        } else if (strcmp(word, "pad") == 0) {
            struct pad pad;
            int told[3];
            if (!read_numbers(told, 3) || told[0] < 1 || told[0] >= NETS)
                return false;
            pad.net = told[0], pad.group = told[1], pad.layers = told[2];
            pad.points = read_points(&pad.count);
            double x = 0, y = 0;
            for (int i = 0; i < pad.count; i++)
                x += pad.points[2 * i], y += pad.points[2 * i + 1];
            pad.x = (int)(x / pad.count), pad.y = (int)(y / pad.count);
            pads = need(realloc(pads, (size_t)(pad_count + 1) * sizeof *pads));
            pads[pad_count++] = pad;
        } else
            return false;
        if (cells == 0)
            return false;
    }
    return cells > 0;
}

int main(void) {
    if (!read_all()) {
        fprintf(stderr, "what is there cannot be read\n");
        return 1;
    }
    qsort(pads, (size_t)pad_count, sizeof *pads, by_net);
    bool again[NETS];
    memset(again, 1, sizeof again);
    int32_t price = 20;
    for (int round = 1; round <= ROUNDS; round++) {
        int searched = 0;
        for (int net = 1; net <= net_count; net++) {
            if (!again[net])
                continue;
            lift(net, -1);
            draw(net, price);
            lift(net, 1);
            searched++;
        }
        int clashing = 0, open = 0;
        memset(again, 0, sizeof again);
        for (int net = 1; net <= net_count; net++) {
            lift(net, -1);
            for (int i = 0; i < paths[net].count; i++) {
                const struct node *node = &paths[net].nodes[i];
                if (node->cell < 0 || !clashes(node))
                    continue;
                again[net] = true;
                for (int layer = 0; layer < LAYERS; layer++)
                    if ((node->kind == VIA || node->layer == layer) && history[layer][node->cell] < 20000)
                        history[layer][node->cell] += 5;
            }
            lift(net, 1);
            clashing += again[net];
            open += paths[net].open;
        }
        fprintf(stderr, "round %d: %d nets searched, %d in each other's way, %d open\n", round, searched, clashing,
                open);
        if (clashing == 0)
            break;
        price = price < 2000 ? price + price / 2 : price;
    }
    for (int net = 1; net <= net_count; net++) {
        if (is_wide[net] || is_plane[net])
            widen(net);
        print(net);
    }
    return 0;
}
