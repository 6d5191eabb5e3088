// What the phone keeps of services: those of a configuration, which lie in storage alone, and the personal directory with its menus.

import type { Menu } from "base/menu";
import { english, spoken } from "base/words";
import { assert } from "chai";
import { mostEntries, Personal, PersonalMenu } from "settings/personal";
import { ServiceSettings, ServiceType, type ServiceValues } from "settings/service-settings";
import { Store } from "settings/store";
import { noServices } from "../support/service-values.js";
import { FakeStorage } from "../support/storage.js";

const all: ServiceValues = Object.freeze({
	...noServices,
	directoryURL: "http://192.0.2.80/dir",
	idleURL: "http://192.0.2.80/idle",
	servicesURL: "http://192.0.2.80/menu?a=b",
	phoneServices: ["0\tWeather\thttp://192.0.2.80/weather", "1\tMissed\tApplication:Cisco/MissedCalls", "0\tZeit\tüber"],
	idleTimeout: 30,
	dscpForSCCPPhoneServices: 104,
});

describe("services of a configuration", () => {
	it("come from the list, from the URLs, or from both", () => {
		const store = new Store(new FakeStorage(), () => {});
		const settings = new ServiceSettings(store);
		for (const [provisioning, services, directories] of [
			[0, ["Weather http://192.0.2.80/weather", "Zeit über"], ["Missed Application:Cisco/MissedCalls"]],
			[1, [" http://192.0.2.80/menu?a=b"], [" http://192.0.2.80/dir"]],
			[
				2,
				["Weather http://192.0.2.80/weather", "Zeit über", " http://192.0.2.80/menu?a=b"],
				["Missed Application:Cisco/MissedCalls", " http://192.0.2.80/dir"],
			],
		] as const) {
			settings.take({ ...all, provisioning });
			const lines = (type: number): string[] => settings.list(type).map(({ name, url }) => `${name} ${url}`);
			assert.deepEqual(lines(ServiceType.services), [...services]);
			assert.deepEqual(lines(ServiceType.directories), [...directories]);
			assert.deepEqual(lines(ServiceType.messages), []);
		}
		assert.strictEqual(settings.url("idleURL"), "http://192.0.2.80/idle");
		assert.strictEqual(settings.url("messagesURL"), "");
		assert.strictEqual(settings.idleTimeout, 30);
		assert.strictEqual(settings.typeOfService, 104);
	});

	it("are written when they are others, and gone when there are none", () => {
		const storage = new FakeStorage();
		const settings = new ServiceSettings(new Store(storage, () => {}));
		let writes = 0;
		const { write } = storage;
		storage.write = (key, value) => {
			writes += 1;
			write.call(storage, key, value);
		};
		settings.take(noServices);
		assert.strictEqual(writes, 0);
		settings.take(all);
		settings.take({ ...all, idleTimeout: 60 });
		assert.strictEqual(writes, 1);
		assert.strictEqual(settings.idleTimeout, 60);
		settings.take({ ...noServices, idleTimeout: 60 });
		assert.strictEqual(settings.idleTimeout, 0, "nothing to show");
		assert.deepEqual(settings.list(ServiceType.services), []);
	});
});

describe("personal directory", () => {
	const used = (personal: Personal): string[] => personal.read().filter((entry) => entry !== "");

	function rig(storage = new FakeStorage()) {
		const dialled: string[] = [];
		const personal = new Personal(new Store(storage, () => {}));
		const menu = new PersonalMenu(personal, (number) => {
			dialled.push(number);
			return number === "" ? "nothing" : "";
		});
		menu.open();
		const lines = (of: Menu = menu): string[] =>
			Array.from({ length: of.count }, (_, index) => spoken(of.line(index), english));
		const add = (name: string, number: string): Menu => {
			const entry = menu.choose(menu.count - 1) as Menu;
			assert.strictEqual(entry.enter?.(1, name), "");
			assert.strictEqual(entry.enter?.(2, number), "");
			return entry;
		};
		return { add, dialled, lines, menu, personal };
	}

	it("adds, changes, dials and deletes entries, and keeps them across a restart", () => {
		const storage = new FakeStorage();
		const it = rig(storage);
		assert.deepEqual(it.lines(), ["New entry"]);
		it.add("Zoë", "1002");
		const entry = it.add("ann\tx", "+49 30 1");
		it.add("", "1004");
		assert.deepEqual(it.lines(), ["1004", "ann x +49 30 1", "Zoë 1002", "New entry"]);
		assert.deepEqual(it.lines(entry), ["Dial +49 30 1", "Name ann x", "Number +49 30 1", "Delete"]);
		assert.strictEqual(entry.choose(0), "");
		assert.deepEqual(it.dialled, ["+49 30 1"]);
		entry.enter?.(1, "zz");
		assert.strictEqual(spoken(entry.enter?.(2, "") ?? "", english), "Not a number: ");
		assert.deepEqual(it.lines(), ["1004", "Zoë 1002", "zz +49 30 1", "New entry"]);
		const again = rig(storage);
		assert.deepEqual(again.lines(), ["1004", "Zoë 1002", "zz +49 30 1", "New entry"]);
		(again.menu.choose(1) as Menu).choose(3);
		assert.deepEqual(again.lines(), ["1004", "zz +49 30 1", "New entry"]);
		const first = again.menu.choose(0) as Menu;
		first.choose(3);
		assert.strictEqual(first.choose(0), "nothing");
		(again.menu.choose(0) as Menu).choose(3);
		assert.deepEqual(again.lines(), ["New entry"]);
		assert.deepEqual(rig(storage).lines(), ["New entry"]);
	});

	it("has fifty of them and no more, each of which can be stored", () => {
		const storage = new FakeStorage();
		const it = rig(storage);
		for (let i = 0; i < mostEntries; i += 1) it.add(`Имя ${i}${"ф".repeat(80)}`, "1".repeat(80));
		assert.strictEqual(it.menu.count, mostEntries + 1);
		assert.strictEqual(spoken(it.menu.choose(mostEntries) as string, english), "No room for more entries");
		assert.strictEqual(used(it.personal).length, mostEntries);
		assert.isTrue(used(it.personal).every((entry) => entry.length <= 65));
		for (const value of storage.values.values()) assert.isAtMost(value.length, 3500);
	});

	it("says when the storage is full, and keeps what was there", () => {
		const storage = new FakeStorage();
		const it = rig(storage);
		const entry = it.add("Ann", "1");
		storage.capacity = 0;
		assert.include(entry.enter?.(2, "2"), "no space left");
		assert.deepEqual(it.lines(), ["Ann 1", "New entry"]);
		assert.include(entry.line(2), "1");
	});

	it("keeps nothing of an entry without a number", () => {
		const it = rig();
		const entry = it.menu.choose(0) as Menu;
		entry.enter?.(1, "Nobody");
		assert.deepEqual(used(it.personal), []);
		assert.deepEqual(it.lines(), ["New entry"]);
	});
});
