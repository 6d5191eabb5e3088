// All that the phone shows by itself is in the user's language: in one whose every word is a sign, no letter is left.
import { english } from "base/words";
import { assert } from "chai";
import { TcpEnd } from "hal/hardware";
import { build, Rig } from "../support/rig.js";

/** What is the same in all languages: names of protocols and products, units, codecs, what the rig's hardware and network are called. */
const names =
	/\b(?:DHCP|DNS|TFTP|MAC|MOS|LQK|SCCP|Wi-Fi|Linnet|ms|G\.\d+|PCMU|linnet[-\w.]*|SEP\w+|example\.com|test|power on|home\.\w+)\b/g;

/** Texts on the screen. */
function texts({ screen }: Rig): string[] {
	const { overlay } = screen;
	const calls = screen.calls.flatMap(({ title, detail }) => [title, detail]);
	return [screen.prompt, ...screen.softkeys, ...calls, overlay?.title ?? "", ...(overlay?.lines ?? [])];
}

/** Whether two letters stand side by side; they are what has a case, since XS knows no classes of Unicode in expressions. */
function hasWord(text: string): boolean {
	const isLetter = (character: string): boolean => character.toLowerCase() !== character.toUpperCase();
	for (let i = 1; i < text.length; i += 1) if (isLetter(text.charAt(i - 1)) && isLetter(text.charAt(i))) return true;
	return false;
}

/** Texts with a word that the language does not have. */
function foreign(rig: Rig): string[] {
	return texts(rig).filter((text) => hasWord(text.replace(names, "").replaceAll(rig.network.mac, "")));
}

function signs(rig: Rig): void {
	rig.ui.setLanguage(
		{ find: () => "§" },
		english.map(() => "¤"),
	);
}

describe("the phone's own words", () => {
	it("are all that its menus show, page by page", () => {
		const rig = new Rig();
		signs(rig);
		assert.deepEqual(foreign(rig), []);
		let pages = 0;
		for (const key of ["settings", "directories", "help"] as const) {
			rig.press(key);
			assert.isDefined(rig.screen.overlay, key);
			assert.deepEqual(foreign(rig), [], key);
			const count = rig.screen.overlay?.count ?? 0;
			for (let item = 1; key !== "help" && item <= count; item += 1) {
				rig.press(`${item}`);
				assert.deepEqual(foreign(rig), [], `${key} ${item}`);
				pages += 1;
				// and what its items open or change
				const items = Math.min(rig.screen.overlay?.count ?? 0, 9);
				for (let within = 1; within <= items; within += 1) {
					rig.press(`${within}`);
					assert.deepEqual(foreign(rig), [], `${key} ${item} ${within}`);
					rig.press(key);
					if (rig.screen.overlay === undefined) rig.press(key);
					rig.press(`${item}`);
				}
				rig.press(key);
				if (rig.screen.overlay === undefined) rig.press(key);
			}
			rig.press(key);
			if (rig.screen.overlay !== undefined) rig.press(key);
		}
		assert.isAbove(pages, 8);
	});

	it("are all that it says of numbers, calls and the way to registration", () => {
		const rig = new Rig();
		signs(rig);
		rig.press("1", "2");
		assert.deepEqual(foreign(rig), [], "collecting");
		rig.press("volumeUp");
		assert.deepEqual(foreign(rig), [], "volume");
		rig.press("services");
		assert.deepEqual(foreign(rig), [], "a key without a meaning");
		rig.clock.advance(5000);
		rig.receive(build(0x111, 4, 1, 7));
		assert.deepEqual(foreign(rig), [], "a call");
		rig.receive(build(0x111, 2, 1, 7));
		rig.lose();
		const seen = new Set<string>();
		for (let i = 0; i < 40; i += 1) {
			for (const text of texts(rig)) seen.add(text);
			assert.deepEqual(foreign(rig), [], `${i} s without a call agent`);
			rig.clock.advance(1000);
		}
		assert.isTrue([...seen].some((text) => text.includes("¤")));
		const refused = new Rig();
		signs(refused);
		refused.reject("");
		assert.deepEqual(foreign(refused), []);
	});

	it("are a user's on the display and an engineer's in the log", () => {
		const rig = new Rig();
		rig.lose();
		const prompts = new Set<string>();
		for (let i = 0; i < 10; i += 1) {
			rig.clock.advance(1000);
			const { socket } = rig.network;
			if (!socket.closed) socket.fail(TcpEnd.refused);
			prompts.add(rig.screen.prompt);
		}
		assert.include([...prompts], "127.0.0.2:2000: not in service");
		assert.isTrue(rig.log.some((line) => line.includes("127.0.0.2:2000: connection refused")));
		assert.notInclude(rig.log.join("\n"), "not in service");
	});
});
