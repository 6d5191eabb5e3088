/*
 * The phone on an emulated Xtensa for `bench xtensa`: what its work costs in instructions, message by message and from a key to
 * the display, and what its heap holds, with the device's limits. Upper bounds, as with the tick. The Screen is worked out but not
 * drawn: what its lines on the control channel cost is left out, and drawing is the board's.
 */
import { startCallAgent } from "../call-agent/agent.js";
import { startEmulatedPhone } from "../phone/emulator.js";
import type { HeapFigures } from "../phone/messages.js";
import type { PhoneProcess } from "../phone/phone.js";
import { CallState, calls, Registration } from "../phone/screen.js";
import { Feeder, type MessageCost } from "./feeder.js";

export interface EmulatedResult {
	/** Over all messages received from registration to the end of two calls. */
	instructions_per_message: { mean: number; p99: number };
	/** From the connection to the last message of registration, the Screen worked out after each. */
	instructions_registration: number;
	/** From the speaker key to the display of the call that it begins, messages and redrawing between them included. */
	instructions_keypress_to_display: number;
	/** Slots and chunks of the engine alone, as it is made. */
	heap_bytes_empty: number;
	/** With all modules loaded and nothing started: what lies in flash on the device. */
	heap_bytes_loaded: number;
	/** On top of it with two calls up. */
	heap_bytes_above_loaded: number;
}

const timeout = 60_000;

const inCall = (state: number) => (phone: PhoneProcess) => calls(phone.screen).some((call) => call.state === state);

/** Mean, and the cost that one in a hundred exceeds. */
function spread(costs: readonly MessageCost[]): { mean: number; p99: number } {
	const sorted = costs.map(({ instructions }) => instructions).sort((one, other) => one - other);
	const mean = sorted.reduce((sum, cost) => sum + cost, 0) / sorted.length;
	return { mean: Math.round(mean), p99: sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0 };
}

/** Waits until the phone has nothing to do any more: what the call agent says to an answer has come, too. */
async function settled(phone: PhoneProcess, feeder: Feeder): Promise<void> {
	for (let quiet = 0; quiet < 3; quiet++) {
		const before = feeder.costs.length;
		await phone.heap();
		if (!feeder.idle || feeder.costs.length > before) quiet = -1;
	}
}

export async function benchEmulated(
	messages: (costs: readonly MessageCost[]) => void = () => {},
): Promise<EmulatedResult> {
	const agent = await startCallAgent({ address: "127.0.0.1", port: 0 });
	const feeder = await Feeder.open(agent.port);
	let phone: PhoneProcess | undefined;
	try {
		phone = await startEmulatedPhone(
			{ agents: [`127.0.0.1:${feeder.port}`] },
			{ cost: (whose, instructions) => feeder.worked(whose, instructions) },
		);
		const known = phone;
		const until = async (state: number, what: string) => {
			await known.wait(inCall(state), timeout, what);
			await settled(known, feeder);
		};
		await phone.wait(({ screen }) => screen?.registration === Registration.registered, timeout, "registration");
		await phone.wait(({ screen }) => screen?.number !== "" && screen?.time !== "", timeout, "its number and the time");
		await settled(phone, feeder);
		const registration = feeder.total;
		phone.key("speaker");
		await phone.wait(inCall(CallState.offHook), timeout, "dial tone");
		const keyToDisplay = feeder.total - registration;
		await settled(phone, feeder);
		phone.keys("600");
		await until(CallState.connected, "the call to 600");
		await phone.softkey("Hold", timeout);
		await until(CallState.hold, "the held call");
		await phone.softkey("NewCall", timeout);
		await until(CallState.offHook, "dial tone for the second call");
		phone.keys("601");
		await until(CallState.connected, "the call to 601");
		const heap = await phone.collect();
		await phone.softkey("EndCall", timeout);
		await phone.wait((one) => !inCall(CallState.connected)(one), timeout, "the second call's end");
		await settled(phone, feeder);
		await phone.softkey("Resume", timeout);
		await until(CallState.connected, "the first call");
		phone.key("speaker");
		await phone.wait(({ screen }) => calls(screen).length === 0, timeout, "the first call's end");
		await settled(phone, feeder);
		messages(feeder.costs);
		const bytes = ({ slots, chunks }: HeapFigures) => slots * heap.slotSize + chunks;
		return {
			instructions_per_message: spread(feeder.costs),
			instructions_registration: registration,
			instructions_keypress_to_display: keyToDisplay,
			heap_bytes_empty: bytes(heap.empty),
			heap_bytes_loaded: bytes(heap.baseline),
			heap_bytes_above_loaded: bytes(heap) - bytes(heap.baseline),
		};
	} finally {
		await phone?.quit();
		feeder.close();
		await agent.close();
	}
}
