// Calls as live servers lead them: recorded conversations go in, keys are pressed where the recorded phone sent something,
// and mirror, screen and sound must follow.
import { assert } from "chai";
import { Icon, LampMode, Route } from "hal/hardware";
import { entriesOf } from "../support/calls.js";
import {
	chanSccpCallee,
	chanSccpCaller,
	chanSccpOldCaller,
	chanSkinnyCallee,
	chanSkinnyCaller,
} from "../support/captured.js";
import { octetsOf, Rig } from "../support/rig.js";

const KeypadButton = 3;
const OffHook = 6;
const OnHook = 7;
const SoftKeyEvent = 0x26;
const OpenReceiveChannelAck = 0x22;

function idOf(line: string): number {
	const octets = octetsOf(line);
	return (octets[8] as number) | ((octets[9] as number) << 8);
}

/** Plays a recorded conversation to a phone, stopping at what the recorded phone sent. */
class Play {
	readonly #lines: readonly string[];
	#at = 0;
	readonly rig: Rig;

	constructor(lines: readonly string[], version: number) {
		this.#lines = lines;
		this.rig = new Rig(version);
	}

	/** Delivers all up to the next message of the recorded phone with this id, which is stepped over. */
	until(id: number): Uint8Array {
		while (this.#at < this.#lines.length) {
			const line = this.#lines[this.#at] as string;
			this.#at += 1;
			if (line.startsWith("<")) this.rig.receive(line);
			else if (idOf(line) === id) return octetsOf(line);
		}
		throw new Error(`message 0x${id.toString(16)} is not in the rest of the conversation`);
	}

	/** Delivers the rest. */
	rest(): void {
		for (; this.#at < this.#lines.length; this.#at += 1) {
			const line = this.#lines[this.#at] as string;
			if (line.startsWith("<")) this.rig.receive(line);
		}
	}
}

/** Numbers in the lists of missed, received and placed calls. */
function listed(rig: Rig): string[][] {
	rig.clock.advance(2000);
	return [0, 1, 2].map((kind) => entriesOf(rig.desk.history, kind).map(({ number }) => number));
}

/** u32 words of a recorded message's payload. */
function words(octets: Uint8Array): number[] {
	const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
	const result: number[] = [];
	for (let at = 12; at + 4 <= octets.length; at += 4) result.push(view.getUint32(at, true));
	return result;
}

