/*
 * Reads SEP<MAC>.cnf.xml and XMLDefault.cnf.xml as they arrive into a new Configuration. What breaks the file (XML that is none,
 * another root, a protocol that is not SCCP) refuses it whole, so that the phone keeps the configuration it has.
 * A single value out of its range does not: phones of Cisco go on with the default as well, and a phone that does not register
 * over a display time helps nobody; a line in the log says which one and where.
 */
import { Limits } from "limits";
import { Configuration, serviceSeparator } from "provisioning/configuration";
import {
	type Element,
	elements,
	findElement,
	Kind,
	loadRow,
	longestUrl,
	nameOf,
	root,
	vendorRow,
} from "provisioning/elements";
import { isHost, isServer, parseDays, parseFlag, parseTime } from "provisioning/values";
import { findZone } from "provisioning/wall";
import { packed } from "xml/packed";
import { strict, type XmlReader, type XmlVisitor } from "xml/reader";

const deviceName = packed("device");
const defaultName = packed("default");
const loadName = packed("loadInformation");
const vendorName = packed("vendorConfig");
const commonName = packed("commonConfig");
const priorityName = packed("priority");
const typeName = packed("type");
const sccp = packed("sccp");
const user = packed("user");
/** SCCP's port when an element says none. */
const defaultPort = 2000;
/** Lines in the log that one file gets. */
const complaintsLimit = 16;
/** How much of a bad value the log shows. */
const shownLength = 40;

/** Before any file. */
const none = Object.freeze(new Configuration());
for (const list of [none.callAgents, none.survivors, none.ntpServers, none.phoneServices]) Object.freeze(list);

export class ConfigurationReader implements XmlVisitor {
	/** What has been read; valid when {@link complete} has said so. */
	configuration: Configuration = none;

	private readonly xml: XmlReader;
	private readonly log: (line: string) => void;
	private file = "";
	private deviceType = 0;
	/** Octets that came. */
	private size = 0;
	/** Rows of open elements, and elements that are open within one that is skipped. */
	private readonly rows = new Int16Array(Limits.xmlDepth);
	private skipped = 0;
	/** Ranks of who set each element below vendorConfig: that itself 3, commonConfig 2, enterpriseConfig 1. */
	private readonly ranks = new Uint8Array(elements.length);
	private rank = 0;
	private complaints = 0;
	/** Octets that URLs and services may still take. */
	private room = 0;
	/** The call agent or service that is being read. */
	private priority = 0;
	private host = "";
	private port = defaultPort;
	private serviceType = 0;
	private serviceName = "";
	private serviceUrl = "";
	/** Priorities of the call agents found, in their order. */
	private readonly priorities = new Uint8Array(Limits.callAgents);
	private survivorsOn = false;
	private readonly survivorPorts = new Uint16Array(Limits.survivors);
	private survivorHosts: string[] = [];

	/** @param xml may serve others when no file is being read. */
	constructor(xml: XmlReader, log: (line: string) => void) {
		this.xml = xml;
		this.log = log;
	}

	/**
	 * Begins a file.
	 * @param file its name, for the log. @param deviceType SCCP's number of the phone's type: which load of XMLDefault is its.
	 */
	begin(file: string, deviceType: number): void {
		// the one before is let go first: two of them are large beside the heap
		this.configuration = none;
		this.configuration = new Configuration();
		this.file = file;
		this.deviceType = deviceType;
		this.size = 0;
		this.skipped = 0;
		this.ranks.fill(0);
		this.rank = 0;
		this.complaints = 0;
		this.room = Limits.configurationUrls;
		this.survivorsOn = false;
		this.survivorPorts.fill(defaultPort);
		this.survivorHosts = [];
		this.xml.begin(this);
		// guides on the web have files with quotes of print, or without
		this.xml.lenientTags = true;
	}

	/** Reads on; false when the file is refused. */
	feed(octets: Uint8Array): boolean {
		this.size += octets.length;
		if (this.size > Limits.configurationFile)
			this.xml.refuse(`the file has more than ${Limits.configurationFile} octets`);
		return this.xml.feed(octets);
	}

	/** The file is at its end: whether it is good. */
	complete(): boolean {
		return this.xml.end();
	}

	/** The line at which the file was refused, and why. */
	get line(): number {
		return this.xml.line;
	}
	get reason(): string {
		return this.xml.reason;
	}

	/** Whether the file had no element: some servers have such ones in place of none. */
	get isEmpty(): boolean {
		return this.xml.isEmpty;
	}

