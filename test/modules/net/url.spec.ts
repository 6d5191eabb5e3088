// URLs of http: taken apart, resolved as RFC 3986 says, and what would break a request's line.

import { base64, utf8 } from "base/octets";
import { assert } from "chai";
import { encoded, logged, parse, placeOf, resolved, schemeOf, withoutUser, withParameter } from "net/url";

describe("URL", () => {
	it("is taken apart", () => {
		for (const [url, place, path, user] of [
			["http://192.0.2.9/menu.php", "192.0.2.9", "/menu.php", ""],
			["HTTP://Services.Example:8080/a/b?c=d&e#f", "services.example:8080", "/a/b?c=d&e", ""],
			["http://host", "host", "/", ""],
			["http://host?x=1", "host", "/?x=1", ""],
			["http://host:/x", "host", "/x", ""],
			["http://host:80/x", "host", "/x", ""],
			["http://ann%40x:p%3Aw@host:81/", "host:81", "/", "ann@x:p:w"],
			["http://host/a b\r\nX: y?q=ä", "host", "/a%20b%0D%0AX:%20y?q=%C3%A4", ""],
			["http://host/100%25/{x}", "host", "/100%25/%7Bx%7D", ""],
		] as const) {
			const parsed = parse(url);
			assert.isDefined(parsed, url);
			if (parsed === undefined) continue;
			assert.deepEqual([placeOf(parsed), parsed.path, parsed.user], [place, path, user], url);
		}
	});

	it("is none without a host, with a wrong port, or of another scheme", () => {
		for (const url of [
			"",
			"http:",
			"http://",
			"http:///x",
			"http://:80/",
			"http://a b/",
			"http://host:0/",
			"http://host:65536/",
			"http://host:8x/",
			"http://[::1]/",
			`http://${"x".repeat(254)}/`,
			"https://host/",
			"ftp://host/",
			"//host/",
			"Dial:1002",
			"host/x",
		])
			assert.isUndefined(parse(url), url);
	});

	it("has a scheme or is relative", () => {
		assert.deepEqual(["http://x", "Dial:1", "SoftKey:Exit", "a/b:c", "?a:b", ":x", "", "x-y.z+1:"].map(schemeOf), [
			"http",
			"dial",
			"softkey",
			"",
			"",
			"",
			"",
			"x-y.z+1",
		]);
	});

	it("is resolved as RFC 3986, 5.4 has it", () => {
		const base = "http://a/b/c/d;p?q";
		for (const [reference, expected] of [
			["g:h", "g:h"],
			["g", "http://a/b/c/g"],
			["./g", "http://a/b/c/g"],
			["g/", "http://a/b/c/g/"],
			["/g", "http://a/g"],
			["//g", "http://g"],
			["?y", "http://a/b/c/d;p?y"],
			["g?y", "http://a/b/c/g?y"],
			["#s", "http://a/b/c/d;p?q"],
			["g#s", "http://a/b/c/g"],
			[";x", "http://a/b/c/;x"],
			["g;x?y#s", "http://a/b/c/g;x?y"],
			["", "http://a/b/c/d;p?q"],
			[".", "http://a/b/c/"],
			["./", "http://a/b/c/"],
			["..", "http://a/b/"],
			["../g", "http://a/b/g"],
			["../..", "http://a/"],
			["../../g", "http://a/g"],
			["../../../../g", "http://a/g"],
			["/./g", "http://a/g"],
			["g.", "http://a/b/c/g."],
			["..g", "http://a/b/c/..g"],
			["./g/.", "http://a/b/c/g/"],
			["g/./h", "http://a/b/c/g/h"],
			["g/../h", "http://a/b/c/h"],
			["g;x=1/../y", "http://a/b/c/y"],
			["g?y/../x", "http://a/b/c/g?y/../x"],
		])
			assert.strictEqual(resolved(base, reference as string), expected, reference);
		assert.strictEqual(resolved("http://a:81", "x?y"), "http://a:81/x?y");
		assert.strictEqual(resolved("http://a?q", "?y"), "http://a/?y");
	});

	it("is shown without who asks, and logged without what somebody has keyed", () => {
		for (const [url, expected] of [
			["http://user:p@ss@a:81/x?y", "http://a:81/x?y"],
			["http://a/x@y", "http://a/x@y"],
			["http://a?x=b@c", "http://a?x=b@c"],
			["x@y", "x@y"],
			["", ""],
		])
			assert.strictEqual(withoutUser(url as string), expected);
		for (const [uri, expected] of [
			["http://user:pass@a/x?pin=1234", "http://a/x..."],
			["https://user:pass@a/x", "https://a/x"],
			["page?pin=1234", "page..."],
			["SendDigits:1234#", "SendDigits:..."],
			["QueryStringParam:pin=1234", "QueryStringParam:pin..."],
			["UserData:2:&pin=1234", "UserData:2:&pin..."],
			["Key:Services", "Key:Services"],
			[`http://a/${"x".repeat(200)}?y`, `http://a/${"x".repeat(71)}...`],
		])
			assert.strictEqual(logged(uri as string), expected);
	});

	it("takes parameters", () => {
		assert.strictEqual(withParameter("http://a/x", "b=1"), "http://a/x?b=1");
		assert.strictEqual(withParameter("http://a/x?", "b=1"), "http://a/x?b=1");
		assert.strictEqual(withParameter("http://a/x?c#d", "b=1"), "http://a/x?c&b=1");
		assert.strictEqual(withParameter("http://a/x?c&", "b=1"), "http://a/x?c&b=1");
		assert.strictEqual(encoded("Zoë & 1/2+é€\u{1f600}"), "Zo%C3%AB%20%26%201%2F2%2B%C3%A9%E2%82%AC%F0%9F%98%80");
	});

	it("has its texts as octets, and these in Base64 as RFC 4648 has it", () => {
		assert.deepEqual(["", "f", "fo", "foo", "foob", "fooba", "foobar"].map(base64), [
			"",
			"Zg==",
			"Zm8=",
			"Zm9v",
			"Zm9vYg==",
			"Zm9vYmE=",
			"Zm9vYmFy",
		]);
		assert.strictEqual(base64(utf8("test:123£")), "dGVzdDoxMjPCow==");
		assert.strictEqual(utf8("€"), "\xe2\x82\xac");
	});
});
