/*
 * Objects pushed to phones, and what their users do with them: any file's, and the menus that servers have of conferences, parked calls,
 * ringing calls and the quality of a call. chan-sccp (4.3) and CallManager differ in how a menu says what it is about and how it is closed;
 * chan_skinny pushes nothing.
 *
 * A softkey of chan-sccp's menus sends its word ahead (`UserDataSoftKey:Select:...`), and then the entry that is selected
 * (`UserCallData:...`); CallManager's say the word with the call and mean the entry that is picked next.
 */
import { randomInt } from "node:crypto";
import type { Calls } from "./calls.js";
import type { Device } from "./device.js";
import type { Dialect } from "./dialect-features.js";
import type { Features } from "./features.js";
import type { Leg } from "./leg.js";
import { executeObject, menuObject, type SoftKeyEntry } from "./lists.js";
import type { UserData } from "./received.js";
import type { DataHead } from "./sender.js";

/** Applications: chan-sccp's numbers, which serve for all. */
export const Application = Object.freeze({ conference: 9081, push: 9089, parking: 9090, pickUp: 9091, quality: 9092 });

/** What CallManager's menus know of a user who has chosen. */
const qualityReasons = ["Poor voice quality", "Phone rebooted", "Calls are cut off"] as const;
/** Versions from which on chan-sccp names its applications in the objects, and closes them by name. */
const namesApplications = 15;

export type ListName = "conference" | "parking" | "pickup" | "quality";
export const listNames: readonly ListName[] = Object.freeze(["conference", "parking", "pickup", "quality"]);

/** What a phone's user is shown and has begun. */
interface Shown {
	readonly list: ListName;
	readonly transaction: number;
	/** The softkey that has been pressed, '' for none. */
	action: string;
}

export class Pushes {
	private readonly shown = new Map<Device, Shown>();
	/** What users have said of their calls, the latest last. */
	readonly reports: string[] = [];

	constructor(
		private readonly calls: Calls,
		private readonly dialect: Dialect,
		private readonly features: Features,
		private readonly devices: ReadonlyMap<string, Device>,
	) {}

	/** Pushes an object as it is; says why that cannot be. */
	push(device: Device, object: string, head: Partial<DataHead> = {}): string | undefined {
		const sender = device.registration?.sender;
		if (this.dialect.name === "chan_skinny") return "chan_skinny pushes nothing";
		if (!sender) return `${device.name} is not registered`;
		const whole = { application: Application.push, line: 0, reference: 0, transaction: randomInt(1, 1000), ...head };
		return sender.userToDevice({ priority: 2, ...whole }, object)
			? undefined
			: "the object is too long for this version";
	}

	/** Shows a menu of what there is now; says why that cannot be. */
	show(device: Device, list: ListName): string | undefined {
		const transaction = randomInt(1, 1000);
		const wrong = this.send(device, list, transaction);
		if (wrong === undefined) this.shown.set(device, { list, transaction, action: "" });
		return wrong;
	}

	private send(device: Device, list: ListName, transaction: number): string | undefined {
		switch (list) {
			case "conference":
				return this.conference(device, transaction);
			case "parking":
				return this.parking(device, transaction);
			case "pickup":
				return this.pickUp(device, transaction);
			case "quality":
				return this.quality(device, transaction);
		}
	}

	private get names(): boolean {
		return this.dialect.name === "chan_sccp";
	}

	/** What the object of a menu has of its application. */
	private attributes(device: Device, application: number): { application?: number } {
		const version = device.registration?.sender.version ?? 0;
		return this.names && version >= namesApplications ? { application } : {};
	}

	private conference(device: Device, transaction: number): string | undefined {
		const leg = device.legs.find((one) => one.conference);
		const conference = leg?.conference;
		if (!leg || !conference) return `${device.name} is in no conference`;
		const application = Application.conference;
		const version = device.registration?.sender.version ?? 0;
		const { id } = conference;
		const ours = this.names;
		// chan-sccp has the conference where the line is, in menus; in the message the two stand the other way round
		const about = ours ? `${id}:${leg.reference}` : `${leg.instance}:${leg.reference}`;
		const entries = conference.legs.map((one, index) => ({
			name: `${index + 1}:${one.line.name} (${one.line.number})`,
			url: `UserCallData:${application}:${about}:${transaction}:${index + 1}`,
			icon: (index === 0 ? 0 : 2) + (conference.muted(one) ? 1 : 0),
		}));
		const key = (name: string, position: number, word: string): SoftKeyEntry => ({
			name,
			position,
			url: ours
				? `UserDataSoftKey:Select:${application}:${word}/${transaction}`
				: `UserCallDataSoftKey:${word === "Update" ? word : "Select"}:${application}:${about}:${transaction}:${word}`,
		});
		const exit = { name: "Exit", position: ours ? 4 : 1, url: "SoftKey:Exit" };
		const softkeys = ours
			? [key("EndConf", 1, "ENDCONF"), key("Mute", 2, "MUTE"), key("Kick", 3, "KICK"), exit]
			: [exit, key("Remove", 2, "Remove"), key("Mute", 3, "Mute"), key("Update", 4, "Update")];
		const object = menuObject({
			title: ours ? `Conference ${id}` : "Conference",
			prompt: ours ? "Make Your Selection" : "Please select",
			entries,
			softkeys,
			...this.attributes(device, application),
			...(ours && { icons: version >= namesApplications ? "files" : "octets" }),
		});
		const [line, reference] = ours ? [leg.reference, id] : [leg.instance, leg.reference];
		return this.push(device, object, { application, line, reference, transaction });
	}

