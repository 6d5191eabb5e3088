// What the user sets and what the phone remembers: kept across boots, shown in menus, changed by keys.
import { Access } from "base/access";
import { assert } from "chai";
import { Dirty, Key, Look, Route } from "hal/hardware";
import { PhoneNetwork } from "network/network";
import { Configuration } from "provisioning/configuration";
import { decode } from "sccp/text";
import { CallKind, History, type ListedCall } from "settings/history";
import { MicrophoneMenu, RingMenu, WifiMenu } from "settings/menus";
import { Settings } from "settings/settings";
import { Store } from "settings/store";
import { partiesOf, party } from "../support/calls.js";
import { inEnglish } from "../support/english.js";
import { FakeAudio, FakeClock, FakeNetwork } from "../support/fakes.js";
import { lease } from "../support/provisioning.js";
import { build, Rig } from "../support/rig.js";
import { FakeStorage } from "../support/storage.js";

/** SCCP's callType. */
const inbound = 1;
const outbound = 2;
const SetRinger = 0x85;
const state = (value: number, reference: number): Uint8Array => build(0x111, value, 1, reference, 0, 0, 0);
/** What a configuration leaves to the user when it says nothing. */
const unrestricted = new Configuration();

function kept(storage = new FakeStorage(), clock = new FakeClock()) {
	const store = new Store(storage, () => {});
	return { storage, clock, store, settings: new Settings(store, clock) };
}

/** A phone that DHCP gave its address. */
function phone(storage = new FakeStorage()) {
	const rig = new Rig(17, {
		storage,
		before: ({ network }) => {
			network.lease = lease({ dns: ["10.0.0.2"] });
		},
	});
	const lines = () => rig.screen.overlay?.lines;
	const { settings, history } = rig.desk;
	return { rig, storage, lines, settings, history };
}

/** The number of an item of the settings menu, by its title. */
function open(rig: Rig, title: string): void {
	rig.press("settings");
	const line = rig.read().find((candidate) => candidate.includes(title));
	if (line === undefined) throw new Error(`no "${title}" in the settings`);
	rig.press(line.charAt(0));
}

describe("settings", () => {
	it("come as they left, each of them", () => {
		const { settings, clock, storage } = kept();
		Object.assign(settings, { ringer: 3, speaker: 24, bell: 2, ring: "Chime.raw", brightness: 40, dhcp: false });
		Object.assign(settings, { address: "10.0.0.9", mask: "255.0.0.0", router: "10.0.0.1", dns: "1.1.1.1" });
		Object.assign(settings, { tftp1: "10.0.0.3", tftp2: "10.0.0.4" });
		settings.changed();
		clock.advance(3000);
		const again = kept(storage).settings;
		assert.deepEqual(again.network, {
			address: "10.0.0.9",
			mask: "255.0.0.0",
			router: "10.0.0.1",
			dns: ["1.1.1.1"],
			domain: "",
			tftpAddresses: [],
		});
		assert.deepEqual(again.tftpServers, ["10.0.0.3", "10.0.0.4"]);
		assert.deepEqual(
			[0, 1, 2, 3].map((route) => again.volume(route)),
			[3, -1, -1, 24],
		);
		assert.deepEqual([again.bell, again.ring, again.brightness], [2, "Chime.raw", 40]);
	});

	it("are written once for many changes, some seconds after the last, or at the end", () => {
		const { settings, clock, storage } = kept();
		for (let step = 0; step < 20; step += 1) {
			settings.keepVolume(Route.speaker, step);
			clock.advance(100);
		}
		assert.equal(storage.writes, 0);
		clock.advance(3000);
		assert.equal(storage.writes, 1);
		settings.keepVolume(Route.speaker, 20);
		settings.flush();
		assert.equal(storage.writes, 2);
		clock.advance(10000);
		assert.equal(storage.writes, 2);
	});

	it("leave what a text does not say, or says wrongly, as it comes", () => {
		const { store, storage, clock } = kept();
		store.write(
			"settings",
			"ringer=99\nspeaker=\nbell=x\nbrightness=60\nlevelControl=2\nnoiseReduction=on\nunknown=1\nnonsense\n=\n",
		);
		const { settings } = kept(storage, clock);
		assert.deepEqual(
			[settings.ringer, settings.speaker, settings.bell, settings.brightness, settings.dhcp],
			[-1, -1, 0, 60, true],
		);
		assert.deepEqual([settings.levelControl, settings.noiseReduction], [0, 0]);
		store.write("settings", "levelControl=1\nnoiseReduction=1\n");
		const { settings: on } = kept(storage, clock);
		assert.deepEqual([on.levelControl, on.noiseReduction], [1, 1]);
	});
});

