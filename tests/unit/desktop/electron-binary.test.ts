import { expect, test } from "vitest";
import { couldNotRun } from "../../../main/launch/electron-binary.ts";

test.each([
	["a library is missing", 127, 40, true],
	["its sandbox may not be used", null, 300, true],
	["a person closes the window at once", 0, 2_000, false],
	["it breaks in the evening", 1, 8 * 3_600_000, false],
])(
	"when %s, the browser takes Electron's place: %s after %d ms",
	(_, code, lived, taken) => {
		expect(couldNotRun(code, lived)).toBe(taken);
	},
);
