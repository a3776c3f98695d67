import fc from "fast-check";
import { expect, test } from "vitest";
import { fileNameOf, SaveRequest } from "../../../core/api/desktop.ts";

test("whatever an export is called, the desktop takes its name", () => {
	fc.assert(
		fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
			SaveRequest.parse({ name: fileNameOf(text), bytes: new Uint8Array() });
		}),
	);
});

test.each([
	[
		"Konfirmasi Jawa Timur 2020-04-12.csv",
		"Konfirmasi Jawa Timur 2020-04-12.csv",
	],
	["../../etc/passwd", "etc-passwd"],
	[
		"DKI: aktif (7 hari), per 100 ribu.csv",
		"DKI- aktif -7 hari- per 100 ribu.csv",
	],
	["", "BLC"],
	["...", "BLC"],
	["con.csv", "con-.csv"],
	["Lpt1", "Lpt1-"],
	["konfirmasi.csv", "konfirmasi.csv"],
	[`${"x".repeat(400)}.csv`, `${"x".repeat(180)}.csv`],
])("%s is saved as %s", (text, name) => {
	expect(fileNameOf(text)).toBe(name);
});
