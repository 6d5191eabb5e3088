/*
 * What the console has of the phone (services/console/host). It is made when somebody comes, and goes with him.
 */
import type { DeskPhone } from "app/deskphone";
import { PhoneSite } from "app/site";
import { spoken } from "base/words";
import { logWords } from "base/words-log";
import { Key, type TimerHandle } from "hal/hardware";
import { holdTime } from "hal/key-names";
import type { ConsoleHost } from "services/console/host";
import type { Site } from "services/web/site";
import { Local } from "ui/softkeys";

/** Milliseconds until the phone starts anew, which the answer goes in. */
const restartPause = 300;

export class ConsoleDesk implements ConsoleHost {
	readonly site: Site;
	private readonly desk: DeskPhone;
	/** Until a key that is down counts as held. */
	private holding: TimerHandle | undefined = undefined;

	constructor(desk: DeskPhone) {
		this.desk = desk;
		this.site = new PhoneSite(desk);
	}

	get lineKeys(): number {
		return this.desk.hardware.keypad.lineKeys;
	}

	get softkeys(): number {
		return this.desk.hardware.keypad.softkeys;
	}

	get registration(): number {
		return this.desk.station.registration;
	}

	status(index: number): string | undefined {
		const line = this.site.status(index);
		return line === undefined ? undefined : spoken(line, logWords);
	}

	get settings(): string {
		return this.desk.settings.text;
	}

	memory(figures: Uint32Array): boolean {
		const { console } = this.desk.hardware;
		console?.memory(figures);
		return console !== undefined;
	}

	press(key: number, direction: string | undefined): void {
		const { hardware, ui } = this.desk;
		const { clock } = hardware;
		clock.cancel(this.holding);
		this.holding = undefined;
		if (direction !== "up") ui.key(key, true);
		if (direction !== "down") ui.key(key, false);
		else
			this.holding = clock.after(holdTime, () => {
				this.holding = undefined;
				ui.held(key);
			});
	}

	hook(offHook: boolean): void {
		const { phone, ui } = this.desk;
		if (phone.routes.handsetOff !== offHook) ui.hook(offHook);
	}

	moreSoftkeys(): boolean {
		const { ui } = this.desk;
		for (let i = 0; i < this.softkeys; i += 1) {
			if (ui.row.action(i) !== Local.more) continue;
			this.press(Key.softkey1 + i, undefined);
			return true;
		}
		return false;
	}

	restart(): void {
		const { desk } = this;
		desk.log("restart: somebody at the console says so");
		desk.hardware.clock.after(restartPause, () => desk.restart());
	}
}
