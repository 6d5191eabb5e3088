// Records in two slots: whatever is cut, rots or fills up, the value is the old one or the new one.
import { assert } from "chai";
import { crc32, Store } from "settings/store";
import { FakeStorage } from "../support/storage.js";

function store(storage = new FakeStorage()) {
	const log: string[] = [];
	return { storage, log, store: new Store(storage, (line) => log.push(line)) };
}

const old = "volume=16\nring=Chirp1.raw\n";
const fresh = "volume=3\nring=Bass.raw\nname=Zürich 50%\n";

describe("store", () => {
	it("gives back what was written last, any characters, and none after a delete", () => {
		const { store: kept } = store();
		assert.isUndefined(kept.read("a"));
		for (const text of [
			"",
			"1",
			"é €\0 100%\n\ttab",
			"x".repeat(3000),
			"%0041",
			`a${String.fromCharCode(0xd83d, 0xde00)}b`,
			String.fromCharCode(0xd83d),
		]) {
			assert.equal(kept.write("a", text), "");
			assert.equal(kept.read("a"), text);
		}
		assert.equal(kept.write("b", "other"), "");
		assert.equal(kept.delete("a"), "");
		assert.isUndefined(kept.read("a"));
		assert.equal(kept.read("b"), "other");
	});

	it("uses CRC-32 as everybody does", () => {
		assert.equal(crc32("123456789"), 0xcbf43926);
		assert.equal(crc32("56789", crc32("1234")), 0xcbf43926);
	});

	it("writes the elder slot, and nothing when nothing has changed", () => {
		const { store: kept, storage } = store();
		kept.write("a", "1");
		const first = storage.values.get("a0");
		kept.write("a", "2");
		assert.equal(storage.values.get("a0"), first);
		kept.write("a", "3");
		assert.notEqual(storage.values.get("a0"), first);
		const { writes } = storage;
		kept.write("a", "3");
		assert.equal(storage.writes, writes);
	});

	it("goes on over the wrap of the sequence number", () => {
		const { store: kept, storage } = store();
		const record = (sequence: string, text: string) => {
			const header = `${sequence}${text.length.toString(16).padStart(8, "0")}`;
			return `${header}${crc32(header, crc32(text)).toString(16).padStart(8, "0")}${text}`;
		};
		storage.values.set("a0", record("fffffffe", "older"));
		storage.values.set("a1", record("ffffffff", "newer"));
		assert.equal(kept.read("a"), "newer");
		for (const text of ["one", "two", "three"]) {
			kept.write("a", text);
			assert.equal(kept.read("a"), text);
		}
	});

	it("a cut at every octet and operation of a write leaves the old value or the new one", () => {
		let cuts = 0;
		for (const before of [undefined, old, fresh]) {
			for (let cut = 0; ; cut += 1) {
				const { store: kept, storage, log } = store();
				if (before !== undefined) {
					kept.write("a", "before that");
					kept.write("a", before);
				}
				storage.cutAfter(cut);
				const failed = kept.write("a", "new") !== "";
				storage.restore();
				const after = new Store(storage, () => {});
				assert.equal(after.read("a"), failed ? before : "new");
				if (!failed) break;
				assert.lengthOf(log, 1);
				// and the next write works
				assert.equal(after.write("a", "again"), "");
				assert.equal(after.read("a"), "again");
				cuts += 1;
			}
		}
		assert.isAbove(cuts, 3 * 27);
	});

	it("a cut at every operation of a delete leaves the value or none, never one before it", () => {
		for (const writes of [1, 2, 3]) {
			for (let cut = 0; cut < 3; cut += 1) {
				const { store: kept, storage } = store();
				for (let i = 1; i <= writes; i += 1) kept.write("a", String(i));
				storage.cutAfter(cut);
				kept.delete("a");
				storage.restore();
				assert.include([undefined, String(writes)], new Store(storage, () => {}).read("a"));
			}
		}
	});

	it("a bit that turns over in the newer slot gives the value before, in the elder one nothing", () => {
		for (let octet = 0; octet < 27; octet += 1) {
			for (let bit = 0; bit < 8; bit += 1) {
				const { store: kept, storage } = store();
				kept.write("a", "old");
				kept.write("a", "new");
				storage.rot("a1", octet, bit);
				assert.equal(kept.read("a"), "old", `octet ${octet}, bit ${bit}`);
				kept.write("a", "new");
				storage.rot("a0", octet, bit);
				assert.equal(kept.read("a"), "new");
			}
		}
	});

	it("a full storage says so and keeps the old value", () => {
		const { store: kept, storage, log } = store();
		kept.write("a", old);
		storage.capacity = 80;
		const wrong = kept.write("a", fresh);
		assert.match(wrong, /^cannot keep a \(\d+ octets\): no space left$/);
		assert.deepEqual(log, [`storage: ${wrong}`]);
		assert.equal(kept.read("a"), old);
	});

	it("refuses names that a board could not keep", () => {
		const { store: kept } = store();
		assert.throws(() => kept.write("", "1"), RangeError);
		assert.throws(() => kept.read("fifteen letters"), RangeError);
	});
});
