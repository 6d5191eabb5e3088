// Frames of CallManager 3.1, 3.3 and 4.1, which lie beside the project and are not part of it, through our reader and tshark.
import { existsSync, readFileSync } from "node:fs";
import { assert } from "chai";
import { Dispatch } from "sccp/dispatch";
import {
	CallStateMessage,
	DisplayPromptStatus,
	LineStatRes,
	lookUp,
	OpenReceiveChannel,
	SelectSoftKeys,
	SetRinger,
	StartMediaTransmission,
} from "sccp/messages";
import { Reader } from "sccp/reader";
import { type DissectedMessage, dissectMessages } from "../support/tshark.js";
import { Comparison } from "./compare.js";

const path = new URL("../../../../../shared/captures/callmanager-4.1-frames.json", import.meta.url).pathname;
/** CallManager 3 and 4 use the layouts of version 3 in all that was recorded. */
const version = 3;

interface RecordedFrame {
	readonly name: string;
	/** As recorded; several lack their last octets. */
	readonly octets: Uint8Array;
	/** Filled up with 0 to the length that the header states. */
	readonly whole: Uint8Array;
}

function load(): RecordedFrame[] {
	const groups = JSON.parse(readFileSync(path, "utf8")) as Record<string, Record<string, string>>;
	return Object.entries(groups).flatMap(([group, frames]) =>
		Object.entries(frames).map(([name, hex]) => {
			const octets = Uint8Array.from(Buffer.from(hex, "hex"));
			const whole = new Uint8Array(new DataView(octets.buffer).getUint32(0, true) + 8);
			whole.set(octets.subarray(0, whole.length));
			return { name: `${group} ${name}`, octets, whole };
		}),
	);
}

if (!existsSync(path)) {
	describe("sccp frames of CallManager", () => {
		it("are judged (pending: ../shared/captures/callmanager-4.1-frames.json is not beside the project)");
	});
} else {
	describe("sccp frames of CallManager", () => {
		const frames = load();
		const reader = new Reader(128);
		const slot = reader.text(64);
		/** Opens a recorded frame as it would come from the link, as long as it is. */
		const open = (name: string) => {
			const frame = frames.find((candidate) => candidate.name === name);
			assert.isDefined(frame, name);
			const octets = (frame as RecordedFrame).octets;
			reader.version = version;
			reader.octets.fill(0xaa, reader.start, reader.limit);
			reader.octets.set(octets, reader.start);
			reader.open(reader.start, octets.length - 12);
		};

		it("are read by us as by tshark", () => {
			const comparison = new Comparison();
			const { messages, malformed } = dissectMessages(
				frames.map(({ whole }) => whole),
				false,
			);
			// tshark knows no forms as short as these; it reads them to their ends and then calls them malformed
			const short = malformed.map((text) => frames[Number(/frame (\d+)/.exec(text)?.[1]) - 1]?.name);
			assert.sameMembers(
				[...new Set(short)],
				["cm_call_open_rx 148", "cm_call_media 154", "cm31_reg line_stat", "cm33_reg line_stat"],
			);
			assert.equal(messages.length, frames.length);
			frames.forEach(({ name, whole }, i) => {
				comparison.compare(whole, messages[i] as DissectedMessage, version, name);
			});
			assert.equal(frames.length, 46);
			assert.equal(comparison.messages, 20);
			assert.isAtLeast(comparison.fields, 775);
			assert.deepEqual([...comparison.missed], []);
		}).timeout(60000);

		it("a ring and its call", () => {
			open("cm_call_ring 132");
			const at = CallStateMessage.layout(version, reader.length);
			assert.equal(reader.id, CallStateMessage.id);
			assert.equal(reader.u32(at.callState), 4);
			open("cm_call_ring 138");
			assert.equal(reader.u32(SetRinger.layout(version).ringMode), 2);
			open("cm_cap_new_call 84");
			assert.equal(reader.u32(SelectSoftKeys.layout(version).softKeySetIndex), 4);
			open("cm_cap_new_call 85");
			reader.copyText(DisplayPromptStatus.layout(version).promptStatus, 32, slot);
			assert.equal(slot.toString(), "\u0080 ");
		});

		it("media in the short forms of 4.1", () => {
			open("cm_call_open_rx 148");
			const at = OpenReceiveChannel.layout(version, reader.length);
			assert.equal(reader.length, 68);
			assert.notEqual(reader.u32(at.passThroughPartyId), 0);
			assert.equal(reader.u32(at.milliSecondPacketSize), 20);
			assert.equal(reader.u32(at.compressionType), 4);
			assert.equal(reader.u32(at.RFC2833PayloadType), 0);
			const party = reader.u32(at.passThroughPartyId);
			open("cm_call_media 154");
			const to = StartMediaTransmission.layout(version, reader.length);
			assert.equal(reader.length, 84);
			assert.equal(reader.u32(to.compressionType), 4);
			assert.isAbove(reader.u32(to.remotePortNumber), 1023);
			assert.equal(reader.u32(to.passThroughPartyId), party);
			assert.equal(reader.u32(to.partyDirection), 0);
		});

		it("a line's status in the short form of 3.1 and the longer one of 3.3", () => {
			for (const group of ["cm31_reg", "cm33_reg"]) {
				open(`${group} line_stat`);
				const at = LineStatRes.layout(version, reader.length);
				assert.equal(reader.u32(at.lineNumber), 1);
				reader.copyText(at.lineDirNumber, 24, slot);
				assert.match(slot.toString(), /^[0-9]+$/);
				reader.copyText(at.lineTextLabel, 40, slot);
				assert.equal(slot.empty, group === "cm31_reg");
			}
		});

		it("hold no message that the table does not know, and none that is refused", () => {
			for (const { octets, whole, name } of frames) {
				assert.isDefined(lookUp(new DataView(octets.buffer).getUint32(8, true)), name);
				const dispatch = new Dispatch((line) => assert.notMatch(line, /expected/, name));
				reader.version = version;
				reader.octets.set(whole, reader.start);
				reader.open(reader.start, whole.length - 12);
				dispatch.dispatch(reader);
				assert.equal(dispatch.refused, 0, name);
			}
		});
	});
}
