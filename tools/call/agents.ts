/*
 * The call agents of a script: started on this computer, stopped and started again at the same address, and given orders.
 */
import { type CallAgent, type CallAgentOptions, type Device, startCallAgent } from "../call-agent/agent.js";
import type { Connection } from "../call-agent/connection.js";
import { setFault } from "../call-agent/faults.js";
import { FromStation } from "../call-agent/ids.js";
import { obey, orderNames } from "../call-agent/orders.js";
import type { Message } from "../call-agent/wire.js";
import type { AgentView } from "./conditions.js";

/** What is wrong with the words of an order, undefined when nothing is. */
export function orderFault(words: readonly string[]): string | undefined {
	const [name = "", phone] = words;
	const own = name === "stop" || name === "start";
	if (!own && !orderNames.includes(name)) return `unknown order '${name}': stop, start, ${orderNames.join(", ")}`;
	if (name === "fault") return setFault({}, words.slice(1));
	if (own && phone !== undefined) return `'${phone}' after '${name}' means nothing`;
	return undefined;
}

const { CapabilitiesRes, UpdateCapabilities, CapabilitiesV2Res, CapabilitiesV3Res } = FromStation;
const capabilities: readonly number[] = [CapabilitiesRes, UpdateCapabilities, CapabilitiesV2Res, CapabilitiesV3Res];
/** Milliseconds after which a phone that cannot answer is left alone. */
const longestAnswer = 2000;

/** Asks a phone for its capabilities; resolves when they have come, or the phone has gone. */
function answer(agent: CallAgent, device: Device): Promise<void> {
	const { registration } = device;
	return new Promise((resolve) => {
		const message = (connection: Connection, { id }: Message) => {
			if (connection === registration?.connection && capabilities.includes(id)) done();
		};
		const gone = (other: Device) => {
			if (other === device) done();
		};
		const done = () => {
			clearTimeout(timer);
			agent.off("message", message).off("unregistered", gone);
			resolve();
		};
		const timer = setTimeout(done, longestAnswer);
		agent.on("message", message).on("unregistered", gone);
		registration?.sender.capabilitiesReq();
	});
}

export class ScriptAgents implements AgentView {
	private readonly agents: (CallAgent | undefined)[] = [];
	private readonly ports: number[] = [];
	/** Rules that phones broke, in words. */
	readonly complaints: string[] = [];

	private constructor(private readonly options: CallAgentOptions) {}

	/** Starts `count` agents alike, on ports of their own. */
	static async start(count: number, options: CallAgentOptions): Promise<ScriptAgents> {
		const agents = new ScriptAgents(options);
		for (let index = 0; index < count; index++) {
			agents.ports.push(0);
			await agents.startOne(index);
		}
		return agents;
	}

	private async startOne(index: number): Promise<void> {
		const agent = await startCallAgent({
			greets: false,
			...this.options,
			address: "127.0.0.1",
			port: this.ports[index] ?? 0,
		});
		this.ports[index] = agent.port;
		this.agents[index] = agent;
		agent.on("complaint", (_connection, text) => this.complaints.push(text));
	}

	/** Where phones register, the first one first. */
	get addresses(): string[] {
		return this.ports.map((port) => `127.0.0.1:${port}`);
	}

	agentOf(device: string): number {
		return this.agents.findIndex((agent) => agent?.devices.get(device)?.registered) + 1;
	}

	/** Sides of calls that are up in any of them. */
	get legs(): number {
		const devices = this.agents.flatMap((agent) => [...(agent?.devices.values() ?? [])]);
		return devices.reduce((sum, device) => sum + device.legs.length, 0);
	}

	/**
	 * Resolves when every phone has dealt with all that was sent to it, and the agents with all that the phones have sent: each is
	 * asked for its capabilities, and answers in turn. An agent that is deaf on purpose is not waited for long.
	 */
	async settle(): Promise<void> {
		await Promise.all(
			this.agents.map((agent) => agent && Promise.all(agent.phones.map((device) => answer(agent, device)))),
		);
	}

	/** Gives an agent an order. @param agent from 1. Throws when it is not understood or there is no such phone. */
	async order(agent: number, words: readonly string[]): Promise<void> {
		const index = agent - 1;
		const [name] = words;
		const running = this.agents[index];
		if (name === "start") {
			if (running) throw new Error(`agent ${agent} runs already`);
			await this.startOne(index);
			return;
		}
		if (!running) throw new Error(`agent ${agent} does not run`);
		if (name === "stop") {
			this.agents[index] = undefined;
			running.crash("reset");
			await running.close();
			return;
		}
		const wrong = obey(running, words);
		if (wrong !== undefined) throw new Error(wrong);
	}

	async close(): Promise<void> {
		await Promise.all(this.agents.map((agent) => agent?.close()));
	}
}
