// Who a call is with, as far as it may be told: private parties, calls of shared lines, diverted calls; and what of it goes into the lists of
// calls. Messages have the forms of chan-sccp, CallManager and chan_skinny, below and above the version where texts become a run.
import { assert } from "chai";
import { Icon, LampMode } from "hal/hardware";
import { partiesOf } from "../support/calls.js";
import { build, Rig } from "../support/rig.js";

const CallState = 0x111;
const CallHistoryInfo = 0x156;
const CallSelectStatRes = 0x130;
const DialedNumber = 0x11d;
const LineStatRes = 0x92;
const LineStatV2Res = 0x147;
const ButtonTemplateRes = 0x97;
const ringIn = 4;
const connected = 5;
const inUseRemotely = 13;
const remoteHold = 17;
const inbound = 1;
const outbound = 2;
const hidden = 0xf;

interface Info {
	readonly type?: number;
	readonly calling?: readonly [number: string, name: string];
	readonly called?: readonly [number: string, name: string];
	readonly original?: readonly [number: string, name: string];
	readonly redirecting?: readonly [number: string, name: string];
	readonly pilot?: readonly [number: string, name: string];
	readonly reasons?: readonly [original: number, last: number];
	readonly security?: number;
	readonly restriction?: number;
}

const nobody = ["", ""] as const;

/** CallInfo in the form of a version: fixed fields below 8, else a run of 12 texts, or 15 from version 16 on. */
function callInfo(version: number, reference: number, info: Info): Uint8Array {
	const { calling = nobody, called = nobody, original = nobody, redirecting = nobody, pilot = nobody } = info;
	const [originalReason, lastReason] = info.reasons ?? [0, 0];
	const { type = inbound, security = 0, restriction = 0 } = info;
	if (version < 8)
		return build(
			0x8f,
			[calling[1], 40],
			[calling[0], 24],
			[called[1], 40],
			[called[0], 24],
			1,
			reference,
			type,
			[original[1], 40],
			[original[0], 24],
			[redirecting[1], 40],
			[redirecting[0], 24],
			originalReason,
			lastReason,
			["", 96],
			1,
			security,
			restriction,
		);
	const alternate = version < 16 ? [] : [["4930", 0] as const];
	const pilots = version < 16 ? [] : [[pilot[0], 0] as const, [pilot[1], 0] as const];
	return build(
		0x14a,
		1,
		reference,
		type,
		originalReason,
		lastReason,
		1,
		security,
		restriction,
		[calling[0], 0],
		...alternate,
		[called[0], 0],
		[original[0], 0],
		[redirecting[0], 0],
		["8500", 0],
		["8501", 0],
		["8502", 0],
		["8503", 0],
		[calling[1], 0],
		[called[1], 0],
		[original[1], 0],
		[redirecting[1], 0],
		...pilots,
	);
}

function callState(state: number, reference: number, visibility = 0): Uint8Array {
	return build(CallState, state, 1, reference, visibility, 4, 0);
}

/** A prompt of a call, and a priority notification. */
function prompt(version: number, text: string, reference: number): Uint8Array {
	return version < 8 ? build(0x112, 0, [text, 32], 1, reference) : build(0x145, 0, 1, reference, [text, 0]);
}

function notification(version: number, text: string): Uint8Array {
	return version < 8 ? build(0x120, 10, 5, [text, 32]) : build(0x144, 10, 5, [text, 0]);
}

/** All lists of calls: missed, received, placed. */
function lists(rig: Rig): string[][] {
	rig.clock.advance(2000);
	return [0, 1, 2].map((kind) => partiesOf(rig.desk.history, kind));
}

const alice = ["1002", "Alice"] as const;
const own = ["1001", "Otto"] as const;
const bob = ["1003", "Bob"] as const;
const carol = ["1004", "Carol"] as const;
const versions = [3, 11, 17, 22];
const none = [[], [], []];