describe("volume and Save", () => {
	it("Save stands in the last place while the bar shows, keeps the volume, and goes with the bar", () => {
		const { rig, settings } = phone();
		rig.press("volumeUp");
		assert.equal(rig.screen.softkeys[3], "Save");
		rig.clock.advance(2000);
		assert.notInclude(rig.screen.softkeys, "Save");
		assert.equal(settings.volume(0), -1);
		rig.press("volumeUp");
		rig.softkey("Save");
		assert.equal(settings.volume(0), rig.audio.volumes[0]);
		assert.equal(rig.screen.volume, -1);
		assert.equal(rig.screen.prompt, "Volume saved");
		assert.notInclude(rig.screen.softkeys, "Save");
		rig.keypad.hook(true);
		rig.press("volumeDown");
		rig.softkey("Save");
		assert.equal(settings.volume(Route.handset), rig.audio.volumes[Route.handset]);
	});
});

describe("what a configuration takes away", () => {
	it("speaker and headset: their keys do nothing, and a call goes to what is left", () => {
		const { rig } = phone();
		const all = { disableSpeaker: false, disableSpeakerAndHeadset: false, minimumRingVolume: 0 };
		rig.phone.routes.configure({ ...all, disableSpeaker: true });
		rig.press("speaker");
		assert.equal(rig.screen.prompt, "Key Is Not Active");
		assert.deepEqual(rig.sent(), []);
		rig.press("5");
		rig.softkey("Dial");
		assert.equal(rig.screen.route, Route.headset);
		const handset = phone().rig;
		handset.phone.routes.configure({ ...all, disableSpeakerAndHeadset: true });
		handset.press("headset", "5");
		handset.softkey("Dial");
		assert.equal(handset.screen.route, Route.handset);
	});

	it("a ringer that is too soft", () => {
		const { rig } = phone();
		const least = (minimumRingVolume: number): void =>
			rig.phone.routes.configure({ disableSpeaker: false, disableSpeakerAndHeadset: false, minimumRingVolume });
		least(6);
		for (let i = 0; i < 30; i += 1) rig.press("volumeDown");
		assert.equal(rig.audio.volumes[0], 10);
		least(15);
		assert.equal(rig.audio.volumes[0], 24);
	});
});

