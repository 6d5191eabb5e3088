/*
 * Configuration files as the boot machine wants them, taken in from a transfer.
 */
import { type Consumer, Failure } from "net/transfer";
import type { ConfigurationListener, ConfigurationSource } from "provisioning/boot";
import { ConfigurationReader } from "provisioning/reader";
import type { XmlReader } from "xml/reader";

export class CnfXmlFormat implements ConfigurationSource, Consumer {
	private readonly files: ConfigurationReader;
	private readonly deviceName: string;
	private readonly deviceType: number;
	private file = "";
	private listener: ConfigurationListener | undefined = undefined;

	/**
	 * @param xml may serve others when no configuration is being read.
	 * @param deviceName such as SEP001122334455. @param deviceType SCCP's number of the phone's type.
	 */
	constructor(xml: XmlReader, deviceName: string, deviceType: number, log: (line: string) => void) {
		this.files = new ConfigurationReader(xml, log);
		this.deviceName = deviceName;
		this.deviceType = deviceType;
	}

	reader(forDevice: boolean, listener: ConfigurationListener): Consumer {
		this.file = forDevice ? `${this.deviceName}.cnf.xml` : "XMLDefault.cnf.xml";
		this.listener = listener;
		return this;
	}

	begin(): void {
		this.files.begin(this.file, this.deviceType);
	}

	data(octets: Uint8Array): boolean {
		if (this.files.feed(octets)) return true;
		this.listener?.configurationRefused(this.files.line, this.files.reason);
		return false;
	}

	end(): void {
		const good = this.files.complete();
		if (this.files.isEmpty) this.failed(Failure.notFound, "the file is empty");
		else if (good) this.listener?.configurationRead(this.files.configuration);
		else this.listener?.configurationRefused(this.files.line, this.files.reason);
	}

	failed(reason: number, text: string): void {
		this.listener?.configurationFailed(reason, text);
	}
}
