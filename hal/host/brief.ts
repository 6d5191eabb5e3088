/*
 * A phone among very many on one machine: over its control channel it tells no screens, lamps and lights that nobody looks at, but in one
 * short line what a load test wants to know, whenever that is another than before; and when each order has come, on a clock that all
 * programs of the machine share. Whoever wants a screen asks for it.
 */
import { Control } from "hal/control/control";
import type { Screen } from "hal/hardware";
import { HostDisplay } from "hal/host/display";
import { Program } from "hal/host/program";
import { HostSound } from "hal/host/sound";

/** What has been told of the phone last, as it is compared. */
function summary({ registration, number, calls }: Screen): string {
	let text = `${registration} ${number}`;
	for (let index = 0; index < calls.length; index++) {
		const call = calls[index];
		if (call !== undefined) text += ` ${call.reference} ${call.line} ${call.state}`;
	}
	return text;
}

/** `{"type":"took","at":...}`: an order is obeyed now. */
export function tellOrder(): void {
	Control.text('{"type":"took"');
	tellMoment();
}

/** Ends a line with the time. */
function tellMoment(): void {
	Control.field(',"at":', Program.moment);
	Control.text("}");
	Control.end();
}

export class BriefDisplay extends HostDisplay {
	private summary = "";

	/** `{"type":"brief","registration":3,"number":"1001","calls":[{"reference":1,"line":1,"state":5}],"at":...}` */
	override show(screen: Screen): void {
		this.screen = screen;
		const now = summary(screen);
		if (now === this.summary) return;
		this.summary = now;
		Control.field('{"type":"brief","registration":', screen.registration);
		Control.textField(',"number":', screen.number);
		Control.text(',"calls":[');
		for (let index = 0; index < screen.calls.length; index++) {
			const call = screen.calls[index];
			if (call === undefined) continue;
			Control.field(index > 0 ? ',{"reference":' : '{"reference":', call.reference);
			Control.field(',"line":', call.line);
			Control.field(',"state":', call.state);
			Control.text("}");
		}
		Control.text("]");
		tellMoment();
	}

	override whole(): void {
		if (this.screen !== undefined) super.show(this.screen);
	}
}

export class BriefSound extends HostSound {
	protected override tell(start: string, value: number): void {
		Control.field(start, value);
		tellMoment();
	}
}

/** For a call of `set` alone, as lamps and the backlight have it. */
export const untold = Object.freeze({ set(): void {} });