describe("settings menu", () => {
	it("lists its pages, those that only tell last; a number key opens one, Exit goes back", () => {
		const { rig, lines } = phone();
		rig.press("settings");
		assert.deepEqual(rig.read(), [
			"1 Ring type",
			"2 Brightness",
			"3 Microphone",
			"4 Network configuration",
			"5 Call agent",
			"6 Status",
			"7 Display and keys",
			"8 Phone information",
			"9 Call statistics",
		]);
		rig.press("6");
		assert.deepEqual(lines(), [
			"1 Load linnet-1",
			"2 Start power on",
			"3 Registration complete",
			"4 Address 10.0.0.20",
			"5 Domain ",
		]);
		rig.softkey("Exit");
		assert.equal(rig.screen.overlay?.title, "Settings");
		rig.softkey("Exit");
		assert.isUndefined(rig.screen.overlay);
	});

	it("comes back from each of its menus and pages to where that was opened", () => {
		const { rig, lines } = phone();
		rig.press("settings");
		const titles = rig.read().map((line) => line.slice(2));
		rig.press("settings", "settings");
		for (const [index, title] of titles.entries()) {
			for (let i = 0; i < index; i += 1) rig.press("down");
			rig.press("select");
			assert.equal(rig.screen.overlay?.title.replace(" (locked)", ""), title);
			rig.press("down");
			rig.softkey("Exit");
			assert.deepEqual([rig.screen.overlay?.title, rig.screen.overlay?.selected], ["Settings", index]);
			rig.softkey("Exit");
			assert.isUndefined(lines());
			rig.press("settings");
			assert.equal(rig.screen.overlay?.selected, 0, "anew");
		}
	});

	it("says what is wrong where DHCP cannot be turned off, an address is refused, or there is no such item", () => {
		const { rig, lines, settings } = phone();
		rig.network.refusal = "no interface";
		open(rig, "Network");
		rig.press("*", "*", "#", "1");
		assert.equal(rig.screen.prompt, "DHCP Yes: no interface");
		assert.equal(lines()?.[0], "1 DHCP Yes");
		assert.isTrue(settings.dhcp);
		for (const [key, name] of [
			["2", "Address"],
			["3", "Mask"],
			["4", "Router"],
			["5", "DNS"],
		] as const) {
			rig.press(key);
			assert.equal(rig.screen.prompt, `Set DHCP to No first: ${name}`);
		}
		rig.press("9");
		assert.equal(rig.screen.prompt, "Key Is Not Active");
		rig.network.refusal = "";
		rig.press("1", "4");
		rig.network.refusal = "Router in another network: 10.0.9.9";
		rig.ui.held(Key.softkey1 + 1);
		rig.press(..."10*0*9*9");
		rig.softkey("Save");
		assert.equal(rig.screen.prompt, rig.network.refusal);
		assert.equal(lines()?.[0], "New: 10.0.9.9", "nothing that was typed is lost");
		assert.equal(settings.router, "10.0.0.1");
		rig.softkey("Exit");
		assert.deepEqual([rig.screen.overlay?.title, rig.screen.overlay?.selected], ["Network configuration", 3]);
	});

	it("says how a locked menu is unlocked", () => {
		for (const [phonePassword, text] of [
			["**#", "Locked: **# unlocks"],
			["12#", "Locked: the password unlocks"],
			["", "Locked by the configuration"],
		] as const) {
			const { rig } = phone();
			rig.ui.configure({ ...unrestricted, phonePassword });
			open(rig, "Network");
			rig.press("3");
			assert.equal(rig.screen.prompt, text);
		}
	});

	it("takes names of TFTP servers, not those that cannot be any", () => {
		const { rig, settings } = phone();
		open(rig, "Network");
		rig.press("*", "*", "#", "6");
		rig.softkey("Alpha");
		rig.press("8", "3", "3", "3", "7", "*");
		rig.softkey("Save");
		assert.equal(rig.screen.prompt, "Neither name nor address: tfp.");
		rig.softkey("<<");
		rig.softkey("Save");
		assert.deepEqual(settings.tftpServers, ["tfp"]);
		rig.press("1");
		assert.deepEqual(rig.network.settings?.tftpAddresses, [], "a name is no address of the network's");
	});

	it("keeps a ring once it rings, and says why one does not", () => {
		const rig = new Rig(17, { callAgents: [], before: ({ network }) => (network.lease = lease()) });
		const { desk } = rig;
		desk.start();
		const ringer = desk.provisioning?.ringer;
		if (ringer === undefined) throw new Error("a phone that asks servers has a ringer");
		desk.settings.ring = "Chime.raw";
		desk.rung();
		assert.equal(desk.settings.ring, "Chime.raw", "it has still to come");
		ringer.problem = "Odd.raw: 0 octets";
		desk.rung();
		assert.equal(rig.screen.prompt, "Odd.raw: 0 octets");
		assert.equal(desk.settings.ring, "Chime.raw");
		ringer.problem = "";
		ringer.playing = "Bass.raw";
		desk.rung();
		rig.clock.advance(3000);
		assert.equal(kept(rig.storage).settings.ring, "Bass.raw");
	});

	it("chooses bell and brightness at once", () => {
		const { rig, lines, settings } = phone();
		open(rig, "Ring type");
		rig.press("3");
		assert.deepEqual(lines(), ["1 Bell 1", "2 Bell 2", "3 Bell 3 *", "4 Bell 4"]);
		assert.include(rig.audio.calls, "setBell 2");
		open(rig, "Brightness");
		assert.equal(rig.screen.overlay?.selected, 4, "it opens on the light in force");
		rig.press("up", "select");
		assert.equal(settings.brightness, 80);
		assert.equal(rig.backlight.percent, 80);
		rig.softkey("Exit");
		assert.deepEqual(
			[rig.screen.overlay?.title, rig.screen.overlay?.selected],
			["Settings", 1],
			"back keeps the place of the menu above",
		);
		rig.press("select");
		assert.equal(rig.screen.overlay?.selected, 3);
		rig.clock.advance(3000);
	});

	it("turns level control and noise reduction over at once, keeps them, and begins with them again", () => {
		const { rig, lines, settings, storage } = phone();
		open(rig, "Microphone");
		assert.deepEqual(lines(), ["1 Level control Off", "2 Noise reduction Off"]);
		rig.press("2");
		assert.deepEqual(lines(), ["1 Level control Off", "2 Noise reduction On"]);
		assert.deepEqual(rig.audio.calls.slice(-2), ["setLevelControl false", "setNoiseSuppression true"]);
		rig.press("1");
		assert.deepEqual(lines(), ["1 Level control On", "2 Noise reduction On"]);
		assert.deepEqual(rig.audio.calls.slice(-2), ["setLevelControl true", "setNoiseSuppression true"]);
		rig.press("2");
		assert.deepEqual([settings.levelControl, settings.noiseReduction], [1, 0]);
		rig.clock.advance(3000);
		const again = phone(storage);
		assert.deepEqual([again.rig.audio.levelControl, again.rig.audio.noiseSuppression], [true, false]);
		open(again.rig, "Microphone");
		assert.deepEqual(again.lines(), ["1 Level control On", "2 Noise reduction Off"]);
	});

	it("offers no noise reduction where the body has none", () => {
		const { settings } = kept();
		const audio = new FakeAudio();
		audio.suppressesNoise = false;
		const menu = new MicrophoneMenu(settings, audio);
		assert.equal(menu.count, 1);
		menu.choose(0);
		assert.equal(inEnglish(menu.line(0)), "Level control On");
		assert.deepEqual(audio.calls, ["setLevelControl true"]);
	});

	it("chooses among the rings of the server behind the built-in bells, and lets go of their list", () => {
		const { settings } = kept();
		const calls: string[] = [];
		const names = ["Chime", "Bass"];
		const list = { count: 2, name: (i: number) => names[i] ?? "", file: (i: number) => `${names[i]}.raw` };
		const rings = {
			rings: undefined as typeof list | undefined,
			list: () => {
				rings.rings = list;
			},
			forget: () => {
				rings.rings = undefined;
			},
			playing: "",
			problem: "",
			ring: (file: string) => {
				calls.push(file);
			},
			bell: (bell: number) => {
				calls.push(`bell ${bell}`);
				rings.playing = "";
			},
		};
		const menu = new RingMenu(settings, new FakeAudio(), rings);
		menu.open();
		assert.equal(menu.count, 6);
		menu.choose(2);
		assert.equal(inEnglish(menu.line(2)), "Bell 3 *");
		assert.equal(menu.inForce, 2);
		assert.equal(menu.choose(5), "");
		assert.deepEqual([inEnglish(menu.line(2)), menu.line(5)], ["Bell 3 *", "Bass"], "before it has come");
		rings.playing = "Bass.raw";
		assert.deepEqual([inEnglish(menu.line(2)), menu.line(5), menu.inForce], ["Bell 3", "Bass *", 5]);
		assert.deepEqual(calls, ["bell 2", "Bass.raw"]);
		rings.problem = "Chime.raw: no such file";
		assert.equal(menu.choose(4), rings.problem);
		assert.deepEqual([menu.line(4), menu.line(5)], ["Chime", "Bass *"], "what rings on");
		menu.choose(0);
		assert.deepEqual([inEnglish(menu.line(0)), menu.line(5)], ["Bell 1 *", "Bass"]);
		menu.close();
		assert.equal(menu.count, 4);
	});

	it("shows the network as DHCP gave it, and changes nothing before **# unlocks it, for ten minutes", () => {
		const { rig, settings } = phone();
		open(rig, "Network");
		assert.equal(rig.screen.overlay?.title, "Network configuration (locked)");
		assert.deepEqual(rig.read(), [
			"1 DHCP Yes",
			"2 Address 10.0.0.20",
			"3 Mask 255.255.255.0",
			"4 Router 10.0.0.1",
			"5 DNS 10.0.0.2",
			"6 TFTP 1 ",
			"7 TFTP 2 ",
			"8 Home automation ",
		]);
		rig.press("1");
		assert.equal(rig.screen.prompt, "Locked: **# unlocks");
		assert.isTrue(settings.dhcp);
		rig.press("*", "#");
		assert.include(rig.screen.overlay?.title ?? "", "locked");
		rig.press("*", "*", "settings");
		const lead = rig.screen.overlay?.lines.findIndex((line) => line.includes("Network")) ?? 0;
		for (let i = 0; i < lead; i += 1) rig.press("down");
		rig.press("select");
		assert.equal(rig.screen.overlay?.title, "Network configuration (locked)");
		rig.press("#");
		assert.include(rig.screen.overlay?.title ?? "", "locked", "of what was typed before it was closed");
		rig.press("*", "*", "#");
		assert.equal(rig.screen.overlay?.title, "Network configuration");
		rig.clock.advance(59000);
		rig.press("down");
		rig.clock.advance(600000);
		open(rig, "Network");
		assert.include(rig.screen.overlay?.title ?? "", "locked");
	});

	it("edits addresses with star as dot, once DHCP is off, and the network takes them", () => {
		const { rig, lines, settings } = phone();
		open(rig, "Network");
		rig.press("*", "*", "#", "2");
		assert.equal(rig.screen.overlay?.title, "Network configuration", "nothing to edit while DHCP says it");
		assert.equal(rig.screen.prompt, "Set DHCP to No first: Address");
		rig.press("1");
		assert.equal(lines()?.[0], "1 DHCP No");
		assert.equal(rig.network.settings?.address, "10.0.0.20");
		rig.press("2");
		assert.deepEqual([...rig.screen.softkeys], ["Save", "<<", "Exit", ""]);
		for (let i = 0; i < 9; i += 1) rig.softkey("<<");
		rig.press("1", "9", "2", "*", "0", "*", "2", "*", "7");
		assert.deepEqual(lines(), ["New: 192.0.2.7", "Address 10.0.0.20"]);
		rig.softkey("Save");
		assert.equal(lines()?.[1], "2 Address 192.0.2.7");
		assert.equal(rig.network.settings?.address, "192.0.2.7");
		rig.press("2");
		rig.softkey("<<");
		rig.press("*");
		rig.softkey("Save");
		assert.equal(rig.screen.prompt, "Not an address: 192.0.2..");
		rig.softkey("Exit");
		assert.equal(settings.address, "192.0.2.7");
		rig.press("1");
		assert.isUndefined(rig.network.settings);
		assert.equal(lines()?.[1], "2 Address 10.0.0.20");
	});

	it("an address that is being edited is never dialled, whatever begins a call meanwhile", () => {
		for (const begin of [(rig: Rig) => rig.keypad.hook(true), (rig: Rig) => rig.press("speaker"), () => {}]) {
			const { rig } = phone();
			open(rig, "Network");
			rig.press("*", "*", "#", "1", "2", "1");
			assert.match(rig.screen.overlay?.lines[0] ?? "", /^New: .*1$/);
			begin(rig);
			rig.take();
			rig.receive(build(0x111, 1, 1, 5));
			assert.deepEqual(rig.sent(), []);
			assert.isUndefined(rig.screen.overlay);
		}
	});

	it("takes alternate TFTP servers, and none again", () => {
		const { rig, settings } = phone();
		open(rig, "Network");
		rig.press("*", "*", "#", "6", ..."10*0*0*3");
		rig.softkey("Save");
		assert.deepEqual(settings.tftpServers, ["10.0.0.3"]);
		rig.press("6");
		for (let i = 0; i < 8; i += 1) rig.softkey("<<");
		rig.softkey("Save");
		assert.deepEqual(settings.tftpServers, []);
	});

	it("is unlocked by the password of the configuration, and by none when that is empty", () => {
		const { rig, settings } = phone();
		rig.ui.configure({ ...unrestricted, phonePassword: "12#" });
		open(rig, "Network");
		rig.press("*", "*", "#", "1");
		assert.isTrue(settings.dhcp);
		rig.press("2", "#");
		assert.equal(rig.screen.prompt, "Settings unlocked");
		const closed = phone();
		closed.rig.ui.configure({ ...unrestricted, phonePassword: "" });
		open(closed.rig, "Network");
		closed.rig.press("*", "*", "#", "1");
		assert.isTrue(closed.settings.dhcp);
	});

	it("stays closed where the configuration gives no access", () => {
		const { rig } = phone();
		rig.ui.configure({ ...unrestricted, settingsAccess: Access.none });
		rig.press("settings");
		assert.isUndefined(rig.screen.overlay);
		assert.equal(rig.screen.prompt, "Key Is Not Active");
	});

	it("has larger text, high contrast and key tones, at once and after the next start", () => {
		const { rig, lines, settings } = phone();
		open(rig, "Display");
		assert.deepEqual(lines(), ["1 Larger text Off", "2 High contrast Off", "3 Key tones Off"]);
		assert.equal(rig.display.look, 0);
		rig.display.take();
		rig.press("1");
		assert.equal(rig.display.look, Look.largerText);
		assert.equal(rig.display.take() & Dirty.all, Dirty.all, "all is drawn anew");
		rig.press("2", "3");
		assert.deepEqual(lines(), ["1 Larger text On", "2 High contrast On", "3 Key tones On"]);
		assert.equal(rig.display.look, Look.largerText | Look.highContrast);
		assert.isTrue(rig.phone.soundsKeys);
		settings.flush();
		const again = phone(rig.storage);
		assert.equal(again.rig.display.look, Look.largerText | Look.highContrast);
		assert.isTrue(again.rig.phone.soundsKeys);
		open(again.rig, "Display");
		again.rig.press("1", "2", "3");
		assert.equal(again.rig.display.look, 0);
		assert.isFalse(again.rig.phone.soundsKeys);
	});

	it("sounds keys of a phone at rest where the user wants that, and never beside a call or a ringer", () => {
		const { rig } = phone();
		rig.press("settings", "1", "settings");
		assert.deepEqual(rig.audio.keyTones, []);
		rig.phone.soundsKeys = true;
		rig.press("settings", "5", "*", "settings", "settings");
		assert.deepEqual(rig.audio.keyTones.splice(0), [12, 5, 10, 12, 12]);
		rig.receive(state(4, 7), build(SetRinger, 3, 1, 1, 7));
		rig.press("volumeUp", "down");
		assert.deepEqual(rig.audio.keyTones, [], "it rings");
		rig.receive(build(SetRinger, 1, 1, 1, 7), state(5, 7));
		rig.press("settings", "settings", "volumeUp");
		assert.deepEqual(rig.audio.keyTones, [], "a call is up");
		rig.press("4");
		assert.deepEqual(rig.audio.keyTones.splice(0), [4], "digits of the call once, as ever");
		rig.receive(state(2, 7));
		rig.press("help");
		assert.deepEqual(rig.audio.keyTones, [12]);
	});

	it("leaves a restricted user ring, light, microphone, display and keys", () => {
		const { rig, lines } = phone();
		rig.ui.configure({ ...unrestricted, settingsAccess: Access.restricted });
		rig.press("settings");
		assert.deepEqual(lines(), [
			"1 Ring type",
			"2 Brightness",
			"3 Microphone",
			"4 Display and keys",
			"5 Phone information",
			"6 Call statistics",
		]);
	});

	it("closes by itself after a minute", () => {
		const { rig, lines } = phone();
		open(rig, "Network");
		rig.clock.advance(60000);
		assert.isUndefined(rig.screen.overlay);
		rig.press("5");
		assert.deepEqual(lines(), ["5"]);
	});
});

