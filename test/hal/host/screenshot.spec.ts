/*
 * Pictures of the display as a PC makes them in XS (hal/host/display.ts): each scene, piece by piece, is pixel by pixel what the display's
 * code draws on the tools' panel, with fonts read and letters blended by other code; and all that it took of the heap is given back.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert } from "chai";
import { decode, encode } from "fast-png";
import { ScreenValue } from "ui/screen";
import { deskDisplay } from "../../../tools/display/draw.js";
import { MadePictures, madePicture } from "../../../tools/display/drawing/pictures.js";
import { recorded, recordedToTouch } from "../../../tools/display/recorded.js";
import { sceneNames, sceneOf } from "../../../tools/display/scenes.js";
import { HostFolder, prelude, root } from "../../support/host.js";

/** Some of each script: all would take long. */
const names = sceneNames.filter((_, index) => index % 4 === 0);

/** A picture that a service might show, and the same as a file. */
const colourOf = (x: number, y: number) => ((x * 2) & 0xf8) * 65536 + ((y * 3) & 0xfc) * 256 + ((x + y) & 0xf8);
const width = 120;
const height = 80;
const file = Buffer.from(
	encode({
		width,
		height,
		channels: 3,
		data: Uint8Array.from({ length: width * height * 3 }, (_, i) => {
			const colour = colourOf(Math.floor(i / 3) % width, Math.floor(i / 3 / width));
			return (colour >> (16 - 8 * (i % 3))) & 255;
		}),
	}),
);
const overlay = { title: "Map", lines: [], first: 0, count: 0, selected: -1, picture: { x: 30, y: -1 } };

const main = `${prelude}
import { HostDisplay } from "hal/host/display";
import { NativePictures } from "hal/pictures/pictures";
import { sceneOf } from "scenes";
import { ScreenValue } from "ui/screen";
const pictures = new NativePictures({ width: 320, height: 144, iconWidth: 28, iconHeight: 20 }, 0x08141f, false);
const display = new HostDisplay(pictures);
const figures = new Uint32Array(14);
const used = () => {
	native("xs_host_collect").call(undefined);
	native("xs_host_figures").call(undefined, figures.buffer);
	return figures[0] * figures[11] + figures[3];
};
const hex = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, "0"));
const target = new Uint8Array(333);
function take(name, screen) {
	display.show(screen);
	const shot = display.screenshot();
	if (display.screenshot() !== undefined) throw new Error("two at a time");
	const parts = [];
	for (let count = shot.read(target); count > 0; count = shot.read(target)) parts.push(Array.from(target.subarray(0, count), (octet) => hex[octet]).join(""));
	shot.close();
	shot.close();
	if (shot.read(target) !== 0) throw new Error("read after close");
	print(name + " " + parts.join(""));
}
if (display.screenshot() !== undefined) throw new Error("nothing was shown");
for (const name of NAMES) take(name, sceneOf(name, 6, 4));
const octets = Uint8Array.from("FILE".match(/../g), (pair) => Number.parseInt(pair, 16));
const wrong = pictures.begin(0, 0, 0, 0, 0) || pictures.take(octets, 0, 100) || pictures.take(octets, 100, octets.length) || pictures.end();
if (wrong !== "") throw new Error(wrong);
const screen = new ScreenValue(6, 4);
screen.overlay = OVERLAY;
take("picture", screen);
pictures.release();
take("released", screen);
const before = used();
for (let i = 0; i < 5; i++) {
	const shot = display.screenshot();
	shot.read(target);
	shot.close();
}
print("heap " + (used() === before ? "same" : before + " then " + used()));
`;

describe("pictures of a PC's display", function () {
	this.timeout(60_000);

	const lines = new Map<string, string>();

	before(() => {
		const source = main
			.replace("FILE", file.toString("hex"))
			.replace("OVERLAY", JSON.stringify(overlay))
			.replace("NAMES", JSON.stringify(names));
		const compiled = (name: string) => readFileSync(join(root, `build/js/tools/display/${name}.js`), "utf8");
		const screens = Object.entries({ recorded, recordedToTouch }).map(
			([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`,
		);
		const modules = {
			main: source,
			scenes: compiled("scenes"),
			fill: compiled("fill"),
			recorded: screens.join(""),
		};
		const folder = new HostFolder(modules, { chunks: 4_000_000, slots: 40_000 });
		try {
			const { status, stdout, stderr } = folder.run();
			assert.strictEqual(status, 0, stderr);
			for (const line of stdout.split("\n")) {
				const at = line.indexOf(" ");
				lines.set(line.slice(0, at), line.slice(at + 1));
			}
		} finally {
			folder.remove();
		}
	});

	function compare(name: string, drawn: Uint8Array): void {
		const taken = decode(Buffer.from(lines.get(name) ?? "", "hex"));
		assert.deepEqual([taken.width, taken.height], [320, 240]);
		let wrong = 0;
		for (let i = 0; i < drawn.length; i += 1) if (drawn[i] !== taken.data[i]) wrong += 1;
		assert.strictEqual(wrong, 0, name);
	}

	it("are what the display's code draws, in each scene", () => {
		// none of the pictures that services had in them is kept by either
		const { panel, display } = deskDisplay(new MadePictures());
		for (const name of names) {
			display.forget();
			display.show(sceneOf(name, 6, 4));
			compare(name, panel.rgb());
		}
		assert.isAbove(lines.size, names.length);
	});

	it("have the picture of a service in them, as long as it is kept", () => {
		for (const [name, kept] of [
			["picture", madePicture(width, height, colourOf)],
			["released", undefined],
		] as const) {
			const pictures = new MadePictures();
			pictures.put(0, kept);
			const { panel, display } = deskDisplay(pictures);
			const screen = new ScreenValue(6, 4);
			screen.overlay = overlay;
			display.show(screen);
			compare(name, panel.rgb());
		}
	});

	it("leave the heap as it was", () => {
		assert.strictEqual(lines.get("heap"), "same");
	});
});
