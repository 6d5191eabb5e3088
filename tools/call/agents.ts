/*
 * The call agents of a script: started on this computer, stopped and started again at the same address, and given orders.
 */
import { setFault } from "../call-agent/faults.js";
import type { CallAgentOptions } from "../call-agent/options.js";
import { orderNames } from "../call-agent/orders.js";
import { CallAgent } from "../programs/agent.js";
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

export class ScriptAgents implements AgentView {
	private constructor(private readonly agents: readonly CallAgent[]) {}

	/** Starts `count` agents alike, on ports of their own. */
	static async start(count: number, options: CallAgentOptions): Promise<ScriptAgents> {
		const alike = { greets: false, ...options, address: "127.0.0.1", port: 0 };
		return new ScriptAgents(await Promise.all(Array.from({ length: count }, () => CallAgent.start(alike))));
	}

	/** Where phones register, the first one first. */
	get addresses(): string[] {
		return this.agents.map(({ address }) => address);
	}

	/** Rules that phones broke, in words. */
	get complaints(): string[] {
		return this.agents.flatMap(({ complaints }) => complaints);
	}

	agentOf(device: string): number {
		return this.agents.findIndex((agent) => agent.registered(device)) + 1;
	}

	/** Sides of calls that are up in any of them. */
	get legs(): number {
		return this.agents.reduce((sum, { calls }) => sum + calls.length, 0);
	}

	/** Resolves when all phones and agents have dealt with all that was said: {@link CallAgent.settle}. */
	async settle(): Promise<void> {
		await Promise.all(this.agents.map((agent) => agent.settle()));
	}

	/** Gives an agent an order. @param agent from 1. Throws when it is not understood or there is no such phone. */
	async order(agent: number, words: readonly string[]): Promise<void> {
		const one = this.agents[agent - 1];
		if (!one) throw new Error(`there is no agent ${agent}`);
		const [name] = words;
		if (name === "start") {
			if (one.running) throw new Error(`agent ${agent} runs already`);
			await one.recover();
			return;
		}
		if (!one.running) throw new Error(`agent ${agent} does not run`);
		if (name === "stop") await one.crash();
		else one.order(words);
	}

	async close(): Promise<void> {
		await Promise.all(this.agents.map((agent) => agent.close()));
	}
}
