import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { enclosureParameters } from "../../tools/hardware/enclosure.js";
import { checkDrawn, readExpression, readNetlist, readParts } from "../../tools/hardware/kicad.js";
import { type Layout, placeParts } from "../../tools/hardware/placing.js";
import { drawSchematic } from "../../tools/hardware/schematic.js";
import { projectRoot } from "../../tools/phone/project.js";
import { type Changeable, changedBoard, changedCircuit } from "./support.js";

function read(file: string): string {
	return readFileSync(join(projectRoot, "hardware/deskphone", file), "utf8");
}

function changedLayout(change: (layout: Changeable<Layout>) => void): Layout {
	const layout = JSON.parse(read("layout.json")) as Changeable<Layout>;
	change(layout);
	return layout as Layout;
}

const board = changedBoard(() => {});
const circuit = changedCircuit(() => {});
const layout = changedLayout(() => {});

describe("hardware: circuit board of the desk phone", () => {
	it("has a footprint and a place for each part, and a pad for each pin", () => {
		const { parts, complaints } = placeParts(board, circuit, layout);
		assert.deepEqual(complaints, []);
		assert.lengthOf(parts, 144);
		const processor = parts.find(({ id }) => id === "U1");
		assert.strictEqual(processor?.pads.get("39"), "HOOK");
		assert.strictEqual(processor?.pads.get("40"), "GND");
	});

	it("says which parts have none, and what stands there without being in the circuit", () => {
		const odd = changedLayout(({ back, footprints, front, keys }) => {
			delete (back as Record<string, unknown>).U2;
			delete (keys as Record<string, unknown>).hold;
			delete (footprints as Record<string, unknown>)["quiet regulator"];
			Object.assign(front, { C1: [10, 10, 0], X1: [20, 20, 0] });
			Object.assign(keys, { fax: [30, 30] });
			const { pads } = footprints.amplifier as { pads: Record<string, string[]> };
			delete pads.SD;
			pads.GND = ["6"];
		});
		assert.sameMembers(placeParts(board, circuit, odd).complaints, [
			"U2 has no place in the layout",
			"S7 (key hold) has no place in the layout",
			"U8 (quiet regulator) has no footprint in the layout",
			"C1 is on both sides of the layout",
			"U3.SD has no pad in the layout",
			"pad 6 of U3 is given to two pins",
			"X1 has a place in the layout and is not in the circuit",
			"key fax has a place in the layout and is not in the matrix",
		]);
	});

	it("is drawn with the parts and nets of the circuit", () => {
		const drawn = readParts(readExpression(read("kicad/deskphone.kicad_pcb")));
		assert.deepEqual(checkDrawn(placeParts(board, circuit, layout).parts, drawn), []);
	});

	it("is refused where a net, a footprint or a part differs", () => {
		const drawn = readParts(readExpression(read("kicad/deskphone.kicad_pcb")));
		const other = changedCircuit(({ sheets }) => {
			for (const part of sheets.flatMap(({ parts }) => parts)) {
				if (part.id === "R10" && part.kind === "resistor") part.b = "+5V";
				if (part.id === "C10") part.id = "C99";
			}
		});
		const moved = changedLayout(({ back, footprints }) => {
			Object.assign(back, { C99: [1, 1, 0] });
			(footprints.fuse as unknown) = undefined;
			(footprints["fuse 1.5 A"] as { footprint: string }).footprint = "Fuse:Fuse_1206_3216Metric";
		});
		assert.sameMembers(checkDrawn(placeParts(board, other, moved).parts, drawn), [
			"pad 2 of R10 is on +5V in the circuit and on MIC_BIAS on the board",
			"C99 is in the circuit and not on the board",
			"C10 is on the board and not in the circuit",
			"F1 is Fuse:Fuse_1206_3216Metric in the layout and Fuse:Fuse_1812_4532Metric on the board",
		]);
	});
});

describe("hardware: KiCad's files", () => {
	it("reads lists, words and quoted words", () => {
		assert.deepEqual(readExpression('(a "b (c) \\"d\\"" (e -1.5)\n\t())\n'), ["a", 'b (c) "d"', ["e", "-1.5"], []]);
	});

	it("says where a text is no expression", () => {
		assert.throws(() => readExpression("(a (b)"), "1 brackets are not closed");
		assert.throws(() => readExpression("(a))"), "a bracket too many at character 3");
		assert.throws(() => readExpression('(a "b)'), "no KiCad expression at character 2");
		assert.throws(() => readExpression("a b"), "not one KiCad expression");
		assert.throws(() => readExpression(""), "not one KiCad expression");
	});

	it("reads a netlist without the sheets' names and without open pins", () => {
		const text = `(export (components (comp (ref "R1") (value "1k") (footprint "A:B")))
			(nets (net (code "1") (name "/Power/VIN") (node (ref "R1") (pin "1")))
				(net (code "2") (name "unconnected-(R1-Pad2)") (node (ref "R1") (pin "2")))))`;
		assert.deepEqual(
			[...readNetlist(readExpression(text))],
			[["R1", { footprint: "A:B", pads: new Map([["1", "VIN"]]) }]],
		);
	});
});

describe("hardware: what is made of the circuit for KiCad and the case", () => {
	it("has each part once in the schematic, with its footprint, and each net that leaves a sheet at each of its ends", async () => {
		const files = await drawSchematic(board, circuit, layout);
		const text = [...files.values()].join("");
		for (const { id, footprint } of placeParts(board, circuit, layout).parts) {
			assert.lengthOf(text.split(`(reference "${id}")`), 2, id);
			assert.include(text, `"Footprint" "${footprint}"`);
		}
		assert.lengthOf(text.split('(global_label "COL3"'), 1 + 1 + 5);
		for (const [name, file] of files) assert.doesNotThrow(() => readExpression(file), name);
	});

	it("tells the case where keys, sockets and screws are", () => {
		const scad = enclosureParameters(board, circuit, layout);
		assert.include(scad, "width = 150;\nheight = 146;");
		assert.include(scad, '["hold", [80, 62]]');
		assert.lengthOf(
			scad.split("\n").filter((line) => /^\t\["line \d"/.test(line)),
			6,
		);
	});
});
