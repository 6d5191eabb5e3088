"""
Makes a KiCad board of what placing.ts tells, without tracks; takes tracks in that a router found; fills its planes. Run by ../make.ts with the
Python that KiCad 9 installs its module for.

  layout.py build PARTS.json BOARD.kicad_pcb BOARD.dsn    places parts, writes the board and what the router reads
  layout.py route PARTS.json BOARD.kicad_pcb BOARD.ses    takes the router's tracks, pours ground on both sides, fills all planes
"""
import json
import math
import os
import sys

import pcbnew
from pcbnew import FromMM, VECTOR2I

LIBRARIES = os.environ.get("KICAD9_FOOTPRINT_DIR", "/usr/share/kicad/footprints")
# Millimetres. What ordinary makers of four-layer boards take without a surcharge (0.1 mm, 0.2 mm holes) with room to spare.
CLEARANCE, TRACK, VIA, DRILL, EDGE = 0.15, 0.2, 0.6, 0.3, 0.4
# Where the sheet's corner is from the board's.
ORIGIN = (60, 30)
# Parts whose names are printed on the board; those of the small ones would hide each other.
NAMED = ("U", "J", "M", "S4", "LS", "MK", "F", "L1")


def at(x, y):
    return VECTOR2I(FromMM(ORIGIN[0] + x), FromMM(ORIGIN[1] + y))


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
        hole = pcbnew.FootprintLoad(f"{LIBRARIES}/MountingHole.pretty", "MountingHole_3.2mm_M3")
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


def place(board, part, own, nets, width):
    library, name = part["footprint"].split(":")
    folder = own if library == "linnet" else f"{LIBRARIES}/{library}.pretty"
    footprint = pcbnew.FootprintLoad(folder, name)
    if footprint is None:
        raise SystemExit(f"{part['id']}: {part['footprint']} is not in {folder}")
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


def fan_out(board, layout):
    """
    Leads each pad of a plane's net to the plane: a short track and a via beside it, or a via in a pad that is large enough. The router would take most
    of its time for these.
    """
    planes = set(layout["planes"].values())
    pads = [pad for footprint in board.GetFootprints() for pad in footprint.Pads()]
    # Pads without a number that are no holes are openings for paste.
    boxes = [(pad.GetBoundingBox(), pad) for pad in pads if pad.GetNumber() != "" or pad.GetAttribute() != pcbnew.PAD_ATTRIB_SMD]
    taken = []
    width, height = FromMM(layout["outline"]["width"]), FromMM(layout["outline"]["height"])
    corner = at(0, 0)

    def free(spot, start, pad):
        """Whether a via at a spot, and a track to it, keep their distance of all else."""
        margin = FromMM(EDGE + VIA / 2)
        x, y = spot.x - corner.x, spot.y - corner.y
        if not (margin < x < width - margin and margin < y < height - margin):
            return False
        room = FromMM(VIA / 2 + 0.2)
        steps = [along(start, spot, i / 8) for i in range(1, 9)]
        for box, other in boxes:
            if other.GetNumber() == pad.GetNumber() and other.GetParentFootprint() == pad.GetParentFootprint():
                continue
            same = other.GetNetname() == pad.GetNetname()
            if distance(box, spot) < (FromMM(0.05) if same else room):
                return False
            if not same and other.IsOnLayer(side(pad)) and any(distance(box, step) < FromMM(TRACK / 2 + 0.16) for step in steps):
                return False
        for via, a, net in taken:
            if net == pad.GetNetname():
                if (via - spot).EuclideanNorm() < FromMM(DRILL + 0.3):
                    return False
                continue
            if (via - spot).EuclideanNorm() < FromMM(VIA + 0.2) or any((via - step).EuclideanNorm() < FromMM(VIA / 2 + TRACK / 2 + 0.2) for step in steps):
                return False
            for i in range(9):
                theirs = along(a, via, i / 8)
                if any((theirs - step).EuclideanNorm() < FromMM(TRACK + 0.2) for step in [*steps, spot]) or (theirs - spot).EuclideanNorm() < FromMM(VIA / 2 + TRACK / 2 + 0.2):
                    return False
        return True

    left = []
    for pad in sorted(pads, key=lambda one: (one.GetParentFootprint().GetReference(), one.GetNumber())):
        if pad.GetNetname() not in planes or pad.GetAttribute() != pcbnew.PAD_ATTRIB_SMD or pad.GetNumber() == "":
            continue
        start = pad.GetPosition()
        size = pad.GetBoundingBox()
        if min(size.GetWidth(), size.GetHeight()) > FromMM(2):
            spots = [start]
        else:
            spots = around(pad, start, size)
        spot = next((one for one in spots if free(one, start, pad)), None)
        if spot is None:
            left.append(f"{pad.GetParentFootprint().GetReference()}.{pad.GetNumber()}")
            continue
        via = pcbnew.PCB_VIA(board)
        via.SetPosition(spot)
        via.SetWidth(FromMM(VIA))
        via.SetDrill(FromMM(DRILL))
        via.SetNet(pad.GetNet())
        via.SetLocked(True)
        board.Add(via)
        taken.append((spot, start, pad.GetNetname()))
        if spot != start:
            track = pcbnew.PCB_TRACK(board)
            track.SetStart(start)
            track.SetEnd(spot)
            track.SetWidth(FromMM(TRACK))
            track.SetLayer(side(pad))
            track.SetNet(pad.GetNet())
            track.SetLocked(True)
            board.Add(track)
    print(f"{len(taken)} pads led to their planes, {len(left)} left to the router: {' '.join(left)}")


