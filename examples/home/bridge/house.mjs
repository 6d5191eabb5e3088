/*
 * What events of phones are in MQTT, with what Home Assistant needs to find them by itself (MQTT discovery), and what messages to phones are in
 * the objects that they take (Cisco's IP Phone Services).
 *
 *     linnet/SEP.../event        each event as it came, JSON
 *     linnet/SEP.../ringing      ON or OFF, retained as those below
 *     linnet/SEP.../call         ON or OFF: somebody talks, dials or holds
 *     linnet/SEP.../hook         ON or OFF: off hook
 *     linnet/SEP.../messages     ON or OFF
 *     linnet/SEP.../registered   ON or OFF
 *     linnet/SEP.../caller       who called last
 *     linnet/SEP.../command      what the phone is to do: a URI (Dial:1001, Key:Services, Play:Analog1.raw), or a text that it shows
 */

/** What Home Assistant has of each phone: its kind, its class and its name there. */
const entities = {
	ringing: ["binary_sensor", "sound", "Ringing"],
	call: ["binary_sensor", "running", "In a call"],
	hook: ["binary_sensor", undefined, "Off hook"],
	messages: ["binary_sensor", undefined, "Messages"],
	registered: ["binary_sensor", "connectivity", "Registered"],
	caller: ["sensor", undefined, "Last caller"],
};
/** Calls of one phone at once: more than any has. */
const mostCalls = 16;
const isDevice = /^[A-Za-z0-9_-]{1,32}$/;

/** Whether what came is an event of a phone. */
export function isEvent(event) {
	return (
		typeof event === "object" &&
		event !== null &&
		typeof event.device === "string" &&
		isDevice.test(event.device) &&
		typeof event.event === "string" &&
		typeof event.state === "string"
	);
}

export class House {
	/** By device: its calls by their references, and what has been published of it. */
	#phones = new Map();

	/** Devices that have told something. */
	get devices() {
		return [...this.#phones.keys()];
	}

	/** Messages for MQTT that an event makes, each with topic, payload and whether it is retained. */
	messagesOf(event) {
		const { device } = event;
		const messages = [];
		let phone = this.#phones.get(device);
		if (phone === undefined) {
			phone = { calls: new Map(), states: new Map() };
			this.#phones.set(device, phone);
			messages.push(...discovery(device));
		}
		messages.push({ topic: `linnet/${device}/event`, payload: JSON.stringify(event), retain: false });
		for (const [name, value] of changes(event, phone.calls)) {
			if (phone.states.get(name) === value) continue;
			phone.states.set(name, value);
			messages.push({ topic: `linnet/${device}/${name}`, payload: value, retain: true });
		}
		return messages;
	}
}

const onOff = (on) => (on ? "ON" : "OFF");

/** What an event says of the states that are published. */
function* changes({ event, state, call, direction, name, number }, calls) {
	if (event === "hook") yield ["hook", onOff(state === "off")];
	else if (event === "messages") yield ["messages", onOff(state === "waiting")];
	else if (event === "registration") {
		yield ["registered", onOff(state === "registered")];
		// a phone that has started anew has told of no call's end
		if (state !== "registered") return;
		calls.clear();
		yield ["ringing", "OFF"];
		yield ["call", "OFF"];
	} else if (event === "call") {
		if (state === "ended") calls.delete(call);
		else if (calls.has(call) || calls.size < mostCalls) calls.set(call, state);
		const states = [...calls.values()];
		yield ["ringing", onOff(states.includes("ringing"))];
		yield ["call", onOff(states.some((one) => one !== "ringing" && one !== "elsewhere"))];
		if (state === "ringing" && direction === "in")
			yield ["caller", [name, number].filter(Boolean).join(" ") || "unknown"];
	}
}

/** What tells Home Assistant of a phone. */
function discovery(device) {
	return Object.entries(entities).map(([name, [kind, deviceClass, title]]) => ({
		topic: `homeassistant/${kind}/${device}/${name}/config`,
		payload: JSON.stringify({
			name: title,
			unique_id: `linnet_${device}_${name}`,
			state_topic: `linnet/${device}/${name}`,
			availability_topic: "linnet/bridge",
			...(deviceClass && { device_class: deviceClass }),
			device: { identifiers: [`linnet_${device}`], name: `Phone ${device}`, manufacturer: "Linnet" },
		}),
		retain: true,
	}));
}

const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The object that has a phone do what a message says: run a URI of those that a phone has, else show a text. */
export function objectOf(message) {
	if (
		/^(Dial|EditDial|Key|SoftKey|Play|Init|Notify|RTPRx|RTPTx|RTPMRx|RTPMTx|SendDigits|Application|http):\S+$/i.test(
			message,
		)
	)
		return `<CiscoIPPhoneExecute><ExecuteItem Priority="0" URL="${escaped(message)}"/></CiscoIPPhoneExecute>`;
	return `<CiscoIPPhoneText><Title>Home</Title><Text>${escaped(message)}</Text></CiscoIPPhoneText>`;
}
