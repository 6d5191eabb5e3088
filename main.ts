/*
 * Composes a phone from a body's hardware and starts it: the only file that knows all rooms. Everything is made here, once;
 * nothing is made later.
 */
import { hardware } from "hal/body";
import { Registration } from "hal/hardware";
import { Limits } from "limits";
import { Phone } from "phone/phone";
import { Stimuli } from "phone/stimuli";
import { phoneHandlers } from "phone/table";
import { parseAddress } from "sccp/address";
import { Dispatch } from "sccp/dispatch";
import { Link } from "sccp/link";
import { Reader } from "sccp/reader";
import { Sender } from "sccp/sender";
import { audioCapabilities } from "station/register";
import { deviceNameOf, Station, type StationHost } from "station/station";
import type { Information } from "ui/overlay";
import { Ui } from "ui/ui";

const version = "0.1.0";
/** Device types that a call agent knows: a 7960 has six keys beside its display, a 7971 eight. */
const type7960 = 7;
const type7971 = 119;

class Linnet implements StationHost, Information {
	readonly device: string;
	readonly mac: string;
	readonly version = version;
	readonly #link: Link;
	readonly #station: Station;
	readonly #stimuli: Stimuli;
	readonly #phone: Phone;
	readonly #ui: Ui;

	constructor() {
		const { audio, backlight, clock, defaults, display, keypad, lamps, network } = hardware;
		this.mac = network.mac;
		this.device = defaults.deviceName === "" ? deviceNameOf(network.mac) : defaults.deviceName;
		const log = (line: string): void => hardware.log(line);
		const reader = new Reader(Limits.textPool);
		const dispatch = new Dispatch(log);
		this.#link = new Link(network, clock, dispatch, reader);
		const sender = new Sender(this.#link);
		this.#station = new Station(network, clock, this.#link, sender, dispatch, reader, this, {
			deviceName: this.device,
			mac: network.mac,
			deviceType: keypad.lineKeys > 6 ? type7971 : type7960,
			load: `linnet-${version}`,
			protocolVersion: defaults.protocolVersion,
			callAgents: defaults.callAgents,
			capabilities: audioCapabilities,
		});
		this.#stimuli = new Stimuli(sender);
		this.#phone = new Phone({ reader, stimuli: this.#stimuli, audio, clock, lineKeys: keypad.lineKeys, log });
		dispatch.attach(this.#phone, phoneHandlers);
		this.#ui = new Ui({
			phone: this.#phone,
			display,
			keypad,
			lamps,
			backlight,
			clock,
			information: this,
			dateTemplate: this.#station.dateTemplate,
		});
		this.#link.drained = () => this.#ui.refresh();
		hardware.onQuit((done) => {
			if (this.#phone.inUse) this.#phone.hangUp();
			this.#station.stop(done);
		});
	}

	start(): void {
		this.#ui.start();
		this.#station.start();
	}

	get address(): string {
		return this.#station.localAddress;
	}

	get callAgent(): string {
		return this.#station.callAgent;
	}

	get protocol(): number {
		return this.#link.version;
	}

	stationChanged(): void {
		const station = this.#station;
		const phone = this.#phone;
		if (station.registration === Registration.registered) {
			this.#stimuli.localAddress = parseAddress(station.localAddress);
			phone.start();
		} else if (station.registration !== Registration.registering) phone.stop();
		this.#ui.setRegistration(station.registration, station.text);
	}

	callsUp(): boolean {
		return this.#phone.hasCalls;
	}

	restart(): void {
		hardware.restart();
	}

	fetchConfiguration(): boolean {
		return false;
	}

	log(line: string): void {
		hardware.log(line);
	}
}

new Linnet().start();
