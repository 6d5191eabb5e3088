/*
 * Several call agents that serve the same phones, as a cluster of CallManagers does: a phone has the same numbers with each, is
 * registered with one at a time, and is not known to the others while it is. Each agent has faults of its own.
 */
import { type CallAgent, type CallAgentOptions, startCallAgent } from "./agent.js";

/** Numbers by device, for all agents of a cluster. */
class Numbers {
	private readonly given = new Map<string, string[]>();
	private next: number;

	constructor(first: number) {
		this.next = first;
	}

	of(device: string, line: number): string {
		const numbers = this.given.get(device) ?? [];
		this.given.set(device, numbers);
		while (numbers.length <= line) {
			numbers.push(String(this.next));
			this.next += 1;
		}
		return numbers[line] as string;
	}
}

export class Cluster {
	private constructor(readonly agents: readonly CallAgent[]) {
		for (const agent of agents)
			agent.on("registered", ({ name }) => {
				for (const other of agents) if (other !== agent) other.forget(name);
			});
	}

	/**
	 * Starts as many agents as there are options, each on a port of its own unless its options say another.
	 * @throws as `startCallAgent`; none is left running then.
	 */
	static async start(options: readonly CallAgentOptions[]): Promise<Cluster> {
		const numbers = new Numbers(options[0]?.firstNumber ?? 1001);
		const agents: CallAgent[] = [];
		try {
			for (const own of options)
				agents.push(await startCallAgent({ port: 0, numberOf: (device, line) => numbers.of(device, line), ...own }));
		} catch (error) {
			for (const agent of agents) await agent.close();
			throw error;
		}
		return new Cluster(agents);
	}

	/** Addresses for a phone, in order of preference. */
	get addresses(): string[] {
		return this.agents.map((agent) => `127.0.0.1:${agent.port}`);
	}

	/** The agent with which a phone is registered. */
	agentOf(device: string): CallAgent | undefined {
		return this.agents.find((agent) => agent.devices.get(device)?.registered);
	}

	async close(): Promise<void> {
		for (const agent of this.agents) await agent.close();
	}
}
