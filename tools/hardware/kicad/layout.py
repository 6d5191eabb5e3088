"""
Makes a KiCad board of what placing.ts tells, without tracks; takes tracks in that router.c found; fills its planes. Run by ../make.ts with the
Python that KiCad 9 installs its module for.

  layout.py build PARTS.json BOARD.kicad_pcb FOUND    places parts, writes the board and what the router reads
  layout.py route PARTS.json BOARD.kicad_pcb TRACKS   takes the router's tracks, pours ground on both sides, fills all planes
"""
import json
import os
import shutil
import sys
import tempfile

import pcbnew
from pcbnew import FromMM, VECTOR2I

LIBRARIES = os.environ.get("KICAD9_FOOTPRINT_DIR", "/usr/share/kicad/footprints")
# Millimetres. What ordinary makers of four-layer boards take without a surcharge (0.1 mm, 0.2 mm holes) with room to spare.
CLEARANCE, TRACK, VIA, DRILL, EDGE = 0.15, 0.15, 0.5, 0.3, 0.4
# The router's grid; how far from a pad a wide track may be as narrow as others; from hole to hole; what is added for corners between spots of the grid.
STEP, NECK, HOLES, SLACK = 0.1, 1.5, 0.25, 0.012
# Where the sheet's corner is from the board's.
ORIGIN = (60, 30)
# Parts whose names are printed on the board; those of the small ones would hide each other.
NAMED = ("U", "J", "M", "S4", "LS", "MK", "F", "L1")


def at(x, y):
    # FromMM cuts off what rounding leaves over: a track would end beside another's end.
    return VECTOR2I(*(round((corner + length) * 1e6) for corner, length in zip(ORIGIN, (x, y))))