def side(pad):
    return pcbnew.F_Cu if pad.IsOnLayer(pcbnew.F_Cu) else pcbnew.B_Cu


def around(pad, start, size):
    """Spots for a via around a pad, those away from the middle of its part first."""
    away = start - middle(pad.GetParentFootprint())
    home = math.atan2(away.y, away.x) if away.x or away.y else 0
    turns = [turn * sign for turn in range(0, 9) for sign in (1, -1)]
    for step in range(12):
        for turn in turns:
            angle = round(home / (math.pi / 2)) * (math.pi / 2) + turn * math.pi / 8
            reach = FromMM(0.45 + 0.2 * step)
            yield start + VECTOR2I(
                int(math.cos(angle) * (size.GetWidth() / 2 + reach)), int(math.sin(angle) * (size.GetHeight() / 2 + reach))
            )


def along(a, b, part):
    return VECTOR2I(int(a.x + (b.x - a.x) * part), int(a.y + (b.y - a.y) * part))


def distance(box, spot):
    dx = max(box.GetLeft() - spot.x, spot.x - box.GetRight(), 0)
    dy = max(box.GetTop() - spot.y, spot.y - box.GetBottom(), 0)
    return math.hypot(dx, dy)


def build(told, file, dsn):
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
    fan_out(board, layout)
    board.SynchronizeNetsAndNetClasses(True)
    board.Save(file)
    if not pcbnew.ExportSpecctraDSN(board, dsn):
        raise SystemExit(f"{dsn} could not be written")


def route(told, file, ses):
    board = pcbnew.LoadBoard(file)
    for track in [track for track in board.GetTracks() if not track.IsLocked()]:
        board.Delete(track)
    if not pcbnew.ImportSpecctraSES(board, ses):
        raise SystemExit(f"{ses} could not be read")
    layout = told["layout"]
    ground = board.FindNet("GND")
    names = {zone.GetZoneName() for zone in board.Zones()}
    for layer, name in ((pcbnew.F_Cu, "front"), (pcbnew.B_Cu, "back")):
        if name not in names:
            pour(board, ground, layer, layout, name)
    pcbnew.ZONE_FILLER(board).Fill(board.Zones())
    board.Save(file)


if __name__ == "__main__":
    step, told, file, other = sys.argv[1:]
    with open(told) as source:
        {"build": build, "route": route}[step](json.load(source), os.path.abspath(file), os.path.abspath(other))