const text = (string: string) => ({ length: string.length, octet: (index: number) => string.charCodeAt(index) });

/** A character beyond the first plane. */
const smile = String.fromCharCode(0xd83d, 0xde00);

/** A call that rang here, but for what is given. */
function listed(given: Partial<ListedCall>): ListedCall {
	return {
		reference: 7,
		line: 1,
		type: inbound,
		connectedAt: -1,
		disposition: 7,
		elsewhere: false,
		concealed: false,
		callingNumber: text(""),
		callingName: text(""),
		calledNumber: text("600"),
		calledName: text(""),
		dialled: "",
		hides: () => false,
		...given,
	};
}

describe("call history", () => {
	it("keeps calls of each kind, the latest first, one line a number, across boots", () => {
		const { store, storage } = kept();
		const history = new History(store, new FakeClock(), decode, () => -1);
		for (let call = 0; call < 25; call += 1) history.add(CallKind.received, party(`10${call}`, `Name ${call}`));
		history.add(CallKind.received, party("1010", "Name 10"));
		history.add(CallKind.missed, party("600", "Tab\tand\nline end in a name that is longer than any display"));
		history.add(CallKind.missed, party("601", `${"x".repeat(31)}${smile}`));
		history.add(CallKind.placed, party("", "nobody"));
		const after = new History(kept(storage).store, new FakeClock(), decode, () => -1);
		const received = partiesOf(after, CallKind.received);
		assert.lengthOf(received, 25);
		assert.deepEqual(received.slice(0, 2), ["1010\tName 10", "1024\tName 24"]);
		const [last, first] = partiesOf(after, CallKind.missed);
		assert.equal(first, "600\tTab and line end in a name that ");
		// an engine may count such a character as one or as two: it is kept whole or left out
		assert.equal(last?.replace(smile, ""), `601\t${"x".repeat(31)}`);
		assert.isEmpty(partiesOf(after, CallKind.placed));
	});

	it("takes calls that end in a moment later, each once, and more than fit its pool at once", () => {
		const { store, storage, clock } = kept();
		const history = new History(store, clock, decode, () => -1);
		const call = listed({ type: outbound, connectedAt: 1, callingNumber: text("1001"), calledName: text("Echo") });
		history.ended(call);
		history.ended(call);
		history.ended({ ...call, calledNumber: text(""), calledName: text(""), dialled: "601" });
		assert.equal(storage.writes, 0);
		clock.advance(1000);
		assert.equal(storage.writes, 2);
		assert.deepEqual(partiesOf(history, CallKind.placed), ["601\t", "600\tEcho"]);
		const missed = { ...call, type: inbound, connectedAt: -1, callingName: text("x".repeat(80)) };
		for (let i = 0; i < 10; i += 1) history.ended({ ...missed, callingNumber: text(`10${i}`) });
		assert.lengthOf(partiesOf(history, CallKind.missed), 10);
		assert.equal(partiesOf(history, CallKind.missed)[0], `109\t${"x".repeat(32)}`);
		assert.equal(clock.pending, 0);
	});

	it("has no place for what another phone answered, or what never was a call", () => {
		const { store, storage, clock } = kept();
		const history = new History(store, clock, decode, () => -1);
		const call = listed({ elsewhere: true, callingNumber: text("5") });
		history.ended(call);
		history.ended({ ...call, type: outbound });
		history.ended({ ...call, elsewhere: false, type: 0 });
		history.ended({ ...call, elsewhere: false, type: 0, dialled: "10" });
		clock.advance(1000);
		assert.equal(storage.writes, 0);
		// another phone has it now, but it was this one's before
		history.ended({ ...call, connectedAt: 1 });
		assert.deepEqual(partiesOf(history, CallKind.received), ["5\t"]);
		history.ended({ ...call, elsewhere: false, type: 0, connectedAt: 1, calledNumber: text(""), dialled: "1002" });
		assert.deepEqual(partiesOf(history, CallKind.placed), ["1002\t"], "the call agent has told of no party");
	});

	it("puts a call where the call agent says, also when it says so late", () => {
		const { store, clock } = kept();
		const history = new History(store, clock, decode, () => -1);
		const lists = (): string[][] => [0, 1, 2].map((kind) => [...partiesOf(history, kind)]);
		const call = listed({ callingNumber: text("5") });
		history.ended({ ...call, disposition: 0 });
		history.disposed(7, 1);
		assert.deepEqual(lists(), [[], [], []]);
		history.ended({ ...call, disposition: 2 });
		history.ended({ ...call, reference: 8, callingNumber: text("6") });
		history.ended({ ...call, reference: 9, callingNumber: text("9") });
		history.disposed(8, 2);
		history.disposed(9, 0);
		history.disposed(0, 0);
		history.disposed(77, 0);
		assert.deepEqual(lists(), [[], ["6\t", "5\t"], []]);
		history.ended({ ...call, elsewhere: true, disposition: 3 });
		assert.deepEqual(lists()[CallKind.missed], ["5\t"]);
		const placed = { ...call, type: outbound, calledNumber: text("7") };
		history.ended({ ...placed, disposition: 1 });
		history.ended({ ...placed, disposition: 0, calledNumber: text("70") });
		history.ended({ ...placed, disposition: 3, calledNumber: text("71") });
		history.ended({ ...placed, reference: 10, calledNumber: text("72") });
		history.disposed(10, 3);
		assert.deepEqual(lists()[CallKind.placed], ["72\t", "71\t", "7\t"], "nobody has missed a call of his own");
		assert.deepEqual(lists()[CallKind.missed], ["5\t"]);
		assert.equal(clock.pending, 0);
	});

	it("keeps who called, or was called, at first, whoever is transferred to the call later", () => {
		const { store, storage, clock } = kept();
		const history = new History(store, clock, decode, () => -1);
		const first = listed({ connectedAt: 5, callingNumber: text("1002"), callingName: text("Bob") });
		history.connected(first);
		clock.advance(60000);
		assert.equal(storage.writes, 0, "nothing is written while there is a call");
		assert.equal(clock.pending, 0);
		history.ended({ ...first, callingNumber: text("1009"), callingName: text("Zoe") });
		assert.deepEqual(partiesOf(history, CallKind.received), ["1002\tBob"]);
		// a name that comes when somebody answers is taken; what was not known at first, too
		const second = listed({ type: outbound, connectedAt: 5, calledNumber: text("1003") });
		history.connected(second);
		history.ended({ ...second, calledName: text("Carol") });
		const third = listed({ type: outbound, connectedAt: 5, calledNumber: text("") });
		history.connected(third);
		history.ended({ ...third, calledNumber: text("1004"), calledName: text("Dave") });
		assert.deepEqual(partiesOf(history, CallKind.placed), ["1004\tDave", "1003\tCarol"]);
		// as many calls as last at once, and one more
		for (let i = 0; i < 8; i += 1)
			history.connected(listed({ reference: 20 + i, connectedAt: 5, callingNumber: text(`2${i}`) }));
		history.ended(listed({ reference: 19, callingNumber: text("19") }));
		assert.deepEqual(partiesOf(history, CallKind.missed), ["19\t"]);
		for (let i = 0; i < 8; i += 1)
			history.ended(listed({ reference: 20 + i, connectedAt: 5, callingNumber: text(`2${i}`) }));
		assert.lengthOf(partiesOf(history, CallKind.received), 9);
	});

	it("keeps nothing of a party that is hidden, and lists a call without a number all the same", () => {
		const { store, clock } = kept();
		const history = new History(store, clock, decode, () => -1);
		const hiding = (restriction: number) => ({ hides: (bits: number) => (restriction & bits) === bits });
		// the mirror has cleared what is hidden
		history.ended({ ...listed({}), ...hiding(0xf) });
		history.ended({ ...listed({ reference: 8, callingName: text("Bob") }), ...hiding(2) });
		history.ended({ ...listed({ reference: 9, callingNumber: text("1004") }), ...hiding(1) });
		history.ended(listed({ reference: 10 }));
		history.ended(listed({ reference: 11, callingName: text("Anonymous") }));
		assert.deepEqual(partiesOf(history, CallKind.missed), ["\tAnonymous", "\t\x808", "1004\t", "\tBob", "\t\x806"]);
		// a party that is hidden only later is forgotten
		const call = listed({ connectedAt: 5, callingNumber: text("1002"), callingName: text("Bob") });
		history.connected(call);
		history.ended({ ...call, callingNumber: text(""), callingName: text(""), ...hiding(0xf) });
		assert.deepEqual(partiesOf(history, CallKind.received), ["\t\x806"]);
		history.ended({ ...listed({ type: outbound, calledName: text("") }), ...hiding(0xc) });
		assert.isEmpty(partiesOf(history, CallKind.placed), "there is nothing to be called again");
	});

	it("counts the missed calls that a look at the list will find new", () => {
		const { store, storage, clock } = kept();
		const history = new History(store, clock, decode, () => -1);
		for (let i = 0; i < 3; i += 1) history.add(CallKind.missed, party("1002", "Bob"));
		assert.equal(history.missed, 3, "each call, though they are one line");
		history.add(CallKind.missed, party("1003"));
		history.add(CallKind.received, party("1004"));
		assert.equal(history.missed, 4);
		history.look(CallKind.received);
		assert.equal(history.missed, 4);
		history.look(CallKind.missed);
		assert.equal(history.missed, 0);
		history.add(CallKind.missed, party("1003"));
		assert.equal(history.missed, 1, "one that has been seen calls again");
		const after = new History(kept(storage).store, new FakeClock(), decode, () => -1);
		assert.equal(after.missed, 1, "across boots");
		after.look(CallKind.missed);
		const { writes } = storage;
		after.look(CallKind.missed);
		assert.equal(storage.writes, writes, "nothing is written for a list that has been seen");
		assert.equal(new History(kept(storage).store, new FakeClock(), decode, () => -1).missed, 0);
	});

	it("is shown by the Directories key, and dials", () => {
		const { rig, history, lines } = phone();
		history.add(CallKind.missed, party("1002", "Alice"));
		history.add(CallKind.missed, party("1003", ""));
		rig.press("directories");
		assert.deepEqual(lines(), ["1 Missed calls (2 new)", "2 Received calls", "3 Placed calls", "4 Personal directory"]);
		rig.press("2");
		assert.deepEqual(lines(), ["None"]);
		rig.softkey("Exit");
		assert.deepEqual([rig.screen.overlay?.title, rig.screen.overlay?.selected], ["Directories", 1]);
		rig.press("1");
		assert.deepEqual(lines(), ["1 1003", "2 Alice 1002"]);
		assert.deepEqual([...rig.screen.softkeys], ["Dial", "EditDial", "Details", "more"]);
		rig.press("down");
		rig.softkey("Dial");
		assert.isUndefined(rig.screen.overlay);
		assert.deepEqual(rig.sent(), ["6 0 0"]);
		rig.press("directories");
		assert.equal(lines()?.[0], "1 Missed calls");
		rig.press("directories");
		assert.isUndefined(rig.screen.overlay);
	});
});