def middle(footprint):
    """The middle of a footprint's numbered pads."""
    spots = [pad.GetPosition() for pad in footprint.Pads() if pad.GetNumber() != ""]
    xs, ys = [spot.x for spot in spots], [spot.y for spot in spots]
    return VECTOR2I((min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2)


def rules(board, layout):
    settings = board.GetDesignSettings()
    settings.SetCopperLayerCount(4)
    settings.m_MinClearance = FromMM(CLEARANCE)
    settings.m_TrackMinWidth = FromMM(TRACK)
    settings.m_ViasMinSize = FromMM(VIA)
    # The processor's footprint has vias of 0.2 mm under it.
    settings.m_MinThroughDrill = FromMM(0.2)
    settings.m_CopperEdgeClearance = FromMM(EDGE)
    default = settings.m_NetSettings.GetDefaultNetclass()
    wide = pcbnew.NETCLASS("wide")
    for name, width in ((default, TRACK), (wide, layout["wide"]["width"])):
        name.SetClearance(FromMM(CLEARANCE))
        name.SetTrackWidth(FromMM(width))
        name.SetViaDiameter(FromMM(VIA))
        name.SetViaDrill(FromMM(DRILL))
    settings.m_NetSettings.SetNetclass("wide", wide)
    for net in layout["wide"]["nets"]:
        settings.m_NetSettings.SetNetclassPatternAssignment(net, "wide")
    board.SynchronizeNetsAndNetClasses(True)


def outline(board, layout):
    """The edge with its round corners, holes for screws, slots."""
    edge = layout["outline"]
    shapes = [(0, 0, edge["width"], edge["height"], edge["radius"])]
    for slot in edge["slots"]:
        w, h = slot["width"], slot["height"]
        shapes.append((slot["x"] - w / 2, slot["y"] - h / 2, slot["x"] + w / 2, slot["y"] + h / 2, min(w, h) / 2 - 0.01))
    for x0, y0, x1, y1, r in shapes:
        for ax, ay, bx, by in ((x0 + r, y0, x1 - r, y0), (x1, y0 + r, x1, y1 - r), (x1 - r, y1, x0 + r, y1), (x0, y1 - r, x0, y0 + r)):
            line = pcbnew.PCB_SHAPE(board, pcbnew.SHAPE_T_SEGMENT)
            line.SetStart(at(ax, ay))
            line.SetEnd(at(bx, by))
            add(board, line, pcbnew.Edge_Cuts, 0.1)
        k = r * (1 - 0.5**0.5)
        for a, m, b in (
            ((x0, y0 + r), (x0 + k, y0 + k), (x0 + r, y0)),
            ((x1 - r, y0), (x1 - k, y0 + k), (x1, y0 + r)),
            ((x1, y1 - r), (x1 - k, y1 - k), (x1 - r, y1)),
            ((x0 + r, y1), (x0 + k, y1 - k), (x0, y1 - r)),
        ):
            arc = pcbnew.PCB_SHAPE(board, pcbnew.SHAPE_T_ARC)
            arc.SetArcGeometry(at(*a), at(*m), at(*b))
            add(board, arc, pcbnew.Edge_Cuts, 0.1)
    for i, (x, y) in enumerate(edge["holes"]["at"]):
        hole = load(f"{LIBRARIES}/MountingHole.pretty", "MountingHole_3.2mm_M3")
        hole.SetReference(f"H{i + 1}")
        hole.Reference().SetVisible(False)
        hole.Value().SetVisible(False)
        hole.SetAttributes(pcbnew.FP_EXCLUDE_FROM_BOM | pcbnew.FP_EXCLUDE_FROM_POS_FILES | pcbnew.FP_BOARD_ONLY)
        board.Add(hole)
        hole.SetPosition(at(x, y))


def add(board, shape, layer, width):
    shape.SetLayer(layer)
    shape.SetWidth(FromMM(width))
    board.Add(shape)


def text(board, words, x, y, size, layer=pcbnew.F_SilkS):
    item = pcbnew.PCB_TEXT(board)
    item.SetText(words)
    item.SetLayer(layer)
    item.SetMirrored(layer == pcbnew.B_SilkS)
    item.SetTextSize(VECTOR2I(FromMM(size), FromMM(size)))
    item.SetTextThickness(FromMM(size * 0.15))
    item.SetPosition(at(x, y))
    board.Add(item)


def load(folder, name):
    """A footprint, from a folder that has nothing else: KiCad reads the whole library for each one that it loads."""
    with tempfile.TemporaryDirectory(suffix=".pretty") as alone:
        try:
            shutil.copy(f"{folder}/{name}.kicad_mod", alone)
        except OSError:
            raise SystemExit(f"footprint {name} is not in {folder}")
        return pcbnew.FootprintLoad(alone, name)


def place(board, part, own, nets, width):
    library, name = part["footprint"].split(":")
    folder = own if library == "linnet" else f"{LIBRARIES}/{library}.pretty"
    footprint = load(folder, name)
    footprint.SetFPID(pcbnew.LIB_ID(library, name))
    footprint.SetReference(part["id"])
    footprint.SetValue(part["value"])
    board.Add(footprint)
    x, y, degrees = part["place"]
    if part["side"] == "back":
        footprint.Flip(footprint.GetPosition(), pcbnew.FLIP_DIRECTION_LEFT_RIGHT)
    footprint.SetOrientationDegrees(degrees)
    footprint.Move(at(x, y) - middle(footprint))
    pads = dict(part["pads"])
    known = {pad.GetNumber() for pad in footprint.Pads()}
    for number in pads:
        if number not in known:
            raise SystemExit(f"{part['id']}: {part['footprint']} has no pad {number}")
    for pad in footprint.Pads():
        if pad.GetNumber() in pads:
            pad.SetNet(nets[pads[pad.GetNumber()]])
    # The processor's antenna stands out over the edge, where nothing can be printed.
    edge = FromMM(ORIGIN[0] + width)
    for item in footprint.GraphicalItems():
        if item.IsOnLayer(pcbnew.F_SilkS) or item.IsOnLayer(pcbnew.B_SilkS):
            if item.GetBoundingBox().GetRight() > edge - FromMM(EDGE):
                item.SetLayer(pcbnew.F_Fab if part["side"] == "front" else pcbnew.B_Fab)
    named = part["id"].startswith(NAMED) and "text" not in part
    if not named:
        footprint.Reference().SetLayer(pcbnew.F_Fab if part["side"] == "front" else pcbnew.B_Fab)
    return footprint


def pour(board, net, layer, layout, name):
    edge = layout["outline"]
    zone = pcbnew.ZONE(board)
    zone.SetLayer(layer)
    zone.SetNet(net)
    zone.SetZoneName(name)
    margin = 0.5
    corners = pcbnew.VECTOR_VECTOR2I()
    for x, y in ((margin, margin), (edge["width"] - margin, margin), (edge["width"] - margin, edge["height"] - margin), (margin, edge["height"] - margin)):
        corners.append(at(x, y))
    zone.AddPolygon(corners)
    zone.SetLocalClearance(FromMM(0.2))
    zone.SetMinThickness(FromMM(0.2))
    zone.SetThermalReliefGap(FromMM(0.25))
    zone.SetThermalReliefSpokeWidth(FromMM(0.3))
    zone.SetIslandRemovalMode(pcbnew.ISLAND_REMOVAL_MODE_ALWAYS)
    board.Add(zone)
    return zone


def build(told, file, found):
    layout = told["layout"]
    board = pcbnew.NewBoard(file)
    rules(board, layout)
    for layer, kind in ((pcbnew.In1_Cu, pcbnew.LT_POWER), (pcbnew.In2_Cu, pcbnew.LT_POWER)):
        board.SetLayerType(layer, kind)
    title = board.GetTitleBlock()
    title.SetTitle(told["title"])
    nets = {}
    for name in sorted({net for part in told["parts"] for _, net in part["pads"]}):
        nets[name] = pcbnew.NETINFO_ITEM(board, name)
        board.Add(nets[name])
    outline(board, layout)
    own = f"{os.path.dirname(file)}/linnet.pretty"
    for part in told["parts"]:
        place(board, part, own, nets, layout["outline"]["width"])
    for layer, net in layout["planes"].items():
        pour(board, nets[net], board.GetLayerID(layer), layout, net)
    board.SynchronizeNetsAndNetClasses(True)
    board.Save(file)
    with open(found, "w") as out:
        out.write("\n".join(tell(board, layout)) + "\n")


def numbers(board):
    """The number of each net, from 1; those of one pad have nothing to connect and are there all the same."""
    names = sorted({pad.GetNetname() for footprint in board.GetFootprints() for pad in footprint.Pads()} - {""})
    return {name: i + 1 for i, name in enumerate(names)}


def tell(board, layout):
    """What router.c reads: what is there, and which pads are to be connected."""
    corner = at(0, 0)

    def micro(spot):
        return f"{(spot.x - corner.x) / 1000:.1f} {(spot.y - corner.y) / 1000:.1f}"

    def polygon(chain):
        return f"{chain.PointCount()} " + " ".join(micro(chain.CPoint(i)) for i in range(chain.PointCount()))

    def polygons(shapes):
        return [polygon(shapes.Outline(i)) for i in range(shapes.OutlineCount())]

    size = layout["outline"]
    lengths = (size["width"], size["height"], STEP, CLEARANCE + SLACK, EDGE + SLACK, VIA, DRILL, HOLES, TRACK, layout["wide"]["width"], NECK)
    yield "board " + " ".join(str(round(length * 1000)) for length in lengths)
    known = numbers(board)
    planes = set(layout["planes"].values())
    for name, number in known.items():
        yield f"net {number} {int(name in layout['wide']['nets'])} {int(name in planes)}"
    for slot in size["slots"]:
        w, h = slot["width"] / 2 + EDGE, slot["height"] / 2 + EDGE
        corners = [(slot["x"] + i * w, slot["y"] + j * h) for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        yield "keep 3 4 " + " ".join(f"{x * 1000:.0f} {y * 1000:.0f}" for x, y in corners)
    group = 0
    for footprint in board.GetFootprints():
        for zone in footprint.Zones():
            if zone.GetDoNotAllowTracks() or zone.GetDoNotAllowVias():
                layers = int(zone.IsOnLayer(pcbnew.F_Cu)) + 2 * int(zone.IsOnLayer(pcbnew.B_Cu))
                for one in polygons(zone.Outline()):
                    yield f"keep {layers} {one}"
        for pad in footprint.Pads():
            layers = int(pad.IsOnLayer(pcbnew.F_Cu)) + 2 * int(pad.IsOnLayer(pcbnew.B_Cu))
            drilled = pad.GetDrillSize().x > 0
            bare = pad.GetAttribute() == pcbnew.PAD_ATTRIB_NPTH
            if drilled:
                across = max(pad.GetDrillSize().x, pad.GetDrillSize().y) / 2000
                yield f"hole {micro(pad.GetPosition())} {across} {int(bare)}"
            if bare or layers == 0:
                continue
            layer = pcbnew.F_Cu if layers & 1 else pcbnew.B_Cu
            shapes = pad.GetEffectivePolygon(layer, pcbnew.ERROR_OUTSIDE)
            name = pad.GetNetname()
            for one in polygons(shapes):
                large = min(pad.GetBoundingBox().GetWidth(), pad.GetBoundingBox().GetHeight()) > FromMM(2)
                yield f"shape {layers} {known.get(name, 0)} {int(not drilled and not large)} {one}"
                if name == "":
                    continue
                group += 1
                yield f"pad {known[name]} {0 if drilled and name in planes else group} {layers} {one}"


def route(told, file, found):
    board = pcbnew.LoadBoard(file)
    for track in [track for track in board.GetTracks() if not track.IsLocked()]:
        board.Delete(track)
    names = {number: name for name, number in numbers(board).items()}
    with open(found) as tracks:
        for line in tracks:
            word, *values = line.split()
            values = [int(value) for value in values]
            net = board.FindNet(names[values[0]])
            spots = [at(x / 1000, y / 1000) for x, y in zip(values[-4::2], values[-3::2])]
            if word == "open":
                print(f"{names[values[0]]} is not all connected")
            elif word == "via":
                add_via(board, net, at(values[1] / 1000, values[2] / 1000))
            else:
                add_track(board, net, (pcbnew.F_Cu, pcbnew.B_Cu)[values[1]], values[2] / 1000, *spots)
    layout = told["layout"]
    ground = board.FindNet("GND")
    there = {zone.GetZoneName() for zone in board.Zones()}
    for layer, name in ((pcbnew.F_Cu, "front"), (pcbnew.B_Cu, "back")):
        if name not in there:
            pour(board, ground, layer, layout, name)
    pcbnew.ZONE_FILLER(board).Fill(board.Zones())
    board.Save(file)


def add_via(board, net, spot):
    via = pcbnew.PCB_VIA(board)
    via.SetPosition(spot)
    via.SetWidth(FromMM(VIA))
    via.SetDrill(FromMM(DRILL))
    via.SetNet(net)
    board.Add(via)
    return via


def add_track(board, net, layer, width, start, end):
    track = pcbnew.PCB_TRACK(board)
    track.SetStart(start)
    track.SetEnd(end)
    track.SetWidth(FromMM(width))
    track.SetLayer(layer)
    track.SetNet(net)
    board.Add(track)
    return track


if __name__ == "__main__":
    step, told, file, other = sys.argv[1:]
    with open(told) as source:
        {"build": build, "route": route}[step](json.load(source), os.path.abspath(file), os.path.abspath(other))
