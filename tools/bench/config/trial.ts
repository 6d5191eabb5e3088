/*
 * Feeds damaged configuration files to the phone's reader and looks at what comes of each: refused whole, or a configuration
 * whose every value is one that the phone can hold. Runs in Node and in XS.
 */
import { Limits } from "limits";
import { Failure } from "net/transfer";
import { type Configuration, defaults } from "provisioning/configuration";
import { type Element, elements, Kind } from "provisioning/elements";
import { CnfXmlFormat } from "provisioning/format";
import { serialise } from "provisioning/stored";
import { XmlReader } from "xml/reader";
import { mutate, randomNumbers } from "./mutations.js";

/** What a configuration that has been read must be, whatever the file was. */
function judge(configuration: Configuration): string {
	const values = configuration as unknown as Record<string, unknown>;
	for (const element of elements as readonly Element[]) {
		if (!("field" in element)) continue;
		const { path, kind, field, minimum, maximum } = element;
		const value = values[field];
		const unset = value === (defaults as unknown as Record<string, unknown>)[field];
		if (kind >= Kind.protocol || unset) continue;
		if (kind === Kind.number || kind === Kind.time) {
			if (!(typeof value === "number" && value >= minimum && value <= maximum)) return `${path} ${String(value)}`;
		} else if (kind === Kind.flag) {
			if (typeof value !== "boolean") return `${path} ${String(value)}`;
		} else if (kind !== Kind.days && !(typeof value === "string" && value.length <= maximum)) return path;
	}
	const { callAgents } = configuration;
	if (callAgents.length > Limits.callAgents) return `${callAgents.length} call agents`;
	for (const agent of callAgents) if (!/^[\w.-]{1,64}:[0-9]{1,5}$/.test(agent)) return `call agent ${agent}`;
	return "";
}

export interface TrialResult {
	files: number;
	refused: number;
	/** Configurations that were read. */
	read: number;
	/** What went wrong, '' when nothing did. */
	failure: string;
}

export class Trial {
	readonly result: TrialResult = { files: 0, refused: 0, read: 0, failure: "" };
	private readonly random: () => number;
	private readonly documents: readonly Uint8Array[];
	private readonly format: CnfXmlFormat;
	/** The configuration that the phone has, and what it was when it came. */
	private present: Configuration | undefined = undefined;
	private presentText = "";
	private outcomes = 0;

	constructor(documents: readonly Uint8Array[], seed: number) {
		this.documents = documents;
		this.random = randomNumbers(seed);
		this.format = new CnfXmlFormat(new XmlReader(), "SEP001122334455", 7, () => {});
	}

	/** Reads so many damaged files; stops at the first that fails. */
	run(files: number): TrialResult {
		const { result } = this;
		for (let i = 0; i < files && result.failure === ""; i += 1) {
			const document = this.documents[result.files % this.documents.length] as Uint8Array;
			this.read(mutate(document, this.random));
			result.files += 1;
		}
		return result;
	}

	/** Reads the first file as it is, so that the phone has its configuration again. */
	settle(): void {
		this.read(this.documents[0] as Uint8Array);
	}

	private fail(failure: string): void {
		if (failure !== "" && this.result.failure === "") this.result.failure = `file ${this.result.files}: ${failure}`;
	}

	private read(octets: Uint8Array): void {
		this.outcomes = 0;
		const consumer = this.format.reader(true, {
			configurationRead: (configuration) => {
				this.outcomes += 1;
				this.result.read += 1;
				this.fail(judge(configuration));
				this.present = configuration;
				this.presentText = serialise(configuration);
				if (this.presentText.length > Limits.storedConfiguration) this.fail("too long to be stored");
			},
			configurationRefused: (line, what) => {
				this.outcomes += 1;
				this.result.refused += 1;
				if (!(line > 0) || what === "") this.fail("refused without a reason");
				const { present } = this;
				if (present !== undefined && serialise(present) !== this.presentText) {
					this.fail("a refused file changed the present configuration");
				}
			},
			configurationFailed: (reason) => {
				this.outcomes += 1;
				this.result.refused += 1;
				// a file without an element counts as none
				const isCut = !octets.some((octet, at) => octet === 60 && ((octets[at + 1] ?? 0) | 32) >= 97);
				if (reason !== Failure.notFound || !isCut) this.fail("called a failed transfer");
			},
		});
		try {
			const size = 1 + Math.floor(this.random() * 600);
			consumer.begin(octets.length);
			let enough = false;
			for (let at = 0; at < octets.length && !enough; at += size)
				enough = !consumer.data(octets.subarray(at, at + size));
			if (!enough) consumer.end();
		} catch (error) {
			this.fail(String(error));
		}
		if (this.outcomes !== 1) this.fail(`${this.outcomes} outcomes`);
	}
}