for (const version of versions)
	describe(`parties, version ${version}`, () => {
		it("each restriction hides its name or number, from the display and from the lists", () => {
			for (const [restriction, title, list] of [
				[0, "From Alice (1002)", "1002\tAlice"],
				[1, "From 1002", "1002\t"],
				[2, "From Alice", "\tAlice"],
				[3, "From Private", "\t\x806"],
				[hidden, "From Private", "\t\x806"],
				[0xfc, "From Alice (1002)", "1002\tAlice"],
				[0xfffffff0, "From Alice (1002)", "1002\tAlice"],
			] as const) {
				const rig = new Rig(version);
				rig.receive(callState(ringIn, 7), callInfo(version, 7, { calling: alice, called: own, restriction }));
				assert.deepEqual(rig.calls, [`*4 ${title}`]);
				const call = rig.phone.calls.find(7);
				if ((restriction & 3) === 3)
					assert.deepEqual([call?.callingName.length, call?.callingNumber.length], [0, 0], "nothing is kept");
				rig.receive(callState(2, 7));
				assert.deepEqual(lists(rig), [[list], [], []]);
			}
		});

		it("what a prompt or a notification says of a hidden caller is not shown", () => {
			const rig = new Rig(version);
			const ring = (reference: number, restriction: number) => [
				callState(ringIn, reference),
				callInfo(version, reference, { calling: alice, called: own, restriction }),
				prompt(version, "\x80\x17Alice (1002)", reference),
			];
			rig.receive(...ring(7, hidden));
			assert.equal(rig.screen.prompt, "From Private");
			rig.receive(callInfo(version, 7, { calling: alice, called: own, restriction: 2 }));
			assert.equal(rig.screen.prompt, "From Alice");
			rig.receive(callInfo(version, 7, { calling: alice, called: own }));
			assert.equal(rig.screen.prompt, "From Alice (1002)");
			rig.receive(callInfo(version, 7, { calling: alice, called: own, restriction: hidden }));
			rig.receive(prompt(version, "\x1e\x03Alice (1002)", 7));
			assert.equal(rig.screen.prompt, "From Private", "an urgent call");
			rig.receive(callState(1, 7), callState(connected, 7), prompt(version, "\x80\x18", 7));
			assert.equal(rig.screen.prompt, "Connected");
			// a second one, while this one is up
			rig.receive(...ring(8, hidden), callState(connected, 7), callState(1, 7));
			rig.receive(notification(version, "\x80\x17Alice"));
			assert.equal(rig.screen.prompt, "From Private");
			rig.receive(callState(2, 8), callState(2, 7), ...ring(9, 0), notification(version, "\x80\x17Alice"));
			assert.equal(rig.screen.prompt, "From Alice");
		});

		it("of a party that is called, too: what the user has dialled is all that is listed", () => {
			const rig = new Rig(version);
			rig.receive(
				callState(1, 7),
				callInfo(version, 7, { type: outbound, calling: own, called: alice, restriction: 0xc }),
				version < 18 ? build(DialedNumber, ["1002", 24], 1, 7) : build(DialedNumber, ["1002", 28], 1, 7),
				callState(3, 7),
			);
			assert.deepEqual(rig.calls, ["*3 To Private"]);
			rig.receive(callState(connected, 7), callState(2, 7));
			assert.deepEqual(lists(rig), none);
			rig.receive(callState(1, 8));
			rig.keypad.hook(true);
			rig.press("1", "0", "0", "2");
			rig.receive(callInfo(version, 8, { type: outbound, calling: own, called: alice, restriction: hidden }));
			rig.receive(callState(3, 8));
			assert.deepEqual(rig.calls, ["*3 To Private"]);
			rig.receive(callState(2, 8));
			assert.deepEqual(lists(rig), [[], [], ["1002\t\x806"]]);
		});

		it("a party that turns private in the call is forgotten, and one that no longer is is shown", () => {
			const rig = new Rig(version);
			const info = { calling: alice, called: own };
			rig.receive(callState(ringIn, 7), callInfo(version, 7, info), callState(1, 7), callState(connected, 7));
			rig.receive(callInfo(version, 7, { ...info, restriction: hidden }));
			assert.deepEqual(rig.calls, ["*5 From Private"]);
			rig.receive(callInfo(version, 7, info));
			assert.deepEqual(rig.calls, ["*5 From Alice (1002)"]);
			rig.receive(callInfo(version, 7, { ...info, restriction: hidden }), callState(2, 7));
			assert.deepEqual(lists(rig), [[], ["\t\x806"], []]);
		});

		it("a call that another phone of a shared line has shows its party unless it is hidden, and is not listed", () => {
			for (const [state, icon] of [
				[inUseRemotely, Icon.remoteInUse],
				[remoteHold, Icon.held],
			] as const)
				for (const [visibility, calls] of [
					[0, [`${state} From Alice (1002)`]],
					[1, [`${state} In Use Remote`]],
					[2, []],
				] as const) {
					const rig = new Rig(version);
					rig.receive(build(ButtonTemplateRes, 0, 1, 1, 0x0901));
					const info = callInfo(version, 7, {
						calling: alice,
						called: own,
						restriction: visibility === 0 ? 0 : hidden,
					});
					rig.receive(callState(state, 7, visibility), info, callState(state, 7, visibility));
					assert.deepEqual(
						rig.calls.map((call) => call.replace("*", "")),
						[...calls],
					);
					assert.equal(rig.screen.buttons[0]?.icon, icon);
					assert.equal(rig.lamp("line1"), `${state === remoteHold ? LampMode.flash : LampMode.on}/3`);
					assert.isFalse(rig.desk.callsUp());
					rig.receive(callState(2, 7));
					assert.equal(rig.screen.buttons[0]?.icon, Icon.onHook);
					assert.deepEqual(lists(rig), none);
				}
		});

		it("answered by another phone, as older phones are told it: no trace, no party, nothing to be hung up", () => {
			for (const [visibility, calls, received] of [
				[2, [], []],
				[1, ["13 In Use Remote"], ["1002\tAlice"]],
			] as const) {
				const rig = new Rig(version);
				rig.receive(callState(ringIn, 7), callInfo(version, 7, { calling: alice, called: own }));
				assert.lengthOf(rig.calls, 1);
				rig.receive(callState(connected, 7, visibility));
				assert.deepEqual(rig.calls, [...calls]);
				assert.isFalse(rig.phone.inUse);
				assert.isUndefined(rig.phone.selected);
				rig.receive(callState(2, 7));
				assert.deepEqual(lists(rig), [[], [...received], []]);
				// one that has never rung here
				rig.receive(callState(connected, 8, visibility), callInfo(version, 8, { calling: bob, called: own }));
				rig.receive(callState(2, 8));
				assert.deepEqual(lists(rig), [[], [...received], []]);
			}
		});

		it("a call that rings without its party ever being shown leaves none in a list, unless it is answered here", () => {
			for (const visibility of [1, 2]) {
				const rig = new Rig(version);
				const ring = (reference: number) => [
					callState(ringIn, reference, visibility),
					callInfo(version, reference, { calling: alice, called: own }),
				];
				rig.receive(...ring(7));
				assert.deepEqual(rig.calls, ["*4 Private"]);
				rig.receive(callState(2, 7));
				assert.deepEqual(lists(rig), none);
				// the call agent's word on the list is none on the party
				rig.receive(...ring(8), build(CallHistoryInfo, 3, 1, 8), callState(2, 8));
				assert.deepEqual(lists(rig), [["\t\x806"], [], []]);
				rig.receive(...ring(9), callState(1, 9), callState(connected, 9), callState(2, 9));
				assert.deepEqual(lists(rig)[1], ["1002\tAlice"]);
				// one that is shown after all, and one's own that nobody answers
				rig.receive(...ring(10), callState(ringIn, 10), callState(2, 10));
				assert.deepEqual(lists(rig)[0], ["1002\tAlice", "\t\x806"]);
				rig.receive(callState(1, 11, visibility), callState(3, 11, visibility));
				rig.receive(callInfo(version, 11, { type: outbound, calling: own, called: bob }), callState(2, 11));
				assert.deepEqual(lists(rig)[2], ["1003\tBob"]);
			}
		});

		it("a call of one's own stays one's own, whatever others may see of it", () => {
			const rig = new Rig(version);
			rig.receive(callState(ringIn, 7), callInfo(version, 7, { calling: alice, called: own }), callState(1, 7));
			for (const visibility of [0, 1, 2, 77]) {
				rig.receive(callState(connected, 7, visibility));
				assert.deepEqual(rig.calls, ["*5 From Alice (1002)"]);
			}
			rig.receive(callState(8, 7, 2));
			assert.deepEqual(rig.calls, ["*8 From Alice (1002)"]);
			// resumed elsewhere, and taken back
			rig.receive(callState(inUseRemotely, 7, 1));
			assert.deepEqual(rig.calls, ["13 In Use Remote"]);
			rig.receive(callState(connected, 7));
			assert.deepEqual(rig.calls, ["*5 From Alice (1002)"]);
			rig.receive(callState(2, 7));
			assert.deepEqual(lists(rig), [[], ["1002\tAlice"], []]);
		});

		it("the call agent names the list", () => {
			for (const [disposition, expected] of [
				[0, none],
				// nobody has placed a call that came
				[1, [["1002\tAlice"], [], []]],
				[2, [[], ["1002\tAlice"], []]],
				[3, [["1002\tAlice"], [], []]],
				[65535, [["1002\tAlice"], [], []]],
				[4, [["1002\tAlice"], [], []]],
			] as const)
				for (const late of [false, true]) {
					const rig = new Rig(version);
					const history = build(CallHistoryInfo, disposition, 1, 7);
					rig.receive(callState(ringIn, 7), callInfo(version, 7, { calling: alice, called: own }));
					rig.receive(...(late ? [callState(2, 7), history] : [history, callState(2, 7)]));
					assert.deepEqual(
						lists(rig),
						expected.map((list) => [...list]),
						`disposition ${disposition}${late ? ", late" : ""}`,
					);
				}
		});

		it("a call that never rang here was not missed", () => {
			const rig = new Rig(version);
			rig.receive(callInfo(version, 7, { calling: alice, called: own }), callState(2, 7));
			assert.deepEqual(lists(rig), none);
			// so chan-sccp tells older phones that a call answered elsewhere counts as missed
			rig.receive(callState(ringIn, 8), callInfo(version, 8, { calling: alice, called: own }));
			rig.receive(callState(inUseRemotely, 8), callState(ringIn, 8, 1), callState(2, 8));
			assert.deepEqual(lists(rig), [["1002\tAlice"], [], []]);
		});

		it("a word on the list is over when this phone takes the call after all", () => {
			const rig = new Rig(version);
			rig.receive(callState(ringIn, 7), callInfo(version, 7, { calling: alice, called: own }));
			rig.receive(build(CallHistoryInfo, 0, 1, 7), callState(inUseRemotely, 7), callState(remoteHold, 7));
			rig.receive(callState(1, 7), callState(connected, 7), callState(2, 7));
			assert.deepEqual(lists(rig), [[], ["1002\tAlice"], []]);
		});

		it("a diverted call tells who did it, and for whom it was meant", () => {
			for (const [info, detail] of [
				[{ redirecting: bob, original: carol }, "Forwarded by Bob, for Carol"],
				[{ redirecting: bob, original: bob }, "Forwarded by Bob"],
				[{ redirecting: bob }, "Forwarded by Bob"],
				[{ redirecting: ["1003", ""] as const }, "Forwarded by 1003"],
				[{ redirecting: ["", "Bob"] as const }, "Forwarded by Bob"],
				[{ original: carol }, "For Carol"],
				[{ original: carol, reasons: [1, 0] as const }, "For Carol (busy)"],
				[{ redirecting: bob, original: carol, reasons: [1, 2] as const }, "Forwarded by Bob (no answer), for Carol"],
				[{ redirecting: bob, reasons: [0, 4] as const }, "Transferred by Bob"],
				[{ redirecting: bob, reasons: [0, 5] as const }, "Picked up from Bob"],
				[{ redirecting: bob, reasons: [0, 11] as const }, "Parked by Bob"],
				[{ redirecting: bob, original: carol, restriction: 0xc0 }, "For Carol"],
				[{ redirecting: bob, original: carol, restriction: 0x30 }, "Forwarded by Bob"],
				[{ redirecting: bob, original: carol, restriction: 0x40 }, "Forwarded by 1003, for Carol"],
				[{ redirecting: bob, original: carol, restriction: 0xf0 }, ""],
				// a call that nobody diverted is one whose original party is the one called
				[{ original: own }, ""],
				[{ original: own, redirecting: own }, ""],
				[{ original: own, redirecting: own, restriction: 0x22 }, ""],
				[{ redirecting: alice, original: own }, ""],
				[{ pilot: ["1900", "Sales"] as const }, version < 16 ? "" : "For Sales"],
				[{ original: carol, pilot: ["1900", "Sales"] as const }, "For Carol"],
				[{ original: own, pilot: ["1001", "Otto"] as const }, ""],
			] as readonly [Info, string][]) {
				const rig = new Rig(version);
				rig.receive(callState(ringIn, 7), callInfo(version, 7, { calling: alice, called: own, ...info }));
				assert.equal(rig.screen.calls[0]?.detail, detail, JSON.stringify(info));
				assert.equal(rig.screen.calls[0]?.title, (info.restriction ?? 0) & 2 ? "From Alice" : "From Alice (1002)");
				rig.receive(callState(1, 7), callState(connected, 7));
				assert.equal(rig.screen.calls[0]?.detail, detail, "in the call as well");
				rig.receive(callState(2, 7), callState(ringIn, 8), callInfo(version, 8, { calling: alice, called: own }));
				assert.equal(rig.screen.calls[0]?.detail, "", "nothing is left of it");
			}
		});

		it("of more diverted calls than there is room for the first ones tell it", () => {
			const rig = new Rig(version);
			for (let round = 0; round < 2; round += 1) {
				for (let i = 1; i <= 6; i += 1)
					rig.receive(
						callState(ringIn, i),
						callInfo(version, i, { calling: [`200${i}`, ""], called: own, redirecting: [`300${i}`, ""] }),
					);
				const details = rig.screen.calls.map(({ detail }) => detail).filter((detail) => detail !== "");
				assert.deepEqual(
					details,
					[1, 2, 3, 4].map((i) => `Forwarded by 300${i}`),
				);
				for (let i = 1; i <= 6; i += 1) rig.receive(callState(2, i));
			}
		});

		it("its line may show less of it", () => {
			for (const [options, title, detail] of [
				[0, "From Alice (1002)", "Forwarded by Bob, for Carol"],
				[15, "From Alice (1002)", "Forwarded by Bob, for Carol"],
				[9, "From Alice", "For Carol"],
				[2, "From 1002", "Forwarded by Bob"],
				[4, "From 1002", ""],
				[0xfffffff0, "From Alice (1002)", "Forwarded by Bob, for Carol"],
			] as const) {
				const rig = new Rig(version);
				rig.receive(
					build(ButtonTemplateRes, 0, 1, 1, 0x0901),
					version < 17
						? build(LineStatRes, 1, ["1001", 24], ["", 40], ["", 40], options)
						: build(LineStatV2Res, 1, options, ["1001", 0], ["", 0], ["", 0]),
					callState(ringIn, 7),
					callInfo(version, 7, { calling: alice, called: own, redirecting: bob, original: carol }),
				);
				assert.equal(rig.screen.calls[0]?.title, title);
				assert.equal(rig.screen.calls[0]?.detail, detail);
				rig.receive(callInfo(version, 7, { calling: alice, called: own }));
				assert.equal(rig.screen.calls[0]?.title, "From Alice (1002)", "a call that nobody diverted is shown whole");
			}
		});

		it("how well it is protected is told to whoever draws it", () => {
			const rig = new Rig(version);
			rig.receive(callState(ringIn, 7));
			for (const security of [3, 2, 1, 0]) {
				rig.receive(callInfo(version, 7, { calling: alice, security }));
				assert.equal(rig.screen.calls[0]?.security, security);
			}
		});

		it("a call that is chosen among others says so, and where", () => {
			const rig = new Rig(version);
			rig.receive(callState(connected, 7), build(CallSelectStatRes, 1, 7, 1), build(CallSelectStatRes, 1, 99, 1));
			assert.equal(rig.screen.calls[0]?.detail, "Selected");
			rig.receive(build(CallSelectStatRes, 0, 7, 1));
			assert.equal(rig.screen.calls[0]?.detail, "");
			rig.receive(callState(inUseRemotely, 8), build(CallSelectStatRes, 1, 8, 1));
			assert.equal(rig.screen.calls[1]?.detail, "Selected elsewhere");
		});

		it("is whoever called, though another one is transferred to the call", () => {
			const rig = new Rig(version);
			rig.receive(callState(ringIn, 7), callInfo(version, 7, { calling: bob, called: own }), callState(1, 7));
			rig.receive(callState(connected, 7), callInfo(version, 7, { calling: alice, called: own }));
			assert.deepEqual(rig.calls, ["*5 From Alice (1002)"]);
			rig.receive(callState(2, 7));
			assert.deepEqual(lists(rig), [[], ["1003\tBob"], []]);
			// placed: who was called, not who picked it up
			rig.receive(callState(1, 8), callInfo(version, 8, { type: outbound, calling: own, called: bob }));
			rig.receive(callState(3, 8), callState(connected, 8));
			rig.receive(callInfo(version, 8, { type: outbound, calling: own, called: carol, original: bob }));
			assert.deepEqual(rig.calls, ["*5 To Carol (1004)"]);
			assert.equal(rig.screen.calls[0]?.detail, "For Bob");
			rig.receive(callState(2, 8));
			assert.deepEqual(lists(rig)[2], ["1003\tBob"]);
			// one that was busy was called all the same
			rig.receive(callState(1, 9), callInfo(version, 9, { type: outbound, calling: own, called: carol }));
			rig.receive(callState(6, 9), callState(2, 9));
			assert.deepEqual(lists(rig)[2], ["1004\tCarol", "1003\tBob"]);
		});

		it("a caller with a name alone, or with nothing at all, is listed and cannot be dialled", () => {
			const rig = new Rig(version);
			rig.receive(callState(ringIn, 7), callInfo(version, 7, { calling: ["", "Anonymous"], called: own }));
			assert.deepEqual(rig.calls, ["*4 From Anonymous"]);
			rig.receive(callState(2, 7), callState(ringIn, 8), callInfo(version, 8, { called: own }));
			assert.deepEqual(rig.calls, ["*4 From Unknown Number"]);
			rig.receive(callState(2, 8));
			rig.receive(callState(ringIn, 9), callInfo(version, 9, { calling: alice, called: own, restriction: hidden }));
			rig.receive(callState(2, 9));
			rig.clock.advance(2000);
			rig.take();
			rig.press("directories");
			assert.deepEqual(rig.screen.overlay?.lines[0], "1 Missed calls (3 new)");
			rig.press("1");
			assert.deepEqual(rig.screen.overlay?.lines, ["1 Private", "2 Unknown Number", "3 Anonymous"]);
			for (let i = 0; i < 3; i += 1) {
				rig.softkey("Dial");
				rig.press("down");
			}
			assert.deepEqual(rig.sent(), []);
		});
	});

