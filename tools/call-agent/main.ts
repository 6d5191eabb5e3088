/*
 * `npm run call-agent`: a call agent by itself, one line of text per event; it takes orders where asked to.
 */
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { type CallAgent, startCallAgent } from "./agent.js";
import { coders } from "./coders.js";
import { faultUsage } from "./faults.js";
import type { Leg } from "./leg.js";
import { type DialectName, dialectNames } from "./options.js";
import { obey } from "./orders.js";

const codecNames = coders.map(({ name }) => name).join(",");

const usage = `usage: npm run call-agent -- [--port 2000] [--address 127.0.0.1] [--dialect ${dialectNames.join("|")}]
       [--protocol 3..22] [--lines 1] [--codecs ${codecNames}] [--state FILE] [--quiet] [--orders]

Numbers to dial: phones from 1001; 600 echo, 601 tone, 602 music, 606 busy, 607 congestion, 800 conference room, 900 voice messages,
701 to 709 parked calls, *5 and a number intercom, *6 and a number announcement. Calls have the first of --codecs that all their phones
have; between phones with none in common the call agent codes sound anew. With --state phones have their numbers and forwards again
when the call agent is started anew.

With --orders it obeys what is typed, a line each: reset PHONE, restart PHONE, apply PHONE (SCCP Reset: start anew, register anew, apply the
configuration), drop PHONE and close PHONE (end its connection by a reset, or in order), giveup PHONE (what rings there counts as
unanswered), forward PHONE all|busy|noAnswer NUMBER|off, push PHONE FILE [0|1|2] (the object in a file, by priority), open PHONE
URL, list PHONE conference|parking|pickup|quality (a menu of what there is). PHONE is a device name such as SEP001122334455 or a number; without one it is
every phone. fault NAME VALUE has it do something wrong: ${faultUsage}.`;

function fail(text: string, status: number): never {
	process.stderr.write(`call-agent: ${text}\n`);
	process.exit(status);
}

function whole(text: string, name: string, lowest: number, highest: number): number {
	const value = Number(text);
	if (!/^\d+$/.test(text) || value < lowest || value > highest)
		fail(`--${name} ${text}: a whole number from ${lowest} to ${highest} expected`, 2);
	return value;
}

function readArguments() {
	try {
		return parseArgs({
			options: {
				port: { type: "string", default: "2000" },
				address: { type: "string", default: "127.0.0.1" },
				dialect: { type: "string", default: "callmanager" },
				protocol: { type: "string" },
				lines: { type: "string", default: "1" },
				codecs: { type: "string", default: codecNames },
				state: { type: "string" },
				quiet: { type: "boolean", default: false },
				orders: { type: "boolean", default: false },
				help: { type: "boolean", default: false },
			},
		}).values;
	} catch (error) {
		return fail(`${(error as Error).message}\n${usage}`, 2);
	}
}

function who(leg: Leg): string {
	return `${leg.line.number} (${leg.line.device.name})`;
}

function report(agent: CallAgent): void {
	const say = (text: string) => console.log(`${new Date().toLocaleTimeString("en-GB")} ${text}`);
	agent.on("registered", (device) => {
		const numbers = device.lines.map((line) => line.number).join(", ");
		const version = device.registration?.sender.version;
		say(`${device.name} registered as ${numbers}, version ${version}, from ${device.registration?.address}`);
	});
	agent.on("rejected", (name, reason) => say(`${name} refused: ${reason}`));
	agent.on("unregistered", (device, reason) => say(`${device.name} (${device.number}) gone: ${reason}`));
	agent.on("callState", (leg) => {
		const far = leg.peer?.line.number ?? leg.digits;
		say(`${who(leg)} ${leg.state}${far === "" ? "" : ` ${leg.outgoing ? "to" : "from"} ${far}`}`);
	});
	agent.on("callDigit", (leg, digit) => say(`${who(leg)} pressed ${digit}`));
	agent.on("callEnd", (leg) => say(`${who(leg)} call over`));
	agent.on("statistics", (device, counted) =>
		say(
			`${device.number} counted ${counted.packetsSent} sent, ${counted.packetsReceived} received, ` +
				`${counted.packetsLost} lost, jitter ${counted.jitter}; ${counted.quality}`,
		),
	);
	agent.on("complaint", (connection, text) => say(`${connection.remote}: ${text}`));
}

const values = readArguments();
if (values.help) {
	console.log(usage);
	process.exit(0);
}
const codecs = values.codecs.split(",").map((name) => {
	const coder = coders.find((candidate) => candidate.name === name);
	return coder?.codec ?? fail(`--codecs ${name}: ${coders.map((known) => known.name).join(", ")} expected`, 2);
});
const port = whole(values.port, "port", 0, 65535);
const dialect = values.dialect as DialectName;
if (!dialectNames.includes(dialect)) fail(`--dialect ${dialect}: ${dialectNames.join(", ")} expected`, 2);
if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(values.address)) fail(`--address ${values.address}: an IPv4 address expected`, 2);

try {
	const agent = await startCallAgent({
		port,
		address: values.address,
		dialect,
		codecs,
		linesPerPhone: whole(values.lines, "lines", 1, 6),
		...(values.state === undefined ? {} : { state: values.state }),
		...(values.protocol === undefined ? {} : { protocolVersion: whole(values.protocol, "protocol", 3, 22) }),
	});
	if (!values.quiet) report(agent);
	console.log(`call agent (${dialect}) on ${values.address}:${agent.port}; dial 600 echo, 601 tone, 602 music`);
	if (values.orders)
		createInterface({ input: process.stdin }).on("line", (line) => {
			const words = line
				.trim()
				.split(/\s+/)
				.filter((word) => word !== "");
			const wrong = words.length > 0 ? obey(agent, words) : undefined;
			if (wrong !== undefined) console.log(wrong);
		});
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
		process.once(signal, () => {
			agent.close().then(() => process.exit(0));
		});
} catch (error) {
	const { code, message } = error as NodeJS.ErrnoException;
	if (code === "EADDRINUSE")
		fail(`port ${port} on ${values.address} is taken: end what uses it, or choose another with --port`, 1);
	if (code === "EADDRNOTAVAIL") fail(`${values.address} is no address of this machine`, 1);
	fail(message, 1);
}
