/*
 * Composes the board's network: Ethernet and Wi-Fi, the networks that are known, the set-up page. The first Wi-Fi network comes from
 * the build: `mcconfig ... ssid=NAME password=WORD`.
 */
import Listener from "embedded:io/socket/listener";
import TCP from "embedded:io/socket/tcp";
import { board } from "board";
import { macAddress, random } from "hal/esp32s3/chip";
import { nameStation } from "hal/esp32s3/dhcp";
import { Doorway, type DoorwayIo } from "hal/esp32s3/doorway";
import { hasLink, startEthernet } from "hal/esp32s3/ethernet";
import { firmwareName } from "hal/esp32s3/improv";
import { ImprovLine } from "hal/esp32s3/improv-line";
import { ChipNetwork } from "hal/esp32s3/network";
import { Networks } from "hal/esp32s3/networks";
import { peerAddress } from "hal/esp32s3/peer";
import { type Radio, rideOut } from "hal/esp32s3/radio";
import type { SerialLine } from "hal/esp32s3/serial-line";
import { SetupServer } from "hal/esp32s3/setup-server";
import { Staging } from "hal/esp32s3/socket";
import { type EthernetDriver, Uplink } from "hal/esp32s3/uplink";
import { type SetUpPage, Wifi, type WifiIo, type WifiOptions } from "hal/esp32s3/wifi";
import type { Clock, Network, Storage } from "hal/hardware";
import { load } from "hal/load";
import WiFi from "wifi";

/** ESP-IDF's own address on an access point; its guests get others of that network. */
const SET_UP_HOST = "192.168.4.1";
const SET_UP_GUESTS = "192.168.4.";
const HTTP_PORT = 80;
const KEY_DIGITS = 8;

export interface ConnectionOptions {
	readonly clock: Clock;
	readonly storage: Storage;
	/** The build's network, '' for none. */
	readonly ssid: string;
	readonly password: string;
	/** What tells the phone from others: its name on the network. */
	readonly deviceName: string;
	/** Where Improv Wi-Fi is spoken. */
	readonly line: SerialLine;
	readonly log: (line: string) => void;
}

const driver: EthernetDriver = Object.freeze({ pins: board.ethernet, startEthernet, hasLink });
const doorwayIo = Object.freeze({
	Listener,
	Tcp: TCP,
	peer: (connection: object) => peerAddress.call(connection),
}) as unknown as DoorwayIo;
const wifiIo: WifiIo = Object.freeze({
	radio: WiFi as unknown as Radio,
	rideOut,
	nameStation,
	accessPoint(): string {
		return `Linnet-${macAddress().slice(-4)}`;
	},
	key(): string {
		return String(random() % 10 ** KEY_DIGITS).padStart(KEY_DIGITS, "0");
	},
	host: SET_UP_HOST,
	makePage(wifi: Wifi, { clock, doorway, log }: WifiOptions): SetUpPage {
		return new SetupServer({
			listen: (onReadable) => doorway.listen(onReadable, SET_UP_GUESTS),
			clock,
			wifi,
			host: SET_UP_HOST,
			guests: SET_UP_GUESTS,
			log,
		});
	},
});

/** Makes the network; it begins when it is started. */
export function makeNetwork({ clock, storage, ssid, password, deviceName, line, log }: ConnectionOptions): Network {
	const networks = new Networks(storage, ssid === "" ? [] : [{ ssid, password }], log);
	const staging = new Staging();
	const doorway = new Doorway(doorwayIo, HTTP_PORT, staging, log);
	const wifi = board.wifi === false ? undefined : new Wifi({ io: wifiIo, clock, networks, doorway, log });
	const uplink = new Uplink(driver, wifi, clock, log);
	const network = new ChipNetwork(uplink, staging, doorway, log);
	if (wifi !== undefined) {
		wifi.listener = network;
		const name = deviceName === "" ? `SEP${macAddress()}` : deviceName;
		const information = [firmwareName(board.name), load.slice(load.indexOf("-") + 1), "ESP32-S3", name];
		line.packets = new ImprovLine({ line, clock, wifi, information, log });
	}
	uplink.listener = network;
	return network;
}
