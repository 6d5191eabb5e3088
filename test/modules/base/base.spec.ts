// What several rooms share: addresses in text, the calendar, long texts piece by piece.

import { addressText, parseAddress } from "base/address";
import { dayOf, daysTo, monthOf, toSeconds, weekdayOf, yearOf } from "base/calendar";
import { pieceAt } from "base/pieces";
import { plainLine } from "base/plain";
import { assert } from "chai";
import { decode } from "sccp/text";
import { encode } from "sccp/writer";
import { crc32 } from "settings/store";

describe("address", () => {
	it("is four decimal numbers with dots between", () => {
		for (const [text, address] of [
			["0.0.0.0", 0],
			["10.0.0.7", 0x0a000007],
			["192.0.2.10", 0xc000020a],
			["255.255.255.255", 0xffffffff],
		] as const) {
			assert.strictEqual(parseAddress(text), address, text);
			assert.strictEqual(addressText(address), text);
		}
	});

	it("is nothing else, whatever Number() or a resolver would make of it", () => {
		for (const text of [
			"",
			"1.2.3",
			"1.2.3.4.5",
			"1.2.3.",
			".1.2.3",
			"1..2.3",
			"1.2.3.256",
			"1.2.3.4000000000",
			"1e1.0.0.1",
			"0x10.0.0.1",
			" 10.0.0.1",
			"10.0.0.1 ",
			"10. 0.0.1",
			"+10.0.0.1",
			"-1.0.0.1",
			"10.0.0.010",
			"10.0.0.00",
			"10,0,0,1",
			"١.0.0.1",
			"host",
		])
			assert.strictEqual(parseAddress(text), -1, JSON.stringify(text));
	});
});

describe("calendar", () => {
	it("agrees with Date on each day of five centuries", () => {
		let days = daysTo(1800, 1, 1);
		const last = daysTo(2300, 1, 1);
		for (; days < last; days += 1) {
			const date = new Date(days * 86400000);
			const year = date.getUTCFullYear();
			const month = date.getUTCMonth() + 1;
			const day = date.getUTCDate();
			if (
				yearOf(days) !== year ||
				monthOf(days) !== month ||
				dayOf(days) !== day ||
				weekdayOf(days) !== date.getUTCDay() ||
				daysTo(year, month, day) !== days
			)
				assert.fail(`day ${days} is ${date.toISOString()}`);
		}
	});

	it("counts the seconds of a date", () => {
		assert.strictEqual(toSeconds(1970, 1, 1, 0, 0, 0), 0);
		assert.strictEqual(toSeconds(2000, 2, 29, 23, 59, 59), Date.UTC(2000, 1, 29, 23, 59, 59) / 1000);
		assert.strictEqual(toSeconds(9999, 12, 31, 12, 0, 1), Date.UTC(9999, 11, 31, 12, 0, 1) / 1000);
	});
});

describe("a long text", () => {
	it("is its pieces, one behind the other, none of which ends in the midst of a character", () => {
		for (let before = 0; before < 40; before += 1) {
			const text = `${"x".repeat(before)}\u{1f600}y\u{1f600}${"\u00e9".repeat(20)}`;
			let joined = "";
			for (let start = 0; start < text.length; ) {
				const piece = pieceAt(text, start);
				assert.isAbove(piece.length, 0);
				const last = piece.charCodeAt(piece.length - 1);
				assert.isFalse(last >= 0xd800 && last < 0xdc00, `after ${before}`);
				joined += piece;
				start += piece.length;
			}
			assert.equal(joined, text);
			const octets = new Uint8Array(200);
			const length = encode(text, octets, 0, octets.length);
			assert.equal(length, before + 4 + 1 + 4 + 2 * 20);
			assert.equal(decode(octets, 0, length), text);
			assert.equal(plainLine(`${text}\n${text}\u001b`), `${text}?${text}?`);
			assert.equal(plainLine(text), text);
		}
	});

	it("has the checksum of its parts", () => {
		const text = "123456789".repeat(20);
		for (let part = 0; part < text.length; part += 7)
			assert.equal(crc32(text.slice(part), crc32(text, 0, 0, part)), crc32(text));
		assert.equal(crc32(text, crc32("1"), 1), crc32(text));
	});
});