describe("calls as recorded", () => {
	for (const [name, lines, version] of [
		["chan-sccp, version 22", chanSccpCaller, 22],
		["chan-sccp, version 3", chanSccpOldCaller, 3],
		["chan_skinny, version 17", chanSkinnyCaller, 17],
	] as const) {
		describe(`an outgoing call: ${name}`, () => {
			it("is dialled, rings, is answered, held, resumed and ended by the other side", () => {
				const play = new Play(lines, version);
				const { rig } = play;
				play.until(OffHook);
				assert.equal(rig.screen.number, "1001");
				assert.equal(rig.screen.softkeys[0], "Redial");
				assert.deepEqual(rig.calls, []);
				rig.take();
				// a notification of chan-sccp covers the prompt for 5 s
				rig.clock.advance(6000);

				rig.keypad.hook(true);
				assert.deepEqual(rig.sent(), ["6 0 0"]);
				assert.equal(rig.screen.route, Route.handset);

				const digit = words(play.until(KeypadButton));
				assert.equal(rig.audio.tone, 0x21);
				assert.equal(rig.screen.prompt, "Enter number");
				assert.equal(rig.calls.length, 1);
				const reference = rig.screen.calls[0]?.reference ?? 0;
				rig.press("1");
				assert.deepEqual(rig.take()[0]?.words, digit);
				play.until(KeypadButton);
				assert.equal(rig.audio.tone, 0);
				rig.press("0");
				play.until(KeypadButton);
				rig.press("0");
				play.until(KeypadButton);
				assert.deepEqual(rig.calls, ["*1 100"]);
				rig.press("2");
				rig.take();

				// at Hold
				const hold = words(play.until(SoftKeyEvent));
				assert.match(rig.calls[0] ?? "", /^\*5 To .*1002/);
				assert.equal(rig.screen.calls[0]?.detail, "");
				assert.equal(rig.screen.prompt, "Connected");
				assert.equal(rig.screen.buttons[0]?.icon, Icon.connected);
				assert.equal(rig.lamp("line1"), `${LampMode.on}/1`);
				assert.equal(rig.audio.tone, 0);
				const opened = rig.audio.calls.filter((call) => call.startsWith("openReceive"));
				assert.deepEqual(opened, ["openReceive 0 0 20"]);
				assert.equal(rig.audio.calls.filter((call) => call.startsWith("startTransmit 0 2130706")).length, 1);
				const acks = rig.take().filter(({ id }) => id === OpenReceiveChannelAck);
				assert.equal(acks.length, 1);
				rig.softkey("Hold");
				assert.deepEqual(rig.take()[0]?.words, hold);

				const resume = words(play.until(SoftKeyEvent));
				assert.match(rig.calls[0] ?? "", /^\*8 /);
				assert.equal(rig.lamp("line1"), `${LampMode.wink}/1`);
				assert.equal(rig.screen.route, Route.handset);
				assert.include(rig.audio.calls, "closeReceive 0");
				assert.include(rig.audio.calls, "stopTransmit 0");
				rig.softkey("Resume");
				assert.deepEqual(rig.take()[0]?.words, resume);

				const inCall = words(play.until(KeypadButton));
				assert.match(rig.calls[0] ?? "", /^\*5 To /);
				assert.equal(rig.screen.buttons[0]?.icon, Icon.connected);
				assert.equal(rig.audio.calls.filter((call) => call.startsWith("openReceive")).length, 2);
				rig.take();
				rig.press("5");
				assert.deepEqual(rig.take()[0]?.words, inCall);
				assert.match(rig.calls[0] ?? "", /^\*5 To /);

				play.rest();
				assert.deepEqual(rig.calls, []);
				assert.equal(rig.phone.calls.find(reference), undefined);
				assert.equal(rig.phone.media.open, false);
				assert.equal(rig.screen.buttons[0]?.icon, Icon.onHook);
				assert.equal(rig.lamp("line1"), "off");
				rig.take();
				rig.keypad.hook(false);
				assert.deepEqual(rig.sent(), ["7 0 0"]);
				assert.equal(rig.screen.route, Route.none);
				assert.equal(rig.screen.softkeys[0], "Redial");
				// nobody has diverted it, though chan-sccp fills in an original party; it is listed as what was dialled
				assert.deepEqual(listed(rig), [[], [], ["1002"]]);
			});
		});
	}

	for (const [name, lines, version, message] of [
		["chan-sccp, version 22", chanSccpCallee, 22, "off"],
		["chan_skinny, version 17, with messages waiting", chanSkinnyCallee, 17, `${LampMode.on}/3`],
	] as const) {
		describe(`an incoming call: ${name}`, () => {
			it("rings, is answered by lifting and ended by hanging up", () => {
				const play = new Play(lines, version);
				const { rig } = play;
				const offHook = words(play.until(OffHook));
				assert.equal(rig.calls.length, 1);
				assert.match(rig.calls[0] ?? "", /^\*4 From .*1001/);
				assert.equal(rig.screen.buttons[0]?.icon, Icon.ringing);
				assert.equal(rig.lamp("line1"), `${LampMode.blink}/2`);
				assert.notEqual(rig.audio.ringer, 1);
				assert.equal(rig.lamp("message"), `${LampMode.flash}/3`);
				assert.include(rig.screen.softkeys, "Answer");
				assert.match(rig.screen.prompt, /^From .*1001/);
				rig.take();
				rig.keypad.hook(true);
				assert.deepEqual(rig.take()[0]?.words, offHook);

				const onHook = words(play.until(OnHook));
				assert.deepEqual(rig.calls, ["*5 From Alice One (1001)"]);
				assert.equal(rig.audio.ringer, 1);
				assert.equal(rig.lamp("message"), message);
				assert.equal(rig.screen.prompt, "Connected");
				rig.take();
				rig.keypad.hook(false);
				assert.deepEqual(rig.take()[0]?.words, onHook);
				assert.equal(rig.screen.route, Route.none);
				play.rest();
				assert.deepEqual(rig.calls, []);
				assert.equal(rig.phone.media.open, false);
				assert.deepEqual(listed(rig), [[], ["1001"], []]);
			});
		});
	}

	it("repeats of the same messages show nothing new", () => {
		const play = new Play(chanSccpCaller, 22);
		const { rig } = play;
		play.until(SoftKeyEvent);
		rig.display.take();
		const line = chanSccpCaller.slice(0, 90);
		const repeated = line.filter((text) => text.startsWith("<") && [0x86, 0x110, 0x146, 0x116].includes(idOf(text)));
		assert.isAbove(repeated.length, 10);
		const last = repeated.filter((text) => idOf(text) === 0x86 && text.includes("0f0000"));
		assert.isAbove(last.length, 1);
		rig.receive(...last);
		assert.equal(rig.display.take(), 0);
	});
});
