/*
 * Puts the panel together: the server for the page, the built-in call agent unless another is named, and the phones'
 * processes.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { deviceFile } from "../boot/files.js";
import { TftpServer } from "../boot/tftp-server.js";
import { type CallAgent, startCallAgent } from "../call-agent/agent.js";
import type { DeviceOptions } from "../call-agent/options.js";
import { PhoneError, PhoneProcess } from "../phone/phone.js";
import { hasHostProgram, hostProgram, projectRoot } from "../phone/project.js";
import { claimFolder } from "./claim.js";
import { PhoneKeeper } from "./keeper.js";
import type { PanelOptions } from "./options.js";
import { type Board, phoneRate } from "./page/messages.js";
import { PanelServer } from "./server.js";

export interface Panel {
	readonly server: PanelServer;
	readonly phones: readonly PhoneKeeper[];
	/** undefined when the phones register elsewhere. */
	readonly agent: CallAgent | undefined;
	/** Unregisters the phones and ends everything. */
	close(): Promise<void>;
}

const firstNumber = 1001;
const names = Object.freeze([
	...["Alice", "Bob", "Carol", "Dave", "Erin", "Frank"],
	...["Grace", "Heidi", "Ivan", "Judy", "Karl", "Laura"],
]);
const services = Object.freeze([
	Object.freeze({ number: "600", label: "Echo" }),
	Object.freeze({ number: "601", label: "Tone" }),
	Object.freeze({ number: "602", label: "Music" }),
]);
/** Buttons that fit beside one line on a board with six line keys. */
const speedDials = 5;

/**
 * Gives each phone its number and name, and speed dials to the others, whose state they show, and to the services.
 * @param hints whether keys that show a state dial: chan_skinny's do not.
 */
function describePhones(devices: readonly string[], hints: boolean): Record<string, DeviceOptions> {
	const phones = devices.map((_, index) => ({ number: `${firstNumber + index}`, label: names[index] ?? "" }));
	return Object.fromEntries(
		devices.map((device, index) => {
			const { number, label } = phones[index] as { number: string; label: string };
			const others = phones.filter((_, other) => other !== index).map((other) => ({ ...other, hint: hints }));
			return [
				device,
				{
					lines: [{ number, name: label, label: number }],
					speedDials: [...others, ...services].slice(0, speedDials),
				},
			];
		}),
	);
}

/** Serves the phones a file with their call agent and the elements of the command line. */
async function startFiles(agent: string, options: PanelOptions): Promise<TftpServer | undefined> {
	if (options.elements.length === 0) return undefined;
	const escaped = (text: string): string => text.replace(/[&<]/g, (sign) => (sign === "&" ? "&amp;" : "&lt;"));
	const rest = options.elements.map(([name, value]) => `<${name}>${escaped(value)}</${name}>`).join("\n\t");
	const files = await TftpServer.start();
	for (const device of options.devices) files.files.set(`${device}.cnf.xml`, deviceFile({ agents: [agent], rest }));
	return files;
}

/** @param tftp where its file is, '' for a phone that is told its call agent alone. */
function startPhone(
	device: string,
	board: Board,
	agent: string,
	tftp: string,
	options: PanelOptions,
	log: (line: string) => void,
	folder: string,
): Promise<PhoneProcess> {
	// what a file says outlasts it: phones without one have a folder of their own
	const storage = join(folder, tftp === "" ? device : `${device}.configured`);
	mkdirSync(storage, { recursive: true });
	// with a file this is the file's to say; without reports the far end tells nothing of what it hears
	const reports = tftp === "" ? ["--rtcp"] : [];
	const web = options.web === undefined ? [] : ["--web", `${options.web + options.devices.indexOf(device)}`];
	return PhoneProcess.start({
		...(tftp === "" ? { agents: [agent] } : { tftp: [tftp] }),
		extra: [...web, ...reports, ...(board === "touch" ? ["--touch"] : [])],
		device,
		pcm: "live",
		rate: phoneRate,
		storage,
		log: (line) => log(`${device}: ${line.replace(/^linnet: /, "")}`),
		...(options.protocol === undefined ? {} : { protocol: options.protocol }),
	});
}

/**
 * Starts the panel; the phones come up while it goes on. Rejects with a text for a person when a port is in use or the
 * host program is missing; a phone that does not come up is tried again and again instead.
 * @param log takes lines for the person at the console
 */
export async function startPanel(options: PanelOptions, log: (line: string) => void): Promise<Panel> {
	if (!hasHostProgram(64)) throw new PhoneError(`${hostProgram(64)} is missing: 'npm run build' makes it`);
	const agent =
		options.agent === undefined
			? await startCallAgent({
					port: 0,
					firstNumber,
					devices: describePhones(options.devices, options.dialect !== "chan_skinny"),
					...(options.dialect === undefined ? {} : { dialect: options.dialect }),
				})
			: undefined;
	const address = agent === undefined ? (options.agent ?? "") : `127.0.0.1:${agent.port}`;
	const label = agent === undefined ? `Call agent ${address}` : `Built-in call agent ${address}, ${agent.dialectName}`;
	const files = await startFiles(address, options);
	const tftp = files === undefined ? "" : `127.0.0.1:${files.port}`;
	const claim = claimFolder(join(projectRoot, "build/panel"));
	if (claim.turn > 1) log(`another panel of this tree has the phones' settings: these are in ${claim.folder}`);
	const phones = options.devices.map(
		(device, index) =>
			new PhoneKeeper(
				device,
				(board) => startPhone(device, board, address, tftp, options, log, claim.folder),
				log,
				options.boards[index],
			),
	);
	let server: PanelServer;
	try {
		server = await PanelServer.start(options.port, label, phones, options.address);
	} catch (error) {
		claim.release();
		await files?.close();
		await agent?.close();
		throw error;
	}
	if (!options.address.startsWith("127."))
		log(`whoever reaches ${options.address} port ${server.port} can use the phones`);
	for (const phone of phones) void phone.start();
	return {
		server,
		phones,
		agent,
		async close() {
			await server.close();
			await Promise.all(phones.map((phone) => phone.stop()));
			claim.release();
			await files?.close();
			await agent?.close();
		},
	};
}