	start(xml: XmlReader): void {
		const { depth } = xml;
		if (this.skipped > 0) {
			this.skipped += 1;
			return;
		}
		if (depth === 0) {
			// generators write <default>, too; nothing else that it could be is lost by taking any case
			this.configuration.forDevice = xml.isNamed(deviceName, true);
			if (!this.configuration.forDevice && !xml.isNamed(defaultName, true)) {
				xml.refuse(`<device> or <Default> is expected, not <${xml.name}>`);
			}
			this.rows[0] = root;
			return;
		}
		const parent = this.rows[depth - 1] as number;
		let row = findElement(parent, xml);
		if (row < 0 && parent === root && !this.configuration.forDevice) {
			const type = xml.numberInName(loadName);
			if (type >= 0 && type !== this.deviceType) {
				this.skipped = 1;
				xml.lenientFrom = depth;
				return;
			}
			if (type >= 0) row = loadRow;
		}
		if (row < 0) {
			this.complain(`<${xml.name}> is unknown and skipped`);
			this.skipped = 1;
			return;
		}
		const { kind } = elements[row] as Element;
		if (kind === Kind.ignored) {
			this.skipped = 1;
			// what is wrong in there is wrong in nothing that counts
			xml.lenientFrom = depth;
			return;
		}
		this.rows[depth] = row;
		if (xml.skipsAttributes) this.complain(`<${xml.name}> has what is no attribute (name="value"): it is skipped`);
		if (row === vendorRow) this.rank = xml.isNamed(vendorName) ? 3 : xml.isNamed(commonName) ? 2 : 1;
		else if (kind === Kind.member) this.startMember(xml);
		else if (kind === Kind.service) this.startService(xml);
	}

	end(xml: XmlReader): void {
		if (this.skipped > 0) {
			this.skipped -= 1;
			if (this.skipped === 0) xml.lenientFrom = strict;
			return;
		}
		const row = this.rows[xml.depth] as number;
		if (row === root) {
			this.finish();
			return;
		}
		const element = elements[row] as Element;
		const { kind } = element;
		if (kind === Kind.member) this.endMember();
		else if (kind === Kind.service) this.endService();
		else if (kind >= Kind.text) {
			xml.trimText();
			if (xml.textLength > 0) this.take(xml, row, element);
		}
	}

	/** Takes the value of an element; an empty one never comes here and leaves the default. */
	private take(xml: XmlReader, row: number, element: Element): void {
		if (this.rows[xml.depth - 1] === vendorRow) {
			if (this.rank < (this.ranks[row] as number)) return;
			this.ranks[row] = this.rank;
		}
		const { configuration } = this;
		const { minimum, maximum } = element;
		switch (element.kind) {
			case Kind.text:
				if (this.fits(xml, row, maximum) && this.reserve(xml, row, maximum)) configuration[element.field] = xml.text;
				return;
			case Kind.host:
				if (this.fits(xml, row, maximum) && this.valid(xml, row, isHost(xml), "a host name or an IPv4 address")) {
					configuration[element.field] = xml.text;
				}
				return;
			case Kind.server:
				if (this.fits(xml, row, maximum) && this.valid(xml, row, isServer(xml), "host or host:port")) {
					configuration[element.field] = xml.text;
				}
				return;
			case Kind.number:
				if (this.inRange(xml, row, minimum, maximum)) configuration[element.field] = xml.textNumber;
				return;
			case Kind.flag: {
				const value = parseFlag(xml);
				if (this.valid(xml, row, value >= 0, "true or false")) configuration[element.field] = value === 1;
				return;
			}
			case Kind.time: {
				const value = parseTime(xml);
				if (this.valid(xml, row, value >= 0, "hh:mm up to 24:00")) configuration[element.field] = value;
				return;
			}
			case Kind.days: {
				const value = parseDays(xml);
				const valid = this.valid(xml, row, value >= 0, "days 1 (Sunday) to 7 with commas between");
				if (valid) configuration[element.field] = value;
				return;
			}
			case Kind.protocol:
				if (!xml.isText(sccp)) xml.refuse(`<deviceProtocol> is ${xml.text}: this phone speaks SCCP`);
				return;
			default:
				this.takePart(xml, row, element.kind, minimum, maximum);
		}
	}

	/** Takes a value that goes together with others. */
	private takePart(xml: XmlReader, row: number, kind: number, minimum: number, maximum: number): void {
		const isName = kind === Kind.agentHost || kind === Kind.survivorHost || kind === Kind.timeServer;
		if (isName) {
			if (!this.fits(xml, row, maximum) || !this.valid(xml, row, isHost(xml), "a host name or an IPv4 address")) return;
			if (kind === Kind.agentHost) this.host = xml.text;
			else if (kind === Kind.survivorHost) this.survivorHosts[minimum] = xml.text;
			else this.addTimeServer(xml.text);
		} else if (kind === Kind.agentPort) {
			if (this.inRange(xml, row, minimum, maximum)) this.port = xml.textNumber;
		} else if (kind === Kind.survivorPort) {
			if (this.inRange(xml, row, 1, maximum)) this.survivorPorts[minimum] = xml.textNumber;
		} else if (kind === Kind.survivorOption) {
			// a third value, "user", leaves the choice to somebody at the phone, who is given none here
			const value = xml.isText(user) ? 1 : parseFlag(xml);
			if (this.valid(xml, row, value >= 0, "Enable or Disable")) this.survivorsOn = value === 1;
		} else if (this.fits(xml, row, maximum)) {
			if (kind === Kind.serviceName) this.serviceName = xml.text;
			else if (kind === Kind.serviceUrl) this.serviceUrl = xml.text;
			else this.takeZone(xml.text);
		}
	}