describe("the selection", () => {
	it("stays with the call that rings while a call of one's own goes its way", () => {
		const rig = new Rig();
		rig.receive(callState(1, 7), callState(ringIn, 8));
		assert.equal(rig.phone.selected?.reference, 8);
		for (const state of [12, 3, 6, 7, 14]) {
			rig.receive(callState(state, 7));
			assert.equal(rig.phone.selected?.reference, 8, `state ${state}`);
		}
		rig.press("up");
		assert.equal(rig.phone.selected?.reference, 7);
		rig.press("down");
		rig.receive(callState(connected, 7));
		assert.equal(rig.phone.selected?.reference, 7, "somebody has answered");
	});

	it("is free to be moved to a call that another phone has, not to a hidden one", () => {
		const rig = new Rig();
		rig.receive(callState(inUseRemotely, 7, 2), callState(inUseRemotely, 8, 1), callState(8, 9));
		assert.equal(rig.phone.selected?.reference, 9);
		rig.press("up");
		assert.equal(rig.phone.selected?.reference, 8);
		rig.press("up");
		assert.equal(rig.phone.selected?.reference, 8);
		rig.receive(callState(inUseRemotely, 8, 2));
		assert.equal(rig.phone.selected?.reference, 9);
	});
});

/** Repeatable numbers below a limit. */
function generator(start: number): (limit: number) => number {
	let seed = start;
	return (limit) => {
		seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
		return (seed >> 8) % limit;
	};
}

