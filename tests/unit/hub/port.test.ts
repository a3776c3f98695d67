import { expect, test } from "vitest";
import { PortTaken, whyNotListening } from "../../../hub/publish/serve.ts";

const failed = (code: string) =>
	whyNotListening(Object.assign(new Error(code), { code }), "0.0.0.0", 8417);

test.each([
	["EADDRINUSE", /^port 8417 of 0\.0\.0\.0 is taken by another program; name/],
	[
		"EACCES",
		/may not be used .*excludedportrange.*; name another with --port$/,
	],
])(
	"a port that is not to be had (%s) is said with what to do, as a fault of the command line",
	(code, words) => {
		const error = failed(code);
		expect(error).toBeInstanceOf(PortTaken);
		expect(error.message).toMatch(words);
	},
);

test("what else keeps the hub from listening is told as the system tells it", () => {
	expect(failed("EADDRNOTAVAIL").message).toBe("EADDRNOTAVAIL");
});
