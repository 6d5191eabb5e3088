/*
 * What one phone's process lets be seen from the outside, while somebody looks: its messages, read by its own reader, and how its sound
 * fares, asked four times a second. Nothing is asked of the phone while nobody looks, and nothing is kept.
 */
import { EventEmitter } from "node:events";
import { codecOfPayload } from "sccp/codecs";
import type { StreamStatistics, WireMessage } from "../phone/messages.js";
import type { PhoneProcess } from "../phone/phone.js";
import { Agreement } from "../sccp/agreement.js";
import { readMessage, textOf } from "../sccp/dump.js";
import { LevelMeter } from "./level.js";
import type { AudioSample, AudioStream, Rung } from "./page/tabs/messages.js";

/** The part of a PhoneProcess that is looked at. */
export type SeenPhone = Pick<PhoneProcess, "on" | "pid" | "statistics" | "watch">;

interface InsightEvents {
	rung: [Rung];
	audio: [AudioSample];
}

const samplePeriod = 250;
const callField = "callReference";

export class Insight extends EventEmitter<InsightEvents> {
	readonly #heard = new LevelMeter();
	readonly #spoken = new LevelMeter();
	#phone: SeenPhone | undefined;
	#wire = false;
	#timer: NodeJS.Timeout | undefined;
	#asking = false;
	/** What makes milliseconds since 1970 of the process's ticks; undefined before anything was told. */
	#epoch: number | undefined;
	#connection = -1;
	#agreement = new Agreement();

	/** A process has greeted. */
	started(phone: SeenPhone): void {
		this.#phone = phone;
		this.#epoch = undefined;
		this.#connection = -1;
		phone.on("message", (message) => {
			if (this.#wire && this.#phone === phone) this.emit("rung", this.#read(message, phone.pid ?? 0));
		});
		if (this.#wire) phone.watch(true);
	}

	ended(): void {
		this.#phone = undefined;
	}

	/** Sound that came out of the phone, signed 16-bit little-endian. */
	heard(samples: Buffer): void {
		if (this.#timer !== undefined) this.#heard.take(samples);
	}

	/** Sound that went into its microphone. */
	spoken(samples: Buffer): void {
		if (this.#timer !== undefined) this.#spoken.take(samples);
	}

	watchWire(on: boolean): void {
		if (on === this.#wire) return;
		this.#wire = on;
		this.#phone?.watch(on);
	}

	watchAudio(on: boolean): void {
		if (on === (this.#timer !== undefined)) return;
		clearInterval(this.#timer);
		this.#timer = on ? setInterval(() => void this.#sample(), samplePeriod) : undefined;
		this.#heard.read();
		this.#spoken.read();
	}

	/** Asks for nothing any more. */
	close(): void {
		this.watchAudio(false);
		this.#wire = false;
		this.#phone = undefined;
	}

	#time(ticks: number): number {
		this.#epoch ??= Date.now() - ticks;
		return this.#epoch + ticks;
	}

	#read(message: WireMessage, pid: number): Rung {
		const { sent, number, connection, phone, agent, port } = message;
		const octets = Buffer.from(message.octets, "base64");
		if (connection !== this.#connection) {
			this.#connection = connection;
			this.#agreement = new Agreement();
		}
		const worked = this.#agreement.version(octets);
		// the phone knows best; before both ends have agreed it has nothing to say
		const version = message.version === 0 ? worked : message.version;
		const { name, fields, refused } = readMessage(octets, version);
		const call = fields.find(([field]) => field === callField)?.[1];
		return {
			time: this.#time(message.ticks),
			sent,
			number,
			pid,
			connection,
			version,
			phone,
			agent,
			port,
			name,
			fields: fields.flatMap(([field, value]) => (value === "" ? [] : [[field, textOf(field, value)] as const])),
			call: typeof call === "number" ? call : 0,
			refused,
			octets: message.octets,
		};
	}

	async #sample(): Promise<void> {
		const phone = this.#phone;
		if (phone === undefined || this.#asking) return;
		this.#asking = true;
		try {
			const { streams, ticks } = await phone.statistics();
			if (phone !== this.#phone || this.#timer === undefined) return;
			const time = this.#time(ticks);
			this.emit("audio", { time, heard: this.#heard.read(), spoken: this.#spoken.read(), streams: streams.map(named) });
		} catch {
			// the phone has ended, which its keeper tells
		} finally {
			this.#asking = false;
		}
	}
}

function named(stream: StreamStatistics): AudioStream {
	const { packetsReceived, packetsSent, payloadTypeReceived, payloadTypeSent } = stream;
	const name = (packets: number, payloadType: number): string =>
		packets === 0 ? "" : (codecOfPayload(payloadType)?.name ?? "");
	return {
		...stream,
		codecReceived: name(packetsReceived, payloadTypeReceived),
		codecSent: name(packetsSent, payloadTypeSent),
	};
}
