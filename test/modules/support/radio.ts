// Wi-Fi by hand: networks in the air that a spec adds and takes away, passwords that are right or wrong.
import type { ScanRecord } from "hal/esp32s3/radio";

interface Air {
	readonly password: string;
	readonly rssi: number;
	readonly hidden?: boolean;
}

/** The static side of the SDK's class, as an instance of its own for each spec. */
export class FakeRadio {
	readonly air = new Map<string, Air>();
	/** Each connect and accessPoint, in order. */
	readonly calls: string[] = [];
	mode = 0;
	/** What the phone is in. */
	ssid = "";
	/** Why it opens no access point, '' where it does. */
	refusal = "";
	/** It says nothing of what becomes of networks. */
	mute = false;
	private notify: (message: string, value?: number) => void = () => {};
	private pending: (() => void)[] = [];

	/** What `wifi` exports: `new` takes the callback, the rest is static. */
	readonly radio: ReturnType<typeof radioOf>;

	constructor() {
		this.radio = radioOf(this);
	}

	listen(notify: (message: string, value?: number) => void): void {
		this.notify = notify;
	}

	tell(message: string, value?: number): void {
		this.notify(message, value);
	}

	scan(found: (record: ScanRecord | null) => void): void {
		this.pending.push(() => {
			for (const [ssid, { rssi, password, hidden }] of this.air)
				if (!hidden) found({ ssid, rssi, authentication: password === "" ? "none" : "wpa2_psk" });
			found(null);
		});
	}

	connect(options: { ssid: string; password?: string } | undefined): void {
		this.calls.push(options === undefined ? "leave" : `connect ${options.ssid}`);
		if (this.ssid !== "") this.lose();
		if (options === undefined) return;
		this.pending.push(() => {
			const network = this.air.get(options.ssid);
			if (network === undefined) this.notify("disconnect", 0);
			else if (network.password !== (options.password ?? "")) this.notify("disconnect", -1);
			else {
				this.ssid = options.ssid;
				this.notify("connect");
			}
		});
	}

	/** The network the phone is in drops it. */
	lose(): void {
		this.ssid = "";
		this.pending.push(() => {
			if (!this.mute) this.notify("disconnect", 0);
		});
	}

	/** Lets happen what waits to happen, in order. */
	run(): void {
		while (this.step());
	}

	/** Lets the next happen. @returns false when nothing waits. */
	step(): boolean {
		const next = this.pending.shift();
		next?.();
		return next !== undefined;
	}
}

function radioOf(fake: FakeRadio) {
	return class {
		constructor(_options: undefined, notify: (message: string, value?: number) => void) {
			fake.listen(notify);
		}

		static get mode(): number {
			return fake.mode;
		}

		static set mode(mode: number) {
			fake.mode = mode;
			if (mode === 1) fake.calls.push("station");
		}

		static scan(_options: object, found: (record: ScanRecord | null) => void): void {
			fake.scan(found);
		}

		static connect(options?: { ssid: string; password?: string }): void {
			fake.connect(options);
		}

		static accessPoint({ ssid, password }: { ssid: string; password: string }): void {
			if (fake.refusal !== "") throw new Error(fake.refusal);
			fake.mode = 3;
			fake.calls.push(`open ${ssid} ${password}`);
		}
	};
}
