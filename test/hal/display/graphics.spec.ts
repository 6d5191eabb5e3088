// Pictures and icons of services on both displays: where they lie, in which size, what is drawn again, and what a finger on them tells.
import { assert } from "chai";
import { Target } from "hal/display/target";
import { keyLayout, pictureRoomOf, titleHeight, touchLayout } from "hal/display/theme";
import { TouchKeys } from "hal/display/touchkeys";
import { Dirty, type ScreenOverlay } from "hal/hardware";
import { ScreenValue } from "ui/screen";
import { deskDisplay, touchDisplay } from "../../../tools/display/draw.js";
import { MadePictures, madePicture } from "../../../tools/display/drawing/pictures.js";
import type { Panel } from "../../../tools/display/panel.js";

const red = 0xf800;
const stripes = madePicture(100, 60, (x, y) =>
	x === 0 || y === 0 || x === 99 || y === 59 ? 0xff0000 : x * 2 + y * 256,
);

function screenWith(overlay: Partial<ScreenOverlay>): ScreenValue {
	const screen = new ScreenValue(4, 4);
	screen.overlay = { title: "Map", lines: [], first: 0, count: 0, selected: -1, picture: undefined, ...overlay };
	return screen;
}

/** Where the red frame of the picture is on the panel: left, top, and the pixels in it that are none of it. */
function frameOf(panel: Panel): { left: number; top: number; wrong: number } {
	const at = panel.pixels.indexOf(red);
	const left = at % panel.width;
	const top = Math.floor(at / panel.width);
	let wrong = 0;
	stripes.pixels.forEach((pixel, i) => {
		if (panel.pixels[(top + Math.floor(i / 100)) * panel.width + left + (i % 100)] !== pixel) wrong += 1;
	});
	return { left, top, wrong };
}

for (const [name, make, layout] of [
	["with keys", deskDisplay, keyLayout],
	["to touch", (pictures: MadePictures) => touchDisplay(320, 240, pictures), touchLayout],
] as const) {
	describe(`pictures on a display ${name}`, () => {
		const { x: left, y } = layout.overlay;
		const top = y + titleHeight;
		const room = pictureRoomOf(layout);
		const pictures = new MadePictures();

		function shown(x: number, y: number, file = {}): { left: number; top: number; wrong: number } {
			pictures.put(0, { ...stripes, ...file });
			const { display, panel } = make(pictures);
			display.show(screenWith({ picture: { x, y } }));
			return frameOf(panel);
		}

		it("lie in the middle, where their object says, and as a whole in view", () => {
			const middle = { left: left + ((room.width - 100) >> 1), top: top + ((room.height - 60) >> 1) };
			assert.deepEqual(shown(-1, -1), { ...middle, wrong: 0 });
			assert.deepEqual(shown(0, 0), { left, top, wrong: 0 });
			assert.deepEqual(shown(12, -1), { left: left + 12, top: middle.top, wrong: 0 });
			assert.deepEqual(shown(319, 200), { left: left + room.width - 100, top: top + room.height - 60, wrong: 0 });
			// of one that was made smaller by half
			assert.deepEqual(shown(30, 10, { fileWidth: 200, fileHeight: 120 }), { left: left + 15, top: top + 5, wrong: 0 });
		});

		it("fill all that there is for one", () => {
			pictures.put(
				0,
				madePicture(room.width, room.height, () => 0x00ff00),
			);
			const { display, panel } = make(pictures);
			display.show(screenWith({ picture: { x: -1, y: -1 } }));
			assert.strictEqual(panel.pixels.filter((pixel) => pixel === 0x07e0).length, room.width * room.height);
		});

		it("are drawn again when another has come, and make room for lines when they go", () => {
			pictures.put(0, stripes);
			const { display, panel } = make(pictures);
			const screen = screenWith({ picture: { x: 0, y: 0 } });
			display.show(screen);
			screen.dirty = Dirty.overlay;
			panel.areas = 0;
			display.show(screen);
			assert.strictEqual(panel.areas, 0);
			pictures.put(
				0,
				madePicture(10, 10, () => 0xff0000),
			);
			display.show(screen);
			assert.strictEqual(panel.pixels.filter((pixel) => pixel === red).length, 100);
			screen.overlay = { title: "Map", lines: ["One", "Two"], first: 0, count: 2, selected: 0 };
			display.show(screen);
			const fresh = make(pictures);
			fresh.display.show(screen);
			assert.isTrue(panel.png().equals(fresh.panel.png()));
			assert.isFalse(panel.pixels.includes(red));
		});

		it("stand as icons before the lines of a list, all lines behind them", () => {
			pictures.release();
			pictures.put(
				2,
				madePicture(16, 10, () => 0xff0000),
			);
			const { display, panel, canvas } = make(pictures);
			const lefts: number[] = [];
			canvas.onText = ({ text, x }) => text.endsWith("ine") && lefts.push(x);
			const lines = ["First line", "Second line", "Third line"];
			const screen = screenWith({ lines, count: 3, selected: 0, icons: [0, 2, 2] });
			display.show(screen);
			const rows = panel.pixels.map((pixel, i) => (pixel === red ? Math.floor(i / panel.width) : 0));
			assert.strictEqual(new Set(rows.filter((row) => row > 0)).size, 20);
			const across = panel.pixels.map((pixel, i) => (pixel === red ? i % panel.width : 0)).filter((x) => x > 0);
			assert.strictEqual(Math.max(...across) - Math.min(...across), 15);
			assert.isAbove(Math.min(...lefts), Math.max(...across));
			// icons that come later are drawn
			pictures.put(
				2,
				madePicture(16, 12, () => 0xff0000),
			);
			screen.dirty = Dirty.overlay;
			display.show(screen);
			assert.strictEqual(panel.pixels.filter((pixel) => pixel === red).length, 16 * 12 * 2);
		});
	});
}

describe("a finger on a picture", () => {
	it("tells where, in pixels of its file", () => {
		const pictures = new MadePictures();
		pictures.put(0, { ...stripes, fileWidth: 200, fileHeight: 120 });
		const { display } = touchDisplay(320, 240, pictures);
		const points: string[] = [];
		const keys = new TouchKeys(display, 4, 4);
		keys.start({
			key: () => assert.fail("no key is there"),
			hook: () => {},
			pointed: (x, y) => points.push(`${x} ${y}`),
		});
		const { x, y } = touchLayout.overlay;
		const touch = (across: number, down: number) => {
			keys.touch(x + across, y + titleHeight + down);
			keys.release();
		};
		display.show(screenWith({ picture: { x: 0, y: 0 } }));
		touch(0, 0);
		touch(99, 59);
		touch(50, 100);
		assert.deepEqual(points, ["0 0", "198 118", "100 200"]);
		// without a picture there is nothing to touch
		display.show(screenWith({ lines: ["Text"], count: 1 }));
		assert.strictEqual(display.hit(x + 5, y + titleHeight + 50), Target.none);
	});
});