describe("whatever comes in whatever order", () => {
	for (const version of versions)
		it(`gives no hidden party away and leaves nothing behind, version ${version}`, () => {
			const rig = new Rig(version);
			const random = generator(version);
			/** Calls whose callers are hidden, from the first word of them on, and which of the others are by the latest one. */
			const secret = (reference: number): boolean => reference % 2 === 0;
			const references = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
			const numbers = (reference: number): [string, string] => [`55${reference}55`, `Name ${reference}.`];
			for (let step = 0; step < 1200; step += 1) {
				const reference = references[random(references.length)] as number;
				switch (random(6)) {
					case 0:
					case 1:
						rig.receive(callState(random(18), reference, random(4)));
						break;
					case 2:
					case 3:
						rig.receive(
							callInfo(version, reference, {
								type: inbound,
								calling: numbers(reference),
								called: own,
								original: random(2) === 0 ? nobody : carol,
								redirecting: random(2) === 0 ? nobody : bob,
								restriction: secret(reference) ? hidden : 0,
							}),
							prompt(version, `\x80\x17${numbers(reference)[1]}`, reference),
						);
						break;
					case 4:
						rig.receive(build(CallHistoryInfo, random(5), 1, reference));
						break;
					default:
						rig.receive(callState(2, reference));
						if (random(4) === 0) rig.clock.advance(1500);
				}
				const { calls, prompt: shown } = rig.screen;
				const texts = [shown, ...calls.flatMap(({ title, detail }) => [title, detail])].join("\n");
				for (const other of references)
					if (secret(other)) for (const text of numbers(other)) assert.notInclude(texts, text, `step ${step}`);
				const { selected } = rig.phone;
				assert.isTrue(selected === undefined || selected.shown, `step ${step}: a call is selected that has no row`);
			}
			for (const reference of references)
				rig.receive(callState(2, reference), callState(4, reference), callState(2, reference));
			const kept = lists(rig);
			for (const other of references)
				if (secret(other)) for (const text of numbers(other)) assert.notInclude(kept.flat().join("\n"), text);
			assert.isAbove(kept.flat().length, 5);
			assert.equal(rig.timers, 0);
			for (const reference of [1, 3, 5, 7]) {
				rig.receive(callState(4, reference));
				rig.receive(callInfo(version, reference, { calling: alice, called: own, redirecting: bob }));
			}
			assert.lengthOf(
				rig.screen.calls.filter(({ detail }) => detail === "Forwarded by Bob"),
				4,
			);
		});
});
