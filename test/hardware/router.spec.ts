/* What draws the tracks of a board (tools/hardware/kicad/router.c): on boards so small that one sees what must come. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "chai";
import { projectRoot } from "../../tools/phone/project.js";

const front = 1;
const back = 2;
const narrow = 150;
const wide = 600;
const clearance = 160;
/** 20 x 20 mm. */
const board = `board 20000 20000 100 ${clearance} 400 500 300 250 ${narrow} ${wide} 1500`;

interface Track {
	readonly net: number;
	readonly layer: number;
	readonly width: number;
	readonly ends: readonly (readonly [number, number])[];
}

function square(x: number, y: number, side: number): string {
	const half = side / 2;
	return `4 ${x - half} ${y - half} ${x + half} ${y - half} ${x + half} ${y + half} ${x - half} ${y + half}`;
}

let group = 0;
function pad(net: number, layers: number, x: number, y: number, side = 1000): string[] {
	group++;
	return [`shape ${layers} ${net} 1 ${square(x, y, side)}`, `pad ${net} ${group} ${layers} ${square(x, y, side)}`];
}

describe("hardware: router of the circuit board", () => {
	let folder: string;
	let program: string;

	before(() => {
		folder = mkdtempSync(join(tmpdir(), "linnet-router-"));
		program = join(folder, "router");
		const options = ["-std=c11", "-O1", "-Wall", "-Wextra", "-Werror", "-fsanitize=address,undefined"];
		// what ends with the program needs no freeing
		execFileSync("gcc", [...options, "tools/hardware/kicad/router.c", "-o", program, "-lm"], { cwd: projectRoot });
	});

	after(() => rmSync(folder, { recursive: true, force: true }));

	function search(lines: readonly string[]) {
		const env = { ...process.env, ASAN_OPTIONS: "detect_leaks=0" };
		const { status, stdout, stderr } = spawnSync(program, [], {
			input: `${lines.join("\n")}\n`,
			encoding: "utf8",
			env,
		});
		const words = stdout.split("\n").map((line) => line.split(" "));
		const tracks = words
			.filter(([word]) => word === "track")
			.map(([, ...told]): Track => {
				const [net = 0, layer = 0, width = 0, ax = 0, ay = 0, bx = 0, by = 0] = told.map(Number);
				return {
					net,
					layer,
					width,
					ends: [
						[ax, ay],
						[bx, by],
					],
				};
			});
		const vias = words.filter(([word]) => word === "via").map(([, ...told]) => told.map(Number));
		const open = words.filter(([word]) => word === "open").map(([, net]) => Number(net));
		return { status, stderr, tracks, vias, open };
	}

	/** Spots of a track, 50 micrometres from each other at most. */
	function spots({ ends: [a = [0, 0], b = [0, 0]] }: Track): (readonly [number, number])[] {
		const count = Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / 50);
		return Array.from({ length: count + 1 }, (_, i) => [
			a[0] + ((b[0] - a[0]) * i) / count,
			a[1] + ((b[1] - a[1]) * i) / count,
		]);
	}

	function least(one: Track, other: Track): number {
		return Math.min(...spots(one).flatMap(([x, y]) => spots(other).map(([u, v]) => Math.hypot(x - u, y - v))));
	}

	it("leads one of two nets that cross below the other, and keeps their distance", () => {
		const { status, tracks, vias, open } = search([
			board,
			"net 1 0 0",
			"net 2 0 0",
			...pad(1, front, 2000, 10000),
			...pad(1, front, 18000, 10000),
			...pad(2, front, 10000, 2000),
			...pad(2, front, 10000, 18000),
		]);
		assert.strictEqual(status, 0);
		assert.deepEqual(open, []);
		assert.lengthOf(vias, 2);
		assert.sameMembers([...new Set(tracks.map(({ layer }) => layer))], [0, 1]);
		for (const one of tracks.filter(({ net }) => net === 1))
			for (const other of tracks.filter(({ net, layer }) => net === 2 && layer === one.layer))
				assert.isAtLeast(least(one, other), narrow + clearance);
	});

	it("leads a track to both its pads, around what is kept", () => {
		const wall = "4 9000 3000 11000 3000 11000 20000 9000 20000";
		const { tracks, open } = search([
			board,
			"net 1 0 0",
			...pad(1, front, 3000, 15000),
			...pad(1, back, 17000, 15000),
			`keep 3 ${wall}`,
		]);
		assert.deepEqual(open, []);
		const ends = tracks.flatMap(({ ends }) => ends);
		for (const at of [3000, 17000])
			assert.isTrue(ends.some(([x, y]) => Math.abs(x - at) <= 500 && Math.abs(y - 15000) <= 500));
		for (const [x, y] of tracks.flatMap(spots)) {
			const aside = Math.max(9000 - x, x - 11000, 0);
			assert.isAbove(Math.hypot(aside, Math.max(3000 - y, 0)), narrow / 4);
		}
	});

	it("says which net it cannot connect", () => {
		const wall = "4 9000 0 11000 0 11000 20000 9000 20000";
		const two = [...pad(2, front, 3000, 15000), ...pad(2, front, 17000, 15000)];
		assert.deepEqual(search([board, "net 2 0 0", ...two, `keep 3 ${wall}`]).open, [2]);
	});

	it("draws wide tracks wide, but narrow at a pad whose neighbours leave no room", () => {
		const pads = [...pad(1, front, 2000, 10000, 300), ...pad(1, front, 18000, 10000)];
		const neighbours = [9150, 10850].map((y) => `shape 3 0 1 ${square(2400, y, 1000)}`);
		const free = search([board, "net 1 1 0", ...pads]);
		assert.deepEqual([...free.open, ...free.tracks.map(({ width }) => width)], [wide]);
		const { tracks, open } = search([board, "net 1 1 0", ...pads, ...neighbours]);
		assert.deepEqual(open, []);
		assert.sameMembers([...new Set(tracks.map(({ width }) => width))], [narrow, wide]);
		for (const { width, ends } of tracks) if (width === narrow) for (const [x] of ends) assert.isAtMost(x, 3600);
	});

	it("leads each pad of a plane's net to a via outside of it, apart from the others'", () => {
		const { vias, open } = search([
			board,
			"net 1 0 1",
			...pad(1, front, 9000, 10000),
			...pad(1, front, 10500, 10000),
			...pad(1, back, 10000, 14000),
		]);
		assert.deepEqual(open, []);
		assert.lengthOf(vias, 3);
		for (const [, x = 0, y = 0] of vias) assert.isFalse(Math.abs(x - 9000) < 750 && Math.abs(y - 10000) < 750);
		for (const [i, [, x = 0, y = 0]] of vias.entries())
			for (const [, u = 0, v = 0] of vias.slice(i + 1)) assert.isAtLeast(Math.hypot(x - u, y - v), 550);
	});

	it("refuses what it cannot read", () => {
		const damaged = [
			[],
			["net 1 0 0"],
			[board, "net 1024 0 0"],
			[board, "shape 1 1 0 2 0 0 5"],
			[board, "pad 1 1 1 0"],
			[board, board],
			["board 1000000 1000000 1 1 1 1 1 1 1 1 1"],
			[board, "wire 1"],
		];
		for (const lines of damaged) {
			const { status, stderr } = search(lines);
			assert.strictEqual(status, 1, lines.join("; "));
			assert.match(stderr, /^[^\n]+\n$/);
		}
	});
});
