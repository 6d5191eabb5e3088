/*
 * What pushes need of the phone (services/pushes): where answers go, and what a page would come between.
 */
import type { DeskPhone } from "app/deskphone";
import type { DataHead } from "base/data-head";
import { CallState } from "hal/hardware";
import type { Call } from "phone/calls";
import { sendUserData } from "phone/receive-data";
import { Pushes, type PushHost } from "services/pushes";
import type { Services } from "services/services";
import { Overlay } from "ui/overlay";

export class PushDesk implements PushHost {
	readonly pushes: Pushes;
	private readonly desk: DeskPhone;

	constructor(desk: DeskPhone, services: Services) {
		this.desk = desk;
		this.pushes = new Pushes(services, this);
		services.pushes = this.pushes;
		desk.phone.pushed.sink = this.pushes;
	}

	sendData(head: DataHead, data: string): boolean {
		return sendUserData(this.desk.phone, head, data);
	}

	occupied(high: boolean): string {
		const { phone, ui } = this.desk;
		const { open } = ui.overlays;
		if (open === Overlay.collecting) return "a number is typed";
		if (open === Overlay.editor) return "a setting is typed";
		if (!high && open !== Overlay.none && open !== Overlay.page) return "a menu is open";
		if (phone.goingOff || phone.calls.live?.state === CallState.offHook) return "a number is dialled";
		const { entries } = phone.calls;
		for (let i = 0; i < entries.length; i += 1) {
			const call = entries[i] as Call;
			if (call.reference !== 0 && call.ringing) return "a call rings";
		}
		return "";
	}

	callsUp(): boolean {
		return this.desk.phone.hasCalls;
	}

	hasCall(line: number, reference: number): boolean {
		const call = reference === 0 ? undefined : this.desk.phone.calls.find(reference);
		return call !== undefined && call.line === line && call.state !== CallState.onHook;
	}
}