	private parking(device: Device, transaction: number): string | undefined {
		const parked = [...this.features.parking.waiting];
		if (parked.length === 0) return "no call is parked";
		const application = Application.parking;
		const object = menuObject({
			title: "Parked Calls",
			prompt: "Choose a parked call",
			entries: parked.map(([slot, leg]) => ({
				name: `${leg.line.name} (${leg.line.number})`,
				url: `UserCallData:${application}:1:0:${transaction}:default/${slot}`,
			})),
			softkeys: [
				{ name: "Dial", position: 1, url: `UserDataSoftKey:Select:${application}:DIAL/${transaction}` },
				{ name: "Exit", position: 3, url: `UserDataSoftKey:Select:${application}:EXIT/${transaction}` },
			],
			...this.attributes(device, application),
		});
		return this.push(device, object, { application, transaction, priority: 0 });
	}

	/** Calls that ring at others. */
	private pickUp(device: Device, transaction: number): string | undefined {
		const application = Application.pickUp;
		const ringing = this.ringing(device);
		if (ringing.length === 0) return "nothing rings elsewhere";
		const entries = ringing.map(({ line, far }) => ({
			name: `${far?.name ?? "Unknown"} for ${line.name}`,
			url: `UserCallData:${application}:1:0:${transaction}:${line.number}`,
		}));
		const softkeys = [
			{ name: "PickUp", position: 1, url: "SoftKey:Select" },
			{ name: "Exit", position: 2, url: "SoftKey:Exit" },
		];
		const object = menuObject({ title: "Ringing calls", prompt: "Pick up a call", entries, softkeys });
		return this.push(device, object, { application, transaction });
	}

	private ringing(own: Device): Leg[] {
		const others = [...this.devices.values()].filter((device) => device !== own);
		return others.flatMap(({ legs }) => legs.filter(({ state }) => state === "ringIn"));
	}

	private quality(device: Device, transaction: number): string | undefined {
		const application = Application.quality;
		const entries = qualityReasons.map((name, index) => ({ name, url: `UserData:${application}:report/${index + 1}` }));
		const softkeys = [
			{ name: "Submit", position: 1, url: "SoftKey:Select" },
			{ name: "Exit", position: 2, url: "SoftKey:Exit" },
		];
		const object = menuObject({ title: "Quality Report", prompt: "What is wrong?", entries, softkeys });
		return this.push(device, object, { application, transaction });
	}

	/** Takes the menus of an application away, as far as a server does so itself. */
	private hide(device: Device, application: number): void {
		this.shown.delete(device);
		const version = device.registration?.sender.version ?? 0;
		const url = version < namesApplications ? "Init:Services" : `App:Close:${this.names ? application : 0}`;
		this.push(device, executeObject(url), { application });
	}

	/** A side of a call is gone: chan-sccp closes the list of its conference, CallManager's is gone with the call. */
	gone({ line: { device } }: Leg): void {
		const list = this.shown.get(device)?.list;
		if (list !== "conference" || device.legs.some(({ conference }) => conference)) return;
		if (this.names) this.hide(device, Application.conference);
		else this.shown.delete(device);
	}

	/** What a user has done with an object. */
	answered(device: Device, { application, line, reference, data }: UserData): void {
		const shown = this.shown.get(device);
		if (!shown) return;
		if (line === 0 && reference === 0 && application !== Application.quality) {
			const [action = "", transaction] = data.split("/");
			if (Number(transaction) === shown.transaction) shown.action = action;
			return;
		}
		const { list } = shown;
		if (list === "conference") this.conferenceKey(device, shown, data);
		else if (list === "parking") this.parkingKey(device, shown, data);
		else if (list === "pickup") {
			const ringing = this.ringing(device).find((one) => one.line.number === data);
			this.hide(device, application);
			if (ringing) this.features.pickUps.pick(device, ringing);
		} else {
			this.reports.push(qualityReasons[Number(data.split("/")[1]) - 1] ?? data);
			this.hide(device, application);
		}
	}

	private parkingKey(device: Device, { action }: Shown, data: string): void {
		this.hide(device, Application.parking);
		const [, slot] = data.split("/");
		if (action === "DIAL" && slot !== undefined) this.calls.dialNumber(device.line(0), slot, device.offHook);
	}

	private conferenceKey(device: Device, shown: Shown, data: string): void {
		const leg = device.legs.find((one) => one.conference);
		const conference = leg?.conference;
		if (!leg || !conference) return;
		const chosen = conference.legs[Number(data) - 1];
		const action = shown.action.toUpperCase();
		if (!chosen) {
			// CallManager's softkey comes with the call: it waits for the entry that is picked next
			if (data === "Update") this.show(device, "conference");
			else shown.action = data;
			return;
		}
		shown.action = "";
		if (action === "ENDCONF") {
			this.hide(device, Application.conference);
			for (const one of conference.legs) this.calls.release(one, "agent");
			return;
		}
		if (action === "KICK" || action === "REMOVE") this.calls.release(chosen, "agent");
		else if (action === "MUTE") conference.toggleMute(chosen);
		// what has changed is shown again, while there is something to be shown
		if (leg.conference) this.show(device, "conference");
		else this.hide(device, Application.conference);
	}
}