	private takeZone(name: string): void {
		if (findZone(this.configuration.timeZone) < 0 && findZone(name) >= 0) this.configuration.timeZone = name;
	}

	private addTimeServer(name: string): void {
		const { ntpServers } = this.configuration;
		if (ntpServers.length < Limits.timeServers) (ntpServers as string[]).push(name);
		else this.complain(`more than ${Limits.timeServers} time servers: ${name} is left out`);
	}

	private startMember(xml: XmlReader): void {
		this.host = "";
		this.port = defaultPort;
		const text = xml.attribute(priorityName) ?? "0";
		this.priority = Number(text);
		if (text === "" || !(this.priority >= 0 && this.priority <= 255)) {
			this.complain(`priority "${text}" of <member> is no number from 0 to 255: it becomes the last one`);
			this.priority = 255;
		}
	}

	/** Puts the call agent into the list by its priority, behind those of the same; where the list is full, the last one is left out. */
	private endMember(): void {
		if (this.host === "") return;
		const agents = this.configuration.callAgents as string[];
		if (agents.length === Limits.callAgents) {
			const isLast = this.priority >= (this.priorities[agents.length - 1] as number);
			const last = isLast ? `${this.host}:${this.port}` : agents.pop();
			this.complain(`more than ${Limits.callAgents} call agents: ${last} is left out`);
			if (isLast) return;
		}
		let at = agents.length;
		for (; at > 0 && (this.priorities[at - 1] as number) > this.priority; at -= 1) {
			agents[at] = agents[at - 1] as string;
			this.priorities[at] = this.priorities[at - 1] as number;
		}
		agents[at] = `${this.host}:${this.port}`;
		this.priorities[at] = this.priority;
	}

	private startService(xml: XmlReader): void {
		const text = xml.attribute(typeName) ?? "0";
		this.serviceType = text === "1" ? 1 : text === "2" ? 2 : 0;
		this.serviceName = "";
		this.serviceUrl = "";
	}

	private endService(): void {
		const services = this.configuration.phoneServices as string[];
		if (this.serviceName === "" || this.serviceUrl === "") return;
		const size = this.serviceName.length + this.serviceUrl.length;
		if (services.length === Limits.phoneServices || size > this.room) {
			this.complain(`no room for the phone service "${this.serviceName}": it is left out`);
			return;
		}
		this.room -= size;
		services.push(this.serviceType + serviceSeparator + this.serviceName + serviceSeparator + this.serviceUrl);
	}

	/** The root ends: what only the whole file can tell. */
	private finish(): void {
		const { configuration } = this;
		if (configuration.callAgents.length === 0) {
			this.complain("no <processNodeName> in <callManagerGroup>: the server that has the file is tried as call agent");
		}
		if (configuration.deviceSecurityMode > 1) {
			this.complain("<deviceSecurityMode> asks for TLS, which this phone does not speak: it registers without");
		}
		if (!this.survivorsOn) return;
		for (let i = 0; i < this.survivorHosts.length; i += 1) {
			const host = this.survivorHosts[i];
			if (host !== undefined) (configuration.survivors as string[]).push(`${host}:${this.survivorPorts[i]}`);
		}
	}

	/** Whether the text is no longer than `maximum` octets. */
	private fits(xml: XmlReader, row: number, maximum: number): boolean {
		if (xml.textCut || xml.textLength > maximum) {
			this.complain(`<${nameOf(row)}> has more than ${maximum} octets and keeps its default`);
			return false;
		}
		return true;
	}

	/** Takes what the text needs, when it is a URL, from what there is for all of them. */
	private reserve(xml: XmlReader, row: number, maximum: number): boolean {
		if (maximum < longestUrl) return true;
		if (xml.textLength > this.room) {
			this.complain(`no room for <${nameOf(row)}>: it keeps its default`);
			return false;
		}
		this.room -= xml.textLength;
		return true;
	}

	private valid(xml: XmlReader, row: number, valid: boolean, expected: string): boolean {
		if (!valid) {
			const value = xml.text.slice(0, shownLength);
			this.complain(`<${nameOf(row)}> is "${value}", not ${expected}, and keeps its default`);
		}
		return valid;
	}

	private inRange(xml: XmlReader, row: number, minimum: number, maximum: number): boolean {
		const value = xml.textNumber;
		const valid = value >= minimum && value <= maximum;
		return valid || this.valid(xml, row, false, `a number from ${minimum} to ${maximum}`);
	}

	/** A line in the log about what does not break the file. */
	private complain(text: string): void {
		this.complaints += 1;
		if (this.complaints <= complaintsLimit) this.log(`${this.file} line ${this.xml.line}: ${text}`);
	}
}