describe("settings: Wi-Fi", () => {
	it("opens the set-up page and then tells where it is, or why that cannot be", () => {
		let refused = "";
		const network = Object.assign(new FakeNetwork(), {
			setUp: () => {
				network.trouble = "Linnet-4455, key 12345678, 192.168.4.1";
				return refused;
			},
		});
		const menu = new WifiMenu(new PhoneNetwork(network));
		assert.isTrue(menu.locked);
		assert.equal(inEnglish(menu.line()), "Enter another network");
		assert.equal(menu.choose(), "");
		assert.include(inEnglish(menu.line()), "192.168.4.1");
		refused = "Wi-Fi: no memory";
		assert.equal(menu.choose(), refused);
	});

	it("opens none where the configuration allows no pages, unless there is no network", () => {
		let opened = 0;
		const network = Object.assign(new FakeNetwork(), {
			setUp: () => {
				opened += 1;
				return "";
			},
		});
		const owner = new PhoneNetwork(network);
		const menu = new WifiMenu(owner);
		owner.servesPages = false;
		network.lease = lease();
		assert.equal(inEnglish(menu.choose()), "Off as configured");
		assert.equal(opened, 0);
		network.lease = undefined;
		assert.equal(menu.choose(), "");
		owner.servesPages = true;
		network.lease = lease();
		assert.equal(menu.choose(), "");
		assert.equal(opened, 2);
	});
});
